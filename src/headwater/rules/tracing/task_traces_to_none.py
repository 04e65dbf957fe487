"""`task-traces-to-none`: a task that writes code which nothing in the plan asks for."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import FeatureSubject
    from headwater.spec.model import Task


def find_untraced_tasks(subject: FeatureSubject) -> Iterator[Finding]:
    """Tasks that name a file of code, and neither a ref, a story, a component nor a planned file.

    Quiet in a feature without components: its plan does not say which code there is to be. Quiet
    about tasks without a file of code too (“Tell the bank”): they are a person's, which is fine.
    """
    plan, tasks = subject.feature.plan, subject.feature.tasks
    components = plan.components if plan else ()
    planned = {path for component in components for path in component.files}
    suffixes = {PurePosixPath(path).suffix for path in planned} - {""}
    for task in tasks.tasks if tasks else ():
        code = [path for path in task.files if PurePosixPath(path).suffix in suffixes]
        if code and not (_names_something(task) or planned.intersection(task.files)):
            yield Finding(
                place=task.place,
                message=f"{task.id} is about `{code[0]}`, which no component plans, and names no "
                "requirement",
                hint="Name what it is for, such as `(FR-001; C1)`; or plan the file, or drop it.",
            )


def _names_something(task: Task) -> bool:
    return bool(task.refs or task.components or task.story)


RULE = Rule(
    name="task-traces-to-none",
    title="A task about code that nothing in spec or plan asks for",
    why="Code that serves no requirement is found by no test and no review, and stays for good. "
    "Or it is wanted, and then the requirement is missing.",
    severity=Severity.WARNING,
    bad={
        "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Implement the balance in src/ledger/balance.py (FR-001; C1)
- [ ] T002 Add a cache in src/ledger/cache.py
"""
    },
    good={
        "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Implement the balance in src/ledger/balance.py (FR-001; C1)
- [ ] T002 Add a cache in src/ledger/cache.py (FR-001)
"""
    },
    alone=(
        # A person's task, and one that names the planned file alone.
        {
            "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Implement src/ledger/balance.py
- [ ] T002 Tell the bank, and note it in docs/bank.md
"""
        },
        # A plan without components does not say which code there is to be.
        {
            "plan.md": "# Implementation Plan: Ledger\n",
            "tasks.md": "# Tasks: Ledger\n\n- [ ] T001 Add a cache in src/ledger/cache.py\n",
        },
    ),
    find_in_feature=find_untraced_tasks,
)
