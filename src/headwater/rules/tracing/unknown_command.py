"""`unknown-command`: the graph finds a Run row whose command no component has."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

_REQUIREMENTS = """\
- **FR-001**: When a clerk asks for the balance, the ledger MUST print the sum of all entries.

  | Run | Stdout | Exit |
  | --- | --- | --- |
  | `ledger balance a` | `"0\\n"` | `0` |
"""
_FILE = "**File**: `src/ledger/balance.py`"
_COMMAND = "**Command**: `ledger` → `python -m ledger.balance`"

RULE = Rule(
    name="unknown-command",
    title="An example that runs a command which no component has",
    why="Nothing says what the first word starts, so that the row cannot be run.",
    severity=Severity.ERROR,
    essential=True,
    bad={"requirements": _REQUIREMENTS, "plan.md": PLAN},
    good={"requirements": _REQUIREMENTS, "plan.md": PLAN.replace(_FILE, f"{_FILE}\n{_COMMAND}")},
)
