"""A wallet, a wish to change one of its requirements, and the model that answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from headwater.operations.change import commit_change, propose_change
from headwater.operations.drafting.change_report import ChangeRequest
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import Checkout, make_draft_ports

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from headwater.operations.drafting.change_report import ProposedChange
    from headwater.testing.scripted_model import ScriptedAnswer

FOLDER = "specs/001-wallet"
SPEC_PATH = f"{FOLDER}/spec.md"
SPEC = """\
# Feature Specification: Wallet

## Requirements

### Functional Requirements

- **FR-001**: When somebody pays, the wallet MUST take the amount
  from the balance. Less than nothing is never left. *(refines FR-002)*

  | Call | Result |
  | --- | --- |
  | `pay(10, 4)` | `6` |
  | `pay(3, 4)` | raises `invalid_argument` |

- **FR-002**: The wallet MUST show a balance in whole euros.

  | Call | Result |
  | --- | --- |
  | `show(6)` | `"6 EUR"` |

- **FR-003**: The command MUST print what is left.

  | Run | Stdout | Exit |
  | --- | --- | --- |
  | `wallet pay 10 4` | `"6\\n"` | `0` |

## Assumptions

- One wallet has   one owner.
"""
PLAN = """\
# Implementation Plan: Wallet

## Technical Context

**Target**: python

## Components

### C1: payment

**File**: `src/wallet/payment.py`
**Implements**: FR-001, FR-002
**Depends on**: none
**Responsibility**: Take an amount from a balance.

**Interface**:

```python
def pay(balance: int, amount: int) -> int: ...


def show(balance: int) -> str: ...
```

### C2: command

**File**: `src/wallet/cli.py`
**Implements**: FR-003
**Depends on**: C1
**Command**: `wallet` → `python -m wallet.cli`
**Responsibility**: Read two numbers.

**Interface**:

```python
def main() -> int: ...
```
"""
WISH = "a balance may go down to -5 when somebody pays"
STATEMENT = {
    "pattern": "if",
    "condition": "the balance would be less than -5",
    "obligation": "MUST",
    "action": "refuse to pay.",
}
GOOD: dict[str, list[object]] = {
    "change/which": [{"choice": "001/FR-001"}],
    "change/sentence 001/FR-001": [{"choice": "2"}],
    "change/statement 001/FR-001": [STATEMENT],
    "change/rows 001/FR-001": [{"rows": [2]}],
    "change/result 001/FR-001": [{"outcome": "value", "value": -1}],
    "change/example 001/FR-001 1": [
        {
            "function": "pay",
            "arguments": [0, 6],
            "outcome": "error",
            "error": "invalid_argument",
        }
    ],
}


def script(changes: Mapping[str, Sequence[object]] | None = None) -> ScriptedModel:
    """A model that gives the good answers, but for those that are changed."""
    answers = {**GOOD, **(changes or {})}
    scripts: dict[str, list[ScriptedAnswer]] = {
        purpose: [one if isinstance(one, str | Exception) else json.dumps(one) for one in each]
        for purpose, each in answers.items()
    }
    return ScriptedModel(scripts)


def start_wallet(root: Path) -> Checkout:
    """A repository with the wallet, committed."""
    checkout = Checkout(root=root)
    checkout.write(".gitignore", ".headwater/\n")
    checkout.write(SPEC_PATH, SPEC)
    checkout.write(f"{FOLDER}/plan.md", PLAN)
    checkout.commit()
    return checkout


def propose(
    checkout: Checkout, model: ScriptedModel, *, wish: str = WISH, ref: str = ""
) -> ProposedChange:
    request = ChangeRequest(wish=wish, ref=ref)
    return propose_change(checkout.root, request, ports=make_draft_ports(model))


def change(
    checkout: Checkout, model: ScriptedModel, *, wish: str = WISH, ref: str = ""
) -> ProposedChange:
    proposed = propose(checkout, model, wish=wish, ref=ref)
    if proposed.draft is not None:
        commit_change(checkout.root, proposed, ports=make_draft_ports())
    return proposed
