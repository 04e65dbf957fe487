"""`target-missing`: the graph finds a plan with components and no target."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

_WITHOUT = PLAN.replace("**Target**: python\n**Language/Version**: Python 3.11\n", "")

RULE = Rule(
    name="target-missing",
    title="A plan that does not say what language to derive for",
    why="Interfaces cannot be read, and tests cannot be written, before the language is known.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": _WITHOUT},
    good={"plan.md": PLAN},
    alone=(
        # The language's version names it too.
        {"plan.md": PLAN.replace("**Target**: python\n", "")},
    ),
)
