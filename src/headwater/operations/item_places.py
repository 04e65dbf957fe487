"""Which item of the documents, or which component, a place belongs to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.ownership import map_owners
from headwater.operations.judge_documents import list_documents
from headwater.spec.ids import ARTICLE_PREFIX, qualify
from headwater.workspace.files import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.operations.survey import Survey
    from headwater.spec.model import Feature, Place, Project, Span


class ItemPlaces:
    """What stands at the places of a repository's files. Each file is read and split once."""

    def __init__(self, survey: Survey) -> None:
        project = survey.reading.project
        self._survey = survey
        self._data = {source.path: source.data for source in list_documents(project)}
        self._spans = dict(_list_documents_spans(project))
        self._lines: dict[str, tuple[bytes, ...]] = {}
        self._starts: dict[str, list[int]] = {}

    def read_line(self, path: str, number: int) -> str:
        """A line of a file without its end; empty where there is none."""
        lines = self._read_lines(path)
        line = lines[number - 1] if 0 < number <= len(lines) else b""
        return line.removesuffix(b"\r").decode(errors="replace")

    def find_ref(self, place: Place) -> str:
        """The innermost item around a place; else the owner of derived code, or the feature."""
        offset = self._find_offset(place)
        around = [
            (span.end - span.start, ref)
            for ref, span in self._spans.get(place.path, ())
            if span.start <= offset < span.end
        ]
        if around:
            return min(around)[1]
        folder = "/".join(place.path.split("/")[:2])
        return self._owners.get(place.path) or self._numbers.get(folder, "")

    @cached_property
    def _owners(self) -> Mapping[str, str]:
        lock = self._survey.lock
        features = [one for number in lock.features if (one := lock.find_feature(number))]
        return map_owners(lock.records.values(), features)

    @cached_property
    def _numbers(self) -> Mapping[str, str]:
        return {one.folder: one.number for one in self._survey.reading.project.features}

    def _read_lines(self, path: str) -> tuple[bytes, ...]:
        if path not in self._lines:
            self._lines[path] = tuple(self._read(path).split(b"\n"))
        return self._lines[path]

    def _read(self, path: str) -> bytes:
        if path in self._data:
            return self._data[path]
        try:
            return read_file(self._survey.reading.root, path)
        except HeadwaterError:
            return b""  # a folder, or a file that is gone: the problem itself says so

    def _find_offset(self, place: Place) -> int:
        """The byte at a place; where it has no column, the first sign of its line."""
        lines = self._read_lines(place.path)
        if not 0 < place.line <= len(lines):
            return -1
        line = lines[place.line - 1].decode(errors="replace")
        column = place.column - 1 if place.column else len(line) - len(line.lstrip())
        return self._list_starts(place.path)[place.line - 1] + len(line[:column].encode())

    def _list_starts(self, path: str) -> list[int]:
        """The offset of every line."""
        if path not in self._starts:
            starts, offset = [], 0
            for line in self._read_lines(path):
                starts.append(offset)
                offset += len(line) + 1
            self._starts[path] = starts
        return self._starts[path]


def _list_documents_spans(project: Project) -> Iterator[tuple[str, list[tuple[str, Span]]]]:
    """Every document that has items, with their refs and spans."""
    if project.constitution:
        articles = project.constitution.articles
        spans = [(f"{ARTICLE_PREFIX}/{article.id}", article.span) for article in articles]
        yield project.constitution.source.path, spans
    for feature in project.features:
        for path, items in _list_items(feature):
            yield path, [(qualify(local, feature=feature.number), span) for local, span in items]


def _list_items(feature: Feature) -> Iterator[tuple[str, list[tuple[str, Span]]]]:
    spec, plan, tasks = feature.spec, feature.plan, feature.tasks
    if spec:
        stated = [(item.id, item.span) for item in spec.requirements]
        stated += [(item.id, item.span) for item in spec.criteria]
        stated += [(story.id, story.span) for story in spec.stories]
        stated += [(one.id, one.span) for story in spec.stories for one in story.scenarios]
        yield spec.source.path, stated
    if plan:
        planned = [(item.id, item.span) for item in plan.decisions]
        planned += [(item.id, item.span) for item in plan.components]
        yield plan.source.path, planned
    if tasks:
        yield tasks.source.path, [(task.id, task.span) for task in tasks.tasks]
