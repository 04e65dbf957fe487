"""`task-cycle`: tasks that wait for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.order import find_cycles
from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject


def find_task_cycles(subject: FeatureSubject) -> Iterator[Finding]:
    """A cycle in what the tasks of one feature depend on, at the first task of it."""
    feature = subject.feature
    tasks = {task.id: task for task in feature.tasks.tasks} if feature.tasks else {}
    needs = {
        local: [ref.removeprefix(f"{feature.number}/") for ref in task.depends_on]
        for local, task in tasks.items()
    }
    for cycle in find_cycles(needs):
        yield Finding(
            place=tasks[cycle[0]].place,
            message=f"tasks depend on each other: {' → '.join(cycle)}",
            hint="Take out one of these dependencies, or join the tasks.",
        )


RULE = Rule(
    name="task-cycle",
    title="Tasks that depend on each other in a circle",
    why="None of them can be begun first. Whoever works through the list stops here, or does the "
    "work in an order that the list did not mean.",
    severity=Severity.WARNING,
    bad={
        "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Implement the balance in src/ledger/balance.py (FR-001; C1; depends on T002)
- [ ] T002 Round the balance (FR-001; C1; depends on T001)
"""
    },
    good={
        "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Implement the balance in src/ledger/balance.py (FR-001; C1)
- [ ] T002 Round the balance (FR-001; C1; depends on T001)
"""
    },
    alone=(
        # A later task of two that share what they need.
        {
            "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Agree on cents (FR-001)
- [ ] T002 Implement the balance in src/ledger/balance.py (FR-001; C1; depends on T001)
- [ ] T003 Round the balance (FR-001; C1; depends on T001, T002)
"""
        },
    ),
    find_in_feature=find_task_cycles,
)
