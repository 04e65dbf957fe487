"""`unknown-ref`: the graph finds a ref in a plan that no document has."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

RULE = Rule(
    name="unknown-ref",
    title="A ref in a plan that no document has",
    why="It is a slip, or what it named is gone. Either way what is planned here serves nothing "
    "that anyone can look up.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN.replace("**Serves**: FR-001", "**Serves**: FR-009")},
    good={"plan.md": PLAN},
)
