"""`component-without-file`: the graph finds a component without **File**."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

RULE = Rule(
    name="component-without-file",
    title="A component that names no file",
    why="There is no place to put what is derived for it.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN.replace("**File**: `src/ledger/balance.py`\n", "")},
    good={"plan.md": PLAN},
)
