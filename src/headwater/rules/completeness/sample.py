"""Sound documents that cases about what is missing start from; each changes one part of them."""

from __future__ import annotations

from typing import Final

STORY: Final = """\
### User Story 1 - Ask for a balance (Priority: P1)

A clerk reads what an account holds.

**Acceptance Scenarios**:

1. **Given** an account that holds 10, **When** a clerk asks for it, **Then** the ledger answers 10.
"""

REQUIREMENT: Final = """\
- **FR-001**: The ledger MUST add up the entries of an account.

  | Call | Result |
  | --- | --- |
  | `balance([1, 2])` | `3` |
"""

CRITERION: Final = "- **SC-001**: A clerk reads a balance in at most 2 steps."

PLAN: Final = """\
# Implementation Plan: Ledger

## Technical Context

**Target**: python
**Language/Version**: Python 3.11
**Primary Dependencies**: none

## Components

### C1: balance

**File**: `src/ledger/balance.py`
**Implements**: FR-001, US1.1
**Depends on**: none
**Responsibility**: Add up the entries of an account.

**Interface**:

```python
def balance(entries: list[int]) -> int: ...
```
"""


def write_spec(
    *,
    story: str = STORY,
    requirement: str = REQUIREMENT,
    criterion: str = CRITERION,
    more: str = "",
) -> str:
    """A spec that is sound where nothing is given."""
    return f"""\
# Feature Specification: Ledger

## User Scenarios & Testing

{story.strip()}

## Requirements

### Functional Requirements

{requirement.strip()}

## Success Criteria

{criterion.strip()}

{more.strip()}
"""
