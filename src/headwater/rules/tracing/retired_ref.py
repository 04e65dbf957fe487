"""`retired-ref`: the graph finds a ref in plan or tasks to what is retired."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN, REQUIREMENTS
from headwater.spec.model import Severity

_REQUIREMENTS = f"""\
{REQUIREMENTS}
- **FR-002** *(retired 2026-11-22: nobody used it)*: The ledger MUST print receipts.
"""

RULE = Rule(
    name="retired-ref",
    title="A plan or task that names a retired requirement",
    why="Work is planned for what no longer holds. The component may be about to lose its last "
    "requirement, and its files with it.",
    severity=Severity.WARNING,
    bad={
        "requirements": _REQUIREMENTS,
        "plan.md": PLAN.replace("**Implements**: FR-001", "**Implements**: FR-001, FR-002"),
    },
    good={"requirements": _REQUIREMENTS, "plan.md": PLAN},
)
