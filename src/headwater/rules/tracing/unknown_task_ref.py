"""`unknown-task-ref`: the graph finds a ref in a task that no document has."""

from __future__ import annotations

from headwater.rules.interface import Rule
from headwater.spec.model import Severity

RULE = Rule(
    name="unknown-task-ref",
    title="A ref in a task that no document has",
    why="It is a slip, or what it named is gone. Whoever takes up the task cannot look up what it "
    "is for.",
    severity=Severity.WARNING,
    bad={
        "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Implement the balance in src/ledger/balance.py (FR-009; C1)
"""
    },
    good={
        "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Implement the balance in src/ledger/balance.py (FR-001; C1)
"""
    },
    alone=(
        # A person's own task names nothing.
        {"tasks.md": "# Tasks: Ledger\n\n- [ ] T001 Tell the bank\n"},
    ),
)
