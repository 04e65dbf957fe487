"""A tree of requirements of any size, the same for every tool that the scale bench compares.

A hundred requirements stand in one file. From the second file on each refines one of an earlier
file, so that files form a tree with up to four children each, and a change at the root concerns
about as many requirements as there are files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PER_FILE = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """One requirement: its file and its number in it, both from 1, and the one that it refines."""

    file: int
    number: int
    refines: tuple[int, int] | None

    @property
    def text(self) -> str:
        """What it says."""
        return (
            f"When a clerk asks for step {self.number}, area {self.file} MUST answer with the "
            f"number of step {self.number}."
        )


def list_files(total: int) -> Iterator[list[Requirement]]:
    """The requirements of every file, in order."""
    for file in range(1, total // PER_FILE + 1):
        yield [
            Requirement(file=file, number=number, refines=_find_parent(file, number))
            for number in range(1, PER_FILE + 1)
        ]


def _find_parent(file: int, number: int) -> tuple[int, int] | None:
    return None if file == 1 else ((file + 2) // 4, (number + 1) // 2)
