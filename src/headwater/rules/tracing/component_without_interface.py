"""`component-without-interface`: the graph finds a component without an interface block."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN, SECOND_COMPONENT
from headwater.spec.model import Severity

_WITHOUT = SECOND_COMPONENT.partition("**Interface**")[0]

RULE = Rule(
    name="component-without-interface",
    title="A component without an interface",
    why="The interface is what tests call, what a stub is made of, and all that other components "
    "see. Without it nothing can be derived or tested.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN + _WITHOUT},
    good={"plan.md": PLAN + SECOND_COMPONENT},
)
