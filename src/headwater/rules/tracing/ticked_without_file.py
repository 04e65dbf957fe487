"""`ticked-without-file`: a task is done, and what it was to make is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.rules.interface import ProjectSubject
    from headwater.rules.summary import TickedTask


def find_ticked_without_file(subject: ProjectSubject) -> Iterator[Finding]:
    """Ticked tasks that name a component whose files are missing, or a file that is.

    A path that a later feature's tasks name too is that feature's concern: it may have moved it.
    Where not one of the files that ticked tasks name is there, the code is kept elsewhere (specs
    in a repository of their own), and only planned files are asked for.
    """
    there = subject.existing | subject.derived
    ticked = [task for summary in subject.summaries for task in summary.ticked]
    code_is_here = any(path in there for task in ticked for path in task.files)
    last = {path: each.number for each in subject.summaries for path in each.task_files}
    for summary in subject.summaries:
        for task in summary.ticked:
            path = _find_missing_component(task, subject, there)
            if not path and code_is_here:
                path = _find_missing_file(task, there, last=last, feature=summary.number)
            if path:
                yield Finding(
                    place=task.place,
                    message=f"{task.ref} is ticked, and there is no file `{path}`",
                    hint="Build or write the file, or take the tick out until it is there.",
                )


def _find_missing_component(
    task: TickedTask, subject: ProjectSubject, there: frozenset[str]
) -> str:
    for ref in task.components:
        planned = subject.index.components.get(ref)
        for path in planned.component.files if planned else ():
            if path not in there:
                return path
    return ""


def _find_missing_file(
    task: TickedTask, there: frozenset[str], *, last: Mapping[str, str], feature: str
) -> str:
    """A path with a folder: a bare name says in no way where the file should be."""
    missing = (
        path
        for path in task.files
        if "/" in path and path not in there and last.get(path) == feature
    )
    return next(missing, "")


RULE = Rule(
    name="ticked-without-file",
    title="A ticked task whose file is not there",
    why="A tick says that the work is done; people plan the next step by it. A model ticks what it "
    "meant to do as readily as what it did.",
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
        # A file that a person wrote, and one that was taken away.
        {
            "tasks.md": """\
# Tasks: Ledger

- [x] T001 Explain the balance in docs/balance.md (FR-001)
- [x] T002 Remove docs/old.md (FR-001)
""",
            "docs/balance.md": "# Balance\n",
        },
        # Specs in a repository of their own.
        {
            "plan.md": "# Implementation Plan: Ledger\n",
            "tasks.md": "# Tasks: Ledger\n\n- [x] T001 Write src/balance.ts (FR-001)\n",
        },
    ),
    find_in_project=find_ticked_without_file,
)
