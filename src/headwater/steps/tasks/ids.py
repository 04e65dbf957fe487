"""Ids of tasks: what a component's task was called it is called again, and no id is used twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.model import Source
from headwater.spec.read_tasks import read_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

Key = tuple[str, bool]
"""A component's id, and whether the task is that of its tests; or the text of another task."""

WRITES_TESTS = "Write tests"
ADDS_PACKAGE = "Add the dependency"
_BOX = rb"^(- \[)[ xX](\] (T\d+)\b)"


class TaskIds:
    """Gives out ids.

    Args:
        drafted: the list as its last draft had it, None for none.
        present: as it is now, with a person's own tasks.
    """

    def __init__(self, drafted: bytes | None, present: bytes | None) -> None:
        known = list(_read(drafted))
        self._known = {key: name for name, key in known if key}
        numbers = [int(name[1:]) for name, _ in (*known, *_read(present)) if name[1:].isdigit()]
        self._highest = max(numbers, default=0)

    def find(self, key: Key) -> str:
        """The id of a component's task."""
        if key not in self._known:
            self._highest += 1
            self._known[key] = f"T{self._highest:03}"
        return self._known[key]


def carry_ticks(text: bytes, present: bytes) -> bytes:
    """A drafted list with the ticks that its tasks have now."""
    done = {name for name, _ in _read(present, done=True)}

    def tick(match: re.Match[bytes]) -> bytes:
        return match[1] + (b"x" if match[3].decode() in done else b" ") + match[2]

    return re.sub(_BOX, tick, text, flags=re.MULTILINE)


def _read(data: bytes | None, *, done: bool = False) -> Iterator[tuple[str, Key | None]]:
    tasks = read_tasks(Source(path="tasks.md", data=data)).tasks if data else ()
    for task in tasks:
        key: Key | None = None
        if task.components:
            key = (task.components[0], task.text.startswith(WRITES_TESTS))
        elif task.text.startswith(ADDS_PACKAGE):
            key = (task.text, False)
        if task.done or not done:
            yield task.id, key
