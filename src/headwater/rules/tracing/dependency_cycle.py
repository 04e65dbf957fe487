"""`dependency-cycle`: the graph finds components that depend on each other."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN, SECOND_COMPONENT
from headwater.spec.model import Severity

RULE = Rule(
    name="dependency-cycle",
    title="Components that depend on each other in a circle",
    why="Each is derived and tested once those that it depends on are. In a circle none can be "
    "the first.",
    source="Parnas, Designing software for ease of extension and contraction, 1979",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN.replace("**Depends on**: none", "**Depends on**: C2") + SECOND_COMPONENT},
    good={"plan.md": PLAN + SECOND_COMPONENT},
)
