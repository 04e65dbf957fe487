"""A till: its examples are a sequence of calls and a table of commands, and code keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import Checkout, answer

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "specs/001-till"
SPEC_PATH = f"{FOLDER}/spec.md"
TILL = "src/till/cli.py"
SPEC = """\
# Feature Specification: Till

## Requirements

### Functional Requirements

- **FR-001**: What is paid MUST be taken from the purse.

  | Call | Result |
  | --- | --- |
  | `purse = Purse(10)` | — |
  | `purse.pay(4)` | `6` |

- **FR-002**: The command MUST print what is left, or complain where that is less than nothing.

  | Run | Stdout | Exit |
  | --- | --- | --- |
  | `till 10 4` | `"6 coins\\n"` | `0` |
  | `till 3 4` | `""` | `1` |
"""
PLAN = """\
# Implementation Plan: Till

## Technical Context

**Target**: python

## Components

### C1: till

**File**: `src/till/cli.py`
**Implements**: FR-001, FR-002
**Depends on**: none
**Command**: `till` → `python -m till.cli`
**Responsibility**: Take what is paid from what there is.

**Interface**:

```python
class Purse:
    def __init__(self, coins: int) -> None: ...

    def pay(self, coins: int) -> int: ...


def main() -> int: ...
```
"""
CODE = """\
import sys


class Purse:
    def __init__(self, coins: int) -> None:
        self.coins = coins

    def pay(self, coins: int) -> int:
        self.coins -= coins
        return self.coins


def main() -> int:
    if len(sys.argv) != 3:
        print("expected two numbers", file=sys.stderr)
        return 2
    left = Purse(int(sys.argv[1])).pay(int(sys.argv[2]))
    if left < 0:
        print("too little", file=sys.stderr)
        return 1
    print(left, "coins")
    return 0


if __name__ == "__main__":
    sys.exit(main())
"""


STORY = """\
# Feature Specification: Till

## User Scenarios & Testing

### User Story 1 - Pay (Priority: P1)

Somebody pays.

**Acceptance Scenarios**:

1. **Given** a purse with 10, **When** 4 are paid, **Then** 6 are left.

   | Run | Stdout | Exit |
   | --- | --- | --- |
   | `till 10 4` | `"6 coins\\n"` | `0` |

2. **Given** a purse with 3, **When** 4 are paid, **Then** it complains.

   | Run | Stdout | Exit |
   | --- | --- | --- |
   | `till 3 4` | `""` | `1` |
"""
"""The till as a story: only its scenarios have examples."""


def start_till(root: Path, *, spec: str = SPEC, implements: str = "FR-001, FR-002") -> Checkout:
    """A repository with the till's documents, committed."""
    checkout = Checkout(root=root)
    checkout.write(".gitignore", ".headwater/\n")
    checkout.write(SPEC_PATH, spec)
    checkout.write(f"{FOLDER}/plan.md", PLAN.replace("FR-001, FR-002", implements))
    checkout.commit()
    return checkout


def build_till(root: Path, *, spec: str = SPEC, implements: str = "FR-001, FR-002") -> Checkout:
    """The same, built."""
    checkout = start_till(root, spec=spec, implements=implements)
    assert checkout.build(ScriptedModel({"implement 001/C1": [answer(CODE)]})).succeeded
    return checkout
