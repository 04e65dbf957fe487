"""Keeps the lines of tasks that need not be drafted again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_TASK = r"(?m)^- \[[ xX]\] (?P<id>T\d+)\b.*$"


def keep_tasks(drafted: str, before: str, *, again: Collection[str]) -> str:
    """A drafted list in which tasks of the draft before have their lines from there.

    Phases, and where in them a task stands, are the new draft's: a list that is parted otherwise
    says something else about what can be done side by side.

    Args:
        drafted: the whole list, drafted now.
        before: as it was drafted last.
        again: ids of tasks that get their new lines.
    """
    lines = {match["id"]: match[0] for match in re.finditer(_TASK, before)}
    for name in again:
        lines.pop(name, None)
    return re.sub(_TASK, lambda match: lines.get(match["id"], match[0]), drafted)


def list_ids(text: str) -> tuple[str, ...]:
    """The ids of the tasks in a drafted list, in their order."""
    return tuple(match["id"] for match in re.finditer(_TASK, text))


def list_again(drafted: str, before: str, *, suspect: Collection[str]) -> tuple[str, ...]:
    """The ids of tasks that are suspect, and of those that the draft before does not have."""
    known = list_ids(before)
    return tuple(one for one in list_ids(drafted) if one in suspect or one not in known)
