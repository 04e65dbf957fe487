"""`interface-module`: the target finds a planned file that hides a module of the language."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

RULE = Rule(
    name="interface-module",
    title="A planned file that hides a module of the standard library",
    why="Whatever imports that module, in this project or in a library, would get the derived "
    "file.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN.replace("src/ledger/balance.py", "src/calendar.py")},
    good={"plan.md": PLAN},
)
