"""`interface-body`: the target finds code in an interface block."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

_BLOCK = "def balance(account: str) -> int: ...\n"

RULE = Rule(
    name="interface-body",
    title="An interface block that holds code",
    why="The plan says what there is, not how it is done. Code in it would be taken over unseen "
    "by any test, and would count as derived.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN.replace(_BLOCK, "def balance(account: str) -> int:\n    return 0\n")},
    good={"plan.md": PLAN},
    alone=(
        # A docstring says what is meant.
        {
            "plan.md": PLAN.replace(
                _BLOCK, 'def balance(account: str) -> int:\n    """In cents."""\n'
            )
        },
    ),
)
