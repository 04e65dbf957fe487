"""`ticked-without-file`: a task is done, and what it was to make is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import ProjectSubject
    from headwater.rules.notes import NotedTask


def find_ticked_without_file(subject: ProjectSubject) -> Iterator[Finding]:
    """Ticked tasks that name a component whose files are missing, or a file that is, once a path.

    A path that a later feature's tasks name too is that feature's concern: it may have moved it. A
    path whose first folder is not there at all is left alone: it is from elsewhere than the root,
    or the code is kept in another repository.
    """
    there = subject.existing | subject.derived
    last = {path: each.number for each in subject.notes for path in each.task_files}
    for notes in subject.notes:
        reported: set[str] = set()
        for task in notes.ticked:
            planned = _list_planned(task, subject)
            named = (path for path in task.files if last[path] == notes.number)
            wanted = [*planned, *(path for path in named if path.partition("/")[0] in there)]
            missing = next((path for path in wanted if path not in there), "")
            if missing and missing not in reported:
                reported.add(missing)
                yield Finding(
                    place=task.place,
                    message=f"{task.ref} is ticked, and there is no file `{missing}`",
                    hint="Build or write the file, or take the tick out until it is there.",
                )


def _list_planned(task: NotedTask, subject: ProjectSubject) -> Iterator[str]:
    for ref in task.components:
        planned = subject.index.components.get(ref)
        yield from planned.files if planned else ()


RULE = Rule(
    name="ticked-without-file",
    title="A ticked task whose file is not there",
    why="A tick says that the work is done; people plan the next step by it. A model ticks what "
    "it meant to do as readily as what it did.",
    severity=Severity.WARNING,
    bad={
        "tasks.md": """\
# Tasks: Ledger

- [x] T001 Implement the balance in src/ledger/balance.py (FR-001; C1)
"""
    },
    good={
        "tasks.md": """\
# Tasks: Ledger

- [ ] T001 Implement the balance in src/ledger/balance.py (FR-001; C1)
"""
    },
    alone=(
        # A file that a person wrote, one that was taken away, and one of another repository.
        {
            "tasks.md": """\
# Tasks: Ledger

- [x] T001 Explain the balance in docs/balance.md (FR-001)
- [x] T002 Remove docs/old.md (FR-001)
- [x] T003 Show the balance in web/balance.ts (FR-001)
""",
            "docs/balance.md": "# Balance\n",
        },
    ),
    find_in_project=find_ticked_without_file,
)
