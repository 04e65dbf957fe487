"""`interface-constant`: the target finds a constant without a value in an interface."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

_BLOCK = "def balance(account: str) -> int: ...\n"

RULE = Rule(
    name="interface-constant",
    title="A constant in an interface block that has no value",
    why="Constants are taken over as they stand. Without a value there is nothing to take.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN.replace(_BLOCK, f"LIMIT: int\n\n\n{_BLOCK}")},
    good={"plan.md": PLAN},
)
