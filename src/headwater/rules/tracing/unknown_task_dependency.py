"""`unknown-task-dependency`: the graph finds a task that depends on one that is not there."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.spec.model import Severity

RULE = Rule(
    name="unknown-task-dependency",
    title="A task that depends on one that is not there",
    why="Nobody can tell when it may be begun. Often the tasks were numbered anew, and it waits "
    "for the wrong one elsewhere too.",
    severity=Severity.WARNING,
    bad={
        "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Implement the balance in src/ledger/balance.py (FR-001; C1; depends on T009)
"""
    },
    good={
        "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Implement the balance in src/ledger/balance.py (FR-001; C1; depends on T002)
- [ ] T002 Agree on cents (FR-001)
"""
    },
)
