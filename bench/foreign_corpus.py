"""Counts what was read of a corpus in another tool's format, archived documents too."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bench.corpus import ReadFile
from headwater.interop.interface import RemainderKind
from headwater.interop.kiro.read import Kiro
from headwater.interop.openspec.read import OpenSpec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.interop.interface import ForeignFeature, Format, Remainder
    from headwater.spec.model import Constitution, Plan, Requirement, Spec, TaskList

    Document = Spec | Plan | TaskList | Constitution

_BLANKS = b" \t\r\n\f\v"


def read_openspec(documents: Mapping[str, bytes]) -> list[ReadFile]:
    """Read main specs, changes with their deltas, and the project's context.

    A story is left out: the format has none, and its reader makes one of every requirement that has
    scenarios.
    """
    return _read(OpenSpec(), documents, kinds=("requirement", "scenario"))


def read_kiro(documents: Mapping[str, bytes]) -> list[ReadFile]:
    """Read specs and steering. The format has no scenarios."""
    return _read(Kiro(), documents, kinds=("story", "requirement"))


def _read(one: Format, documents: Mapping[str, bytes], *, kinds: Sequence[str]) -> list[ReadFile]:
    files: list[ReadFile] = []
    for folder in one.find_folders(documents):
        files += _list_files(one.read_feature(folder), kinds)
    project = one.read_project(documents)
    for guidance in project.guidance:
        items = {"article": len(guidance.articles)}
        files.append(_counted(guidance, items, project.remainders))
    return sorted(files, key=lambda file: file.path)


def _list_files(read: ForeignFeature, kinds: Sequence[str]) -> Iterator[ReadFile]:
    feature, remainders = read.feature, read.remainders
    if feature.spec:
        yield _measured(feature.spec, _count_spec(feature.spec, kinds), remainders)
    if feature.plan:
        yield _measured(feature.plan, {"decision": len(feature.plan.decisions)}, remainders)
    if feature.tasks:
        yield _counted(feature.tasks, {"task": len(feature.tasks.tasks)}, remainders)
    for name in read.copied:
        yield ReadFile(path=f"{feature.folder}/{name}", items={"copied document": 1}, problems=())


def _count_spec(spec: Spec, kinds: Sequence[str]) -> dict[str, int]:
    items = dict.fromkeys(kinds, 0)
    items |= Counter(map(_name_kind, spec.requirements))
    if "story" in kinds:
        items["story"] = len(spec.stories)
    if "scenario" in kinds:
        items["scenario"] = sum(len(story.scenarios) for story in spec.stories)
    return items


def _name_kind(requirement: Requirement) -> str:
    if requirement.retired:
        return "requirement that retires another"
    return "requirement that changes another" if requirement.changes else "requirement"


def _measured(
    document: Spec | Plan, items: Mapping[str, int], remainders: Sequence[Remainder]
) -> ReadFile:
    """Count bytes as well: of a spec and a design, the readers say what they read nothing from."""
    source = document.source
    prose = [one.span for one in remainders if one.span and one.place.path == source.path]
    counted = _counted(document, items, remainders)
    return ReadFile(
        path=counted.path,
        items=counted.items,
        problems=counted.problems,
        total=_count_bytes(source.data),
        unknown=sum(_count_bytes(source.data[span.start : span.end]) for span in prose),
    )


def _counted(
    document: Document, items: Mapping[str, int], remainders: Sequence[Remainder]
) -> ReadFile:
    path = document.source.path
    marks = [one.kind is RemainderKind.MARK and one.place.path == path for one in remainders]
    return ReadFile(
        path=path,
        items={**items, "mark without counterpart": sum(marks)} if any(marks) else items,
        problems=tuple(problem.code for problem in document.problems),
    )


def _count_bytes(data: bytes) -> int:
    return len(data.translate(None, delete=_BLANKS))
