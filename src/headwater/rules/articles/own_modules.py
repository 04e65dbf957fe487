"""Which names are those of the project's own modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SOURCES = "src/"


def list_own_modules(paths: Iterable[str]) -> frozenset[str]:
    """First parts of the names that files are imported by: below `src/`, else below the root."""
    tops = (path.removeprefix(_SOURCES).partition("/")[0] for path in paths)
    return frozenset(top.partition(".")[0] for top in tops)
