"""Reads every document of a repository, and sorts them by feature."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from headwater.spec.document import find_unreadable
from headwater.spec.model import Feature, Place, Problem, Project, Severity, Source
from headwater.spec.origin import Origin
from headwater.spec.read_checklist import read_checklist
from headwater.spec.read_constitution import read_constitution
from headwater.spec.read_data_model import read_data_model
from headwater.spec.read_plan import read_plan
from headwater.spec.read_research import read_research
from headwater.spec.read_spec import read_spec
from headwater.spec.read_tasks import read_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from headwater.spec.model import Constitution

T = TypeVar("T")

CONSTITUTION_PATH = ".specify/memory/constitution.md"
SPECS_FOLDER = "specs"
DOCUMENT_NAMES = ("spec.md", "plan.md", "tasks.md")
# What is read where it is there, and makes no feature of a folder that has nothing else.
SIDE_DOCUMENTS = ("research.md", "data-model.md", "checklists/*.md", "contracts/*")

_SIDE_NAME = r"research\.md|data-model\.md|checklists/[^/]+\.md|contracts/[^/.][^/]*"
_BESIDE = rf"{SPECS_FOLDER}/[^/]+/(?:{_SIDE_NAME})"
_DOCUMENT = rf"{SPECS_FOLDER}/([^/]+)/({'|'.join(map(re.escape, DOCUMENT_NAMES))}|{_SIDE_NAME})"
_NUMBERED = r"_*(?P<number>\d{8}-\d{6}|\d+)[-_]*(?P<slug>.*)"


@dataclass(frozen=True, kw_only=True, slots=True)
class FeatureFolder:
    """A feature's folder, not read yet.

    Attributes:
        path: `specs/001-wallet`.
        number, slug: as its `Feature` will have them.
        documents: the bytes of its documents, by name (`spec.md`); whatever its reader makes of
            it follows from them alone.
        origin: whose format it is in.
    """

    path: str
    number: str
    slug: str
    documents: Mapping[str, bytes]
    origin: Origin = Origin.NATIVE


def read_project(documents: Mapping[str, bytes]) -> Project:
    """Read a repository's documents, path to bytes; other files among them are passed over.

    A document that is too large or not UTF-8 is None, with a problem that says so.
    """
    constitution, problems = read_project_constitution(documents)
    folders, found = find_folders(documents)
    problems += found
    features: list[Feature] = []
    for folder in folders:
        feature, unread = read_feature(folder)
        features.append(feature)
        problems += unread
    return Project(constitution=constitution, features=tuple(features), problems=tuple(problems))


def find_folders(documents: Mapping[str, bytes]) -> tuple[list[FeatureFolder], list[Problem]]:
    """The folders of features, numbered ones first, each kind in the order of their names.

    `specs/001-wallet` is the feature `001`; `specs/_00_demo` is `00`; a folder without a number,
    or with one that is taken, is known by its whole name.
    """
    found: dict[str, dict[str, bytes]] = {}
    for path, data in documents.items():
        match = re.fullmatch(_DOCUMENT, path)
        if match:
            found.setdefault(match[1], {})[match[2]] = data
    names = [
        name
        for name, inside in found.items()
        if "spec.md" in inside
        or (name[0].isdigit() and not inside.keys().isdisjoint(DOCUMENT_NAMES))
    ]
    folders: list[FeatureFolder] = []
    problems: list[Problem] = []
    taken: set[str] = set()
    for name in sorted(names, key=lambda name: (not name[0].isdigit(), name)):
        match = re.fullmatch(_NUMBERED, name)
        number, slug = (match["number"], match["slug"]) if match else (name, name)
        if number in taken:
            problems.append(_number_taken(name, number))
            number = name
        taken.add(number)
        folders.append(
            FeatureFolder(
                path=f"{SPECS_FOLDER}/{name}",
                number=number,
                slug=slug or name,
                documents=found[name],
            )
        )
    return folders, problems


def read_feature(folder: FeatureFolder) -> tuple[Feature, list[Problem]]:
    """Read a feature's documents, and tell which of them cannot be read at all."""
    problems: list[Problem] = []
    feature = Feature(
        number=folder.number,
        slug=folder.slug,
        folder=folder.path,
        spec=_read_named(folder, "spec.md", read_spec, problems),
        plan=_read_named(folder, "plan.md", read_plan, problems),
        tasks=_read_named(folder, "tasks.md", read_tasks, problems),
        research=_read_named(folder, "research.md", read_research, problems),
        data_model=_read_named(folder, "data-model.md", read_data_model, problems),
        checklists=_read_inside(folder, "checklists/", read_checklist, problems),
        contracts=_read_inside(folder, "contracts/", _keep, problems),
    )
    return feature, problems


def read_project_constitution(
    documents: Mapping[str, bytes],
) -> tuple[Constitution | None, list[Problem]]:
    """The constitution, where there is one that can be read."""
    problems: list[Problem] = []
    data = documents.get(CONSTITUTION_PATH)
    if data is None:
        return None, problems
    return _read(CONSTITUTION_PATH, data, read_constitution, problems), problems


def _number_taken(name: str, number: str) -> Problem:
    return Problem(
        code="feature-number-taken",
        message=f"another feature has the number {number}; this one is known as {name}",
        place=Place(path=f"{SPECS_FOLDER}/{name}", line=1),
        hint="Give the folder a number of its own.",
        severity=Severity.WARNING,
    )


def _read_named(
    folder: FeatureFolder, name: str, read: Callable[[Source], T], problems: list[Problem]
) -> T | None:
    data = folder.documents.get(name)
    return None if data is None else _read(f"{folder.path}/{name}", data, read, problems)


def _read_inside(
    folder: FeatureFolder, inner: str, read: Callable[[Source], T], problems: list[Problem]
) -> tuple[T, ...]:
    """What stands in a folder of the feature, in the order of the names."""
    names = sorted(name for name in folder.documents if name.startswith(inner))
    documents = (_read_named(folder, name, read, problems) for name in names)
    return tuple(document for document in documents if document is not None)


def _keep(source: Source) -> Source:
    """A contract is a document of any kind, taken as it is."""
    return source


def _read(path: str, data: bytes, read: Callable[[Source], T], problems: list[Problem]) -> T | None:
    source = Source(path=path, data=data)
    problem = find_unreadable(source)
    if problem:
        beside = re.fullmatch(_BESIDE, path)
        problems.append(replace(problem, severity=Severity.WARNING) if beside else problem)
        return None
    return read(source)
