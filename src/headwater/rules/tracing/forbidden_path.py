"""`forbidden-path`: the graph finds a planned file that must not be derived there."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

RULE = Rule(
    name="forbidden-path",
    title="A planned file outside the repository, or among documents and settings",
    why="A plan is text from people and models. It must not be able to make Headwater write where "
    "nothing is derived.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN.replace("src/ledger/balance.py", "../ledger/balance.py")},
    good={"plan.md": PLAN},
)
