"""`shared-file`: the graph finds two components that plan one file."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN, SECOND_COMPONENT
from headwater.spec.model import Severity

RULE = Rule(
    name="shared-file",
    title="Two components that plan one file",
    why="A file is derived whole, for one component. The second to be built would overwrite the "
    "first.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN + SECOND_COMPONENT.replace("report.py", "balance.py")},
    good={"plan.md": PLAN + SECOND_COMPONENT},
)
