"""`unknown-component`: the graph finds an example that names a component which is not there."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN, REQUIREMENTS
from headwater.spec.model import Severity

RULE = Rule(
    name="unknown-component",
    title="An example that names a component which is not there",
    why="`C9.name` says whose name is meant. Without that component it means nothing.",
    severity=Severity.ERROR,
    essential=True,
    bad={"requirements": REQUIREMENTS.replace("balance(", "C9.balance("), "plan.md": PLAN},
    good={"requirements": REQUIREMENTS, "plan.md": PLAN},
)
