"""How much a regenerated file changes, and how little it may.

Of two candidates that pass everything the one that changes less is better: people review the
difference, and what need not change was right before.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.targets.interface import Target


@dataclass(frozen=True, kw_only=True, slots=True)
class DiffSize:
    """Lines that a file gained and lost."""

    added: int
    removed: int

    @property
    def lines(self) -> int:
        """Both together."""
        return self.added + self.removed

    def __str__(self) -> str:
        return f"+{self.added} -{self.removed}"


_SMALL = 10  # lines; a difference up to here is read in a glance, whatever the file's length


def measure_diff(before: str, after: str) -> DiffSize:
    """The size of the difference, as `diff` counts it."""
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))
    changed = lines[2:]  # after the names of the files
    return DiffSize(
        added=sum(line.startswith("+") for line in changed),
        removed=sum(line.startswith("-") for line in changed),
    )


def is_large(size: DiffSize, *, current: str, share: float) -> bool:
    """Whether a difference is worth one more question.

    Args:
        size: of the difference.
        current: the file before.
        share: of the file's lines that may change; more than the whole file can change by 2.
    """
    return size.lines > max(_SMALL, share * len(current.splitlines()))


def keep_text(code: str, *, current: str, target: Target) -> str:
    """The current text where `code` is the same by its syntax, else `code`."""
    return current if target.digest_body(code) == target.digest_body(current) else code
