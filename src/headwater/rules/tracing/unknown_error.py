"""`unknown-error`: the graph finds an error in an example that nobody declares."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN, REQUIREMENTS
from headwater.spec.model import Severity

RULE = Rule(
    name="unknown-error",
    title="An example that expects an error which nobody declares",
    why="Nothing can raise it: it is neither in an interface nor one of the neutral names that "
    "every language has.",
    severity=Severity.ERROR,
    essential=True,
    bad={"requirements": REQUIREMENTS.replace("`0`", "raises `NoAccount`"), "plan.md": PLAN},
    good={"requirements": REQUIREMENTS, "plan.md": PLAN},
    alone=(
        # A neutral name, and Python's name for one.
        {"requirements": REQUIREMENTS.replace("`0`", "raises `not_found`"), "plan.md": PLAN},
        {"requirements": REQUIREMENTS.replace("`0`", "raises `KeyError`"), "plan.md": PLAN},
    ),
)
