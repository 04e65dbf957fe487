"""`planned-file-taken`: a planned file exists and is not derived."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.rules.sample import PLAN
from headwater.spec.model import Severity

RULE = Rule(
    name="planned-file-taken",
    title="A planned file that is there already and was not derived",
    why="It is a person's own work, or another component's. Headwater never overwrites what it "
    "did not derive.",
    severity=Severity.ERROR,
    essential=True,
    bad={"plan.md": PLAN, "src/ledger/balance.py": "def balance(account): ...\n"},
    good={"plan.md": PLAN, "src/ledger/other.py": "def other(account): ...\n"},
)
