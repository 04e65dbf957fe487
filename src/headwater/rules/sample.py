"""What cases about plans and tasks start from; each changes what it is about."""

from __future__ import annotations

from typing import Final

REQUIREMENTS: Final = """\
- **FR-001**: When a clerk asks for the balance, the ledger MUST answer the sum of all entries.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |
"""

PLAN: Final = """\
# Implementation Plan: Ledger

## Technical Context

**Target**: python
**Language/Version**: Python 3.11
**Primary Dependencies**: none

## Decisions

### D1: Whole cents

**Context**: money must not lose a cent.
**Options**: floating point; whole cents.
**Choice**: whole cents.
**Rationale**: exact, and simple.
**Serves**: FR-001

## Components

### C1: balance

**File**: `src/ledger/balance.py`
**Implements**: FR-001
**Depends on**: none
**Responsibility**: Add up the entries of an account.

**Interface**:

```python
def balance(account: str) -> int: ...
```
"""

SECOND_COMPONENT: Final = """
### C2: report

**File**: `src/ledger/report.py`
**Implements**: US1.1
**Depends on**: C1
**Responsibility**: Say what an account holds.

**Interface**:

```python
def report(account: str) -> str: ...
```
"""
"""To be put behind `PLAN` where a case needs two components."""
