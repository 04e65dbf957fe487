"""Which item of the documents, or which component, a place belongs to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.ownership import map_owners
from headwater.operations.standing.item_lines import map_lines
from headwater.workspace.files import read_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.graph.index import Item
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Place


class ItemPlaces:
    """What stands at the places of a repository's files. Each file is read and split once."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._lines: dict[str, Sequence[str]] = {}
        self._refs: dict[str, Sequence[str]] = {}

    def read_line(self, path: str, number: int) -> str:
        """A line of a file without its end; empty where there is none."""
        lines = self._read_lines(path)
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def find_ref(self, place: Place) -> str:
        """The innermost item around a place; else the owner of derived code, or the feature."""
        # What is said of a document as a whole stands above its items: none of them is mapped.
        if place.line >= self._first_lines.get(place.path, 1):
            refs = self._map_refs(place.path)
            if 0 < place.line <= len(refs) and refs[place.line - 1]:
                return refs[place.line - 1]
        folder = "/".join(place.path.split("/")[:2])
        return self._owners.get(place.path) or self._numbers.get(folder, "")

    @cached_property
    def _owners(self) -> Mapping[str, str]:
        lock = self._survey.lock
        features = [one for number in lock.features if (one := lock.find_feature(number))]
        return map_owners(lock.records.values(), features)

    @cached_property
    def _numbers(self) -> Mapping[str, str]:
        return {one.folder: one.number for one in self._survey.reading.summaries.values()}

    @cached_property
    def _first_lines(self) -> Mapping[str, int]:
        return {path: min(one.line for one in items) for path, items in self._items.items()}

    @cached_property
    def _items(self) -> Mapping[str, Sequence[Item]]:
        found: dict[str, list[Item]] = {}
        for item in self._survey.reading.index.items.values():
            found.setdefault(item.path, []).append(item)
        return found

    def _map_refs(self, path: str) -> Sequence[str]:
        if path not in self._refs:
            items = self._items.get(path, ())
            self._refs[path] = map_lines(self._read_lines(path), items) if items else ()
        return self._refs[path]

    def _read_lines(self, path: str) -> Sequence[str]:
        if path not in self._lines:
            text = self._read(path).decode(errors="replace")
            lines = text.split("\n")
            self._lines[path] = [one.removesuffix("\r") for one in lines] if "\r" in text else lines
        return self._lines[path]

    def _read(self, path: str) -> bytes:
        reading = self._survey.reading
        if path in reading.documents:
            return reading.documents[path]
        try:
            return read_file(reading.root, path)
        except HeadwaterError:
            return b""  # a folder, or a file that is gone: the problem itself says so
