"""`parallel-tasks-share-file`: tasks marked to run side by side that cannot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.rules.interface import FeatureSubject
    from headwater.spec.model import Task, TaskList

# What parts one wave of tasks from the next: a heading, a rule, or a line that says so.
_WAVE_ENDS = r"(?im)^\s*(?:#|---|\*\*\*|.*\b(?:wave|batch|group|wait|checkpoint|afterwards)\b)"
_NO_WRITING = r"(?i)\W*(?:run|verify|check|confirm|review|read)\b"


def find_shared_files(subject: FeatureSubject) -> Iterator[Finding]:
    """Each `[P]` task of a wave that names a file of an earlier one, or depends on it.

    A wave is a run of `[P]` tasks below one heading. A task without the mark ends it, since that
    one is done alone.
    """
    tasks = subject.feature.tasks
    for wave in _cut_waves(tasks) if tasks else ():
        owners: dict[str, Task] = {}
        inside = {task.id: task for task in wave}
        for task in wave:
            written = _list_written(task)
            shared = [
                path for path in written if path in owners and not _is_part(task, owners[path])
            ]
            needed = [inside[ref] for ref in task.depends_on if ref in inside]
            if shared:
                yield _report(task, owners[shared[0]], f"write `{shared[0]}`")
            elif needed and needed[0] is not task:
                yield _report(task, needed[0], "run in one wave, and the first needs the second")
            owners = dict.fromkeys(written, task) | owners


def _is_part(task: Task, other: Task) -> bool:
    """Whether `T1.1` is a part of `T1`, which is done when its parts are."""
    return task.id.startswith(f"{other.id}.")


def _list_written(task: Task) -> Sequence[str]:
    """The files that a task is about; beside whole paths a bare name is only spoken of."""
    if re.match(_NO_WRITING, task.text):
        return ()
    whole = [path for path in task.files if "/" in path]
    return whole or task.files


def _cut_waves(tasks: TaskList) -> Iterator[Sequence[Task]]:
    wave: list[Task] = []
    end = 0
    for task in tasks.tasks:
        between = tasks.source.data[end : task.span.start].decode(errors="replace")
        if not task.parallel or re.search(_WAVE_ENDS, between):
            yield wave
            wave = []
        if task.parallel:
            wave.append(task)
        end = task.span.end
    yield wave


def _report(task: Task, other: Task, what: str) -> Finding:
    return Finding(
        place=task.place,
        message=f"{task.id} and {other.id}, at {other.place}, are both marked `[P]` and {what}",
        hint=f"Take the mark from {task.id}, or give each a file of its own.",
    )


RULE = Rule(
    name="parallel-tasks-share-file",
    title="Tasks marked `[P]` that write the same file, or need each other",
    why="`[P]` promises that tasks can be done side by side. Two people, or two agents, who "
    "believe it overwrite each other's work.",
    source="Spec Kit, tasks template: `[P]` is for different files and no dependencies",
    severity=Severity.WARNING,
    bad={
        "tasks.md": """\
# Tasks: Ledger

- [ ] T001 [P] Implement the balance in src/ledger/balance.py (FR-001; C1)
- [ ] T002 [P] Round the balance in src/ledger/balance.py (FR-001; C1)
"""
    },
    good={
        "tasks.md": """\
# Tasks: Ledger

- [ ] T001 [P] Implement the balance in src/ledger/balance.py (FR-001; C1)
- [ ] T002 Round the balance in src/ledger/balance.py (FR-001; C1)
"""
    },
    alone=(
        # Different files.
        {
            "tasks.md": """\
# Tasks: Ledger

- [ ] T001 [P] Implement the balance in src/ledger/balance.py (FR-001; C1)
- [ ] T002 [P] Explain the balance in docs/balance.md (FR-001)
"""
        },
        # A bare name beside a whole path is only spoken of; to verify is not to write.
        {
            "tasks.md": """\
# Tasks: Ledger

- [ ] T001 [P] Implement balance.py in src/ledger/balance.py (FR-001; C1)
- [ ] T002 [P] Explain balance.py in docs/balance.md (FR-001)
- [ ] T003 [P] Verify the sums of src/ledger/balance.py by hand (FR-001)
"""
        },
        # Two phases: the second begins when the first is done.
        {
            "tasks.md": """\
# Tasks: Ledger

## Phase 1

- [ ] T001 [P] Implement the balance in src/ledger/balance.py (FR-001; C1)

## Phase 2

- [ ] T002 [P] Round the balance in src/ledger/balance.py (FR-001; C1; depends on T001)
"""
        },
    ),
    find_in_feature=find_shared_files,
)
