"""Takes a folder's documents one by one, and refuses those that cannot be read at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.interop.interface import Remainder, RemainderKind
from headwater.spec.document import find_unreadable
from headwater.spec.model import Place, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.spec.model import Problem


class DocumentSet:
    """Documents by name. Each is taken once; what is never taken is left over.

    Args:
        documents: name to bytes.
        folder: stands before the names in paths; empty where they are paths already.
    """

    def __init__(self, documents: Mapping[str, bytes], *, folder: str = "") -> None:
        self._documents = documents
        self._folder = folder
        self._taken: set[str] = set()
        self.problems: list[Problem] = []

    @property
    def names(self) -> tuple[str, ...]:
        """All names, in order."""
        return tuple(sorted(self._documents))

    def take(self, name: str) -> Source | None:
        """The document of this name; None when there is none, or it cannot be read."""
        if name not in self._documents:
            return None
        self._taken.add(name)
        source = Source(path=self._path(name), data=self._documents[name])
        problem = find_unreadable(source)
        if problem:
            self.problems.append(problem)
            return None
        return source

    def list_untaken(self) -> Iterator[Remainder]:
        """The documents that nothing has taken."""
        for name in self.names:
            if name not in self._taken:
                place = Place(path=self._path(name), line=1)
                yield Remainder(kind=RemainderKind.DOCUMENT, title=name, place=place)

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}" if self._folder else name
