"""Reads every document of a repository, and sorts them by feature."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from headwater.spec.document import find_unreadable
from headwater.spec.model import Feature, Place, Problem, Project, Severity, Source
from headwater.spec.read_checklist import read_checklist
from headwater.spec.read_constitution import read_constitution
from headwater.spec.read_data_model import read_data_model
from headwater.spec.read_plan import read_plan
from headwater.spec.read_research import read_research
from headwater.spec.read_spec import read_spec
from headwater.spec.read_tasks import read_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
class _Folder:
    """A feature's folder and the documents in it, by name."""

    path: str
    name: str
    documents: Mapping[str, bytes]


def read_project(documents: Mapping[str, bytes]) -> Project:
    """Read a repository's documents, path to bytes; other files among them are passed over.

    `specs/001-wallet` is the feature `001`; `specs/_00_demo` is `00`; a folder without a number,
    or with one that is taken, is known by its whole name. A document that is too large or not
    UTF-8 is None, with a problem that says so.
    """
    problems: list[Problem] = []
    constitution = None
    if CONSTITUTION_PATH in documents:
        data = documents[CONSTITUTION_PATH]
        constitution = _read(CONSTITUTION_PATH, data, read_constitution, problems)
    features: list[Feature] = []
    for folder in _find_folders(documents):
        taken = {feature.number for feature in features}
        features.append(_read_feature(folder, taken, problems))
    return Project(constitution=constitution, features=tuple(features), problems=tuple(problems))


def _find_folders(documents: Mapping[str, bytes]) -> list[_Folder]:
    """The folders of features, numbered ones first, each kind in the order of their names."""
    found: dict[str, dict[str, bytes]] = {}
    for path, data in documents.items():
        match = re.fullmatch(_DOCUMENT, path)
        if match:
            found.setdefault(match[1], {})[match[2]] = data
    folders = [
        _Folder(path=f"{SPECS_FOLDER}/{name}", name=name, documents=inside)
        for name, inside in found.items()
        if "spec.md" in inside
        or (name[0].isdigit() and not inside.keys().isdisjoint(DOCUMENT_NAMES))
    ]
    return sorted(folders, key=lambda folder: (not folder.name[0].isdigit(), folder.name))


def _read_feature(folder: _Folder, taken: set[str], problems: list[Problem]) -> Feature:
    match = re.fullmatch(_NUMBERED, folder.name)
    number, slug = (match["number"], match["slug"]) if match else (folder.name, folder.name)
    if number in taken:
        problems.append(_number_taken(folder, number))
        number = folder.name
    return Feature(
        number=number,
        slug=slug or folder.name,
        folder=folder.path,
        spec=_read_named(folder, "spec.md", read_spec, problems),
        plan=_read_named(folder, "plan.md", read_plan, problems),
        tasks=_read_named(folder, "tasks.md", read_tasks, problems),
        research=_read_named(folder, "research.md", read_research, problems),
        data_model=_read_named(folder, "data-model.md", read_data_model, problems),
        checklists=_read_inside(folder, "checklists/", read_checklist, problems),
        contracts=_read_inside(folder, "contracts/", _keep, problems),
    )


def _number_taken(folder: _Folder, number: str) -> Problem:
    return Problem(
        code="feature-number-taken",
        message=f"another feature has the number {number}; this one is known as {folder.name}",
        place=Place(path=folder.path, line=1),
        hint="Give the folder a number of its own.",
        severity=Severity.WARNING,
    )


def _read_named(
    folder: _Folder, name: str, read: Callable[[Source], T], problems: list[Problem]
) -> T | None:
    data = folder.documents.get(name)
    return None if data is None else _read(f"{folder.path}/{name}", data, read, problems)


def _read_inside(
    folder: _Folder, inner: str, read: Callable[[Source], T], problems: list[Problem]
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
