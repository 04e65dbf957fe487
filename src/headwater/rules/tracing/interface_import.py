"""`interface-import`: the target finds an interface block that imports `*`."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

_BLOCK = "def balance(account: str) -> int: ...\n"

RULE = Rule(
    name="interface-import",
    title="An interface block that imports all names of a module",
    why="Which names the block declares, and which it borrows, could not be told.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN.replace(_BLOCK, f"from decimal import *\n\n\n{_BLOCK}")},
    good={"plan.md": PLAN},
)
