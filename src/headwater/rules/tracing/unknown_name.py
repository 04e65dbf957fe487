"""`unknown-name`: the graph finds a name in an example that no interface declares."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN, REQUIREMENTS
from headwater.spec.model import Severity

RULE = Rule(
    name="unknown-name",
    title="An example that uses a name which no interface declares",
    why="The test would fail whatever the code does. The name is a slip, or the interface is not "
    "yet complete.",
    severity=Severity.ERROR,
    essential=True,
    bad={"requirements": REQUIREMENTS.replace("balance(", "saldo("), "plan.md": PLAN},
    good={"requirements": REQUIREMENTS, "plan.md": PLAN},
    alone=(
        # A name that an earlier row of the table binds.
        {
            "requirements": REQUIREMENTS.replace(
                '| `balance("a")` | `0` |', '| `held = balance("a")` | — |\n  | `held.real` | `0` |'
            ),
            "plan.md": PLAN,
        },
    ),
)
