"""`component-without-requirement`: the graph finds a component that implements nothing."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN, SECOND_COMPONENT
from headwater.spec.model import Severity

RULE = Rule(
    name="component-without-requirement",
    title="A component that implements no requirement",
    why="Nothing says what it must do, so that no test can; and nobody will know when it may go.",
    source="ISO/IEC/IEEE 29148:2018, 5.2.8.2 (traceability)",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN + SECOND_COMPONENT.replace("**Implements**: US1.1\n", "")},
    good={"plan.md": PLAN + SECOND_COMPONENT},
)
