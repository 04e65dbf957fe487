"""`target-unknown`: the graph finds a target that nothing can be derived for."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

RULE = Rule(
    name="target-unknown",
    title="A plan for a language that nothing can be derived for",
    why="The build would have to guess how to read interfaces and how to run tests.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN.replace("**Target**: python", "**Target**: cobol")},
    good={"plan.md": PLAN},
)
