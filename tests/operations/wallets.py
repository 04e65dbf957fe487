"""Two features with a diamond of components, decisions, tasks and an article; and their code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import CONSTITUTION_PATH, Checkout, answer

if TYPE_CHECKING:
    from pathlib import Path

WALLET_SPEC = "specs/001-wallet/spec.md"
WALLET_PLAN = "specs/001-wallet/plan.md"
WALLET_TASKS = "specs/001-wallet/tasks.md"
REPORT_SPEC = "specs/002-report/spec.md"
REPORT_PLAN = "specs/002-report/plan.md"

DOCUMENTS = {
    CONSTITUTION_PATH: """\
# Wallet Constitution

### I. Input is data

```yaml
enforce:
  - {check: calls.forbidden, scope: "src/wallet/*.py", calls: [eval]}
```

### II. Be kind

Nothing checks this.
""",
    WALLET_SPEC: """\
# Feature Specification: Wallet

## User Scenarios & Testing

### User Story 1 - Pay (Priority: P1)

Someone pays from the command line.

**Acceptance Scenarios**:

1. **Given** a wallet with 10, **When** 4 are paid, **Then** 6 are left.

   | Run | Stdout | Exit |
   | --- | --- | --- |
   | `wallet 10 4` | `"6 coins\\n"` | `0` |

## Requirements

- **FR-001**: An amount below zero MUST be an invalid argument.

  | Call | Result |
  | --- | --- |
  | `check(3)` | `3` |
  | `check(-1)` | raises `invalid_argument` |

- **FR-002**: A payment MUST be taken from the balance.

  | Call | Result |
  | --- | --- |
  | `pay(10, 4)` | `6` |

- **FR-003**: An amount MUST be shown in coins.

  | Call | Result |
  | --- | --- |
  | `show(6)` | `"6 coins"` |

- **FR-004** *(retired 2026-11-22: nobody used it)*: Receipts MUST be printed.

## Success Criteria

- **SC-001**: A payment is done in under a second.
""",
    WALLET_PLAN: """\
# Implementation Plan: Wallet

## Technical Context

**Target**: python

## Decisions

### D1: Whole coins

**Choice**: whole coins.
**Serves**: FR-001, FR-002

## Components

### C1: amounts

**File**: `src/wallet/amounts.py`
**Implements**: FR-001
**Depends on**: none
**Responsibility**: Refuse wrong amounts.

**Interface**:

```python
def check(amount: int) -> int: ...
```

### C2: payment

**File**: `src/wallet/payment.py`
**Implements**: FR-002
**Depends on**: C1
**Responsibility**: Take an amount from a balance.

**Interface**:

```python
def pay(balance: int, amount: int) -> int: ...
```

### C3: display

**File**: `src/wallet/display.py`
**Implements**: FR-003
**Depends on**: C1
**Responsibility**: Show an amount.

**Interface**:

```python
def show(amount: int) -> str: ...
```

### C4: command

**File**: `src/wallet/cli.py`
**Implements**: US1.1
**Depends on**: C2, C3
**Command**: `wallet` → `python -m wallet.cli`
**Responsibility**: Print what is left.

**Interface**:

```python
def main() -> int: ...
```
""",
    WALLET_TASKS: """\
# Tasks

- [ ] T001 [US1] Take payments (FR-002; C2)
- [ ] T002 Write the command in src/wallet/cli.py
- [ ] T003 Tell the bank
""",
    REPORT_SPEC: """\
# Feature Specification: Report

## Requirements

- **FR-001**: Amounts MUST be added up, each checked as 001/FR-001 says.

  | Call | Result |
  | --- | --- |
  | `summarise([1, 2])` | `3` |
""",
    REPORT_PLAN: """\
# Implementation Plan: Report

## Technical Context

**Target**: python

## Components

### C1: summary

**File**: `src/report/summary.py`
**Implements**: FR-001
**Depends on**: 001/C1
**Responsibility**: Add amounts up.

**Interface**:

```python
def summarise(amounts: list[int]) -> int: ...
```
""",
}

CODE = {
    "001/C1": """\
def check(amount: int) -> int:
    if _is_wrong(amount):
        raise ValueError(amount)
    return amount


def _is_wrong(amount: int) -> bool:
    return amount < 0


def _spare(amount: int) -> int:
    return amount
""",
    "001/C2": """\
from wallet.amounts import check


def pay(balance: int, amount: int) -> int:
    return check(balance) - check(amount)
""",
    "001/C3": """\
from wallet.amounts import check


def show(amount: int) -> str:
    return f"{check(amount)} coins"
""",
    "001/C4": """\
import sys

from wallet.display import show
from wallet.payment import pay


def main() -> int:
    print(show(pay(int(sys.argv[1]), int(sys.argv[2]))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
""",
    "002/C1": """\
from wallet.amounts import check


def summarise(amounts: list[int]) -> int:
    return sum(check(amount) for amount in amounts)
""",
}


def write_wallets(root: Path) -> Checkout:
    """The documents, committed in a repository that is there."""
    checkout = Checkout(root=root)
    checkout.write(".gitignore", ".headwater/\n")
    for path, text in DOCUMENTS.items():
        checkout.write(path, text)
    checkout.commit()
    return checkout


def build_wallets(checkout: Checkout) -> None:
    """Derive both features."""
    answers = {f"implement {ref}": [answer(code)] for ref, code in CODE.items()}
    for feature in ("001", "002"):
        assert checkout.build(ScriptedModel(answers), feature=feature).succeeded
