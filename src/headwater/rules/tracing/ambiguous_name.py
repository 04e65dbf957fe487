"""`ambiguous-name`: the graph finds a name in an example that two components declare."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN, SECOND_COMPONENT
from headwater.spec.model import Severity

_SECOND = SECOND_COMPONENT.replace("def report(", "def balance(").replace("-> str", "-> int")

RULE = Rule(
    name="ambiguous-name",
    title="An example with a name that two components declare",
    why="The test would be of whichever component is found first.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN + _SECOND},
    good={"plan.md": PLAN + SECOND_COMPONENT},
)
