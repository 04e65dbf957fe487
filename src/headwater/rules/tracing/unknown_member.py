"""`unknown-member`: the graph finds a member in an example that its type does not declare."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN, REQUIREMENTS
from headwater.spec.model import Severity

_PLAN = PLAN.replace(
    "def balance(account: str) -> int: ...",
    "class Account:\n    def __init__(self, name: str) -> None: ...\n"
    "    @property\n    def total(self) -> int: ...\n\n\n"
    "def balance(account: str) -> int: ...",
)

RULE = Rule(
    name="unknown-member",
    title="An example that uses a member which a type does not declare",
    why="The test would fail whatever the code does. The name is a slip, or the interface is not "
    "yet complete.",
    severity=Severity.ERROR,
    essential=True,
    bad={
        "requirements": REQUIREMENTS.replace('balance("a")', 'Account("a").sum'),
        "plan.md": _PLAN,
    },
    good={"requirements": REQUIREMENTS, "plan.md": _PLAN},
)
