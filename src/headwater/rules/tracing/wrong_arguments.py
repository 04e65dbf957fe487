"""`wrong-arguments`: the graph finds arguments in an example that do not fit the declaration."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN, REQUIREMENTS
from headwater.spec.model import Severity

RULE = Rule(
    name="wrong-arguments",
    title="An example with arguments that the interface does not take",
    why="The call would fail before the code is reached, so that no candidate can pass.",
    severity=Severity.ERROR,
    essential=True,
    bad={"requirements": REQUIREMENTS.replace('balance("a")', "balance()"), "plan.md": PLAN},
    good={"requirements": REQUIREMENTS, "plan.md": PLAN},
)
