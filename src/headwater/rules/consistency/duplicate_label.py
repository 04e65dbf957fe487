"""`duplicate-label`: the graph finds the id of a task, story, scenario or criterion twice."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.spec.model import Severity

RULE = Rule(
    name="duplicate-label",
    title="Two tasks, stories, scenarios or criteria with one id",
    why="A ref to it names two things: “depends on T001” and a ticked T001 mean whichever the "
    "reader saw first.",
    severity=Severity.WARNING,
    bad={
        "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Implement the balance in src/ledger/balance.py (FR-001; C1)
- [ ] T001 Explain the balance in docs/balance.md (FR-001)
"""
    },
    good={
        "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Implement the balance in src/ledger/balance.py (FR-001; C1)
- [ ] T002 Explain the balance in docs/balance.md (FR-001)
"""
    },
)
