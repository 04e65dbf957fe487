"""`interface-syntax`: the target finds an interface block that does not parse."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

_BLOCK = "def balance(account: str) -> int: ...\n"

RULE = Rule(
    name="interface-syntax",
    title="An interface block that does not parse",
    why="What it declares cannot be known, so that nothing can be tested or derived.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN.replace(_BLOCK, "def balance(account: str -> int: ...\n")},
    good={"plan.md": PLAN},
)
