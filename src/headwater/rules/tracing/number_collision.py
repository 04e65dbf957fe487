"""`number-collision`: another branch gave a feature's number to a feature of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import ProjectSubject

_NUMBER = r"_*(\d+)"
_MOST_NAMED = 3


def find_number_collisions(subject: ProjectSubject) -> Iterator[Finding]:
    """Features here whose number is that of another folder on a branch not yet merged."""
    taken: dict[str, dict[str, list[str]]] = {}
    for branch, folders in subject.branches.items():
        for folder in folders:
            number = re.match(_NUMBER, folder)
            if number:
                taken.setdefault(number[1], {}).setdefault(folder, []).append(branch)
    numbers = [*taken, *(summary.number for summary in subject.summaries)]
    free = max((int(number) for number in numbers if number.isdigit()), default=0) + 1
    for summary in subject.summaries:
        own = summary.folder.rpartition("/")[2]
        for folder, branches in taken.get(summary.number, {}).items():
            if folder != own:
                path = next(iter(summary.documents), f"{summary.folder}/spec.md")
                yield Finding(
                    place=Place(path=path, line=1, column=1),
                    message=f"the number {summary.number} of {own} is that of {folder} on "
                    f"{_name_branches(branches)}",
                    hint=f"Rename one of the two folders before the branches meet; {free:03} is "
                    "free.",
                )


def _name_branches(branches: list[str]) -> str:
    named = ", ".join(f"`{branch}`" for branch in branches[:_MOST_NAMED])
    more = len(branches) - _MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named


_SPEC = """\
# Feature Specification: Export

Nothing is required yet.
"""

RULE = Rule(
    name="number-collision",
    title="A feature number that another branch has given away too",
    why="Two people took the next number at the same time. After the merge two features answer to "
    "it, refs such as `001/FR-001` name two things, and locks and tests have to be renamed.",
    severity=Severity.WARNING,
    bad={
        "plan.md": "# Implementation Plan: Ledger\n",
        "export:specs/001-export/spec.md": _SPEC,
    },
    good={
        "plan.md": "# Implementation Plan: Ledger\n",
        "export:specs/002-export/spec.md": _SPEC,
    },
    alone=(
        # The same feature, as it stands on another branch.
        {
            "plan.md": "# Implementation Plan: Ledger\n",
            "rewording:specs/001-ledger/spec.md": _SPEC,
        },
    ),
    find_in_project=find_number_collisions,
)
