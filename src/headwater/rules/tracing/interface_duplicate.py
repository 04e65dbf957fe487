"""`interface-duplicate`: the target finds a name that an interface declares twice."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

_BLOCK = "def balance(account: str) -> int: ...\n"

RULE = Rule(
    name="interface-duplicate",
    title="An interface block that declares a name twice",
    why="The second hides the first: what a caller sees is not what a reader of the plan sees.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN.replace(_BLOCK, 2 * _BLOCK)},
    good={"plan.md": PLAN},
)
