"""The documents of a repository, read once, and what follows from them alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.index import Index, index_project
from headwater.graph.make_units import make_units
from headwater.graph.records import LOCK_FOLDER
from headwater.graph.structure import check_structure
from headwater.rules.articles.apply import check_constitution
from headwater.spec.read_project import (
    CONSTITUTION_PATH,
    SIDE_DOCUMENTS,
    SPECS_FOLDER,
    read_project,
)
from headwater.workspace.documents import read_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from headwater.graph.facts import CodeInterface
    from headwater.graph.units import TestUnit
    from headwater.spec.model import Feature, Problem, Project
    from headwater.targets.interface import Target

DOCUMENTS = (CONSTITUTION_PATH, f"{SPECS_FOLDER}/*/*.md")
# Read as well, but nothing is derived from them: a change to one refuses no build.
_BESIDE = tuple(f"{SPECS_FOLDER}/*/{name}" for name in SIDE_DOCUMENTS)
LOCKS = (f"{SPECS_FOLDER}/*/{LOCK_FOLDER}/*",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What the documents say.

    Attributes:
        root: the repository's top folder.
        project: the documents.
        index: their items and edges.
        interfaces: every component's interface, by ref.
        units: tests that examples make, by feature number.
        problems: everything wrong with the documents, with places.
        targets: languages that can be derived for, by name.
    """

    root: Path
    project: Project
    index: Index
    interfaces: Mapping[str, CodeInterface]
    units: Mapping[str, tuple[TestUnit, ...]]
    problems: tuple[Problem, ...]
    targets: Mapping[str, Target]

    @property
    def all_units(self) -> tuple[TestUnit, ...]:
        """The units of all features."""
        return tuple(unit for units in self.units.values() for unit in units)

    def find_feature(self, number: str) -> Feature:
        """The feature with this number; it must exist."""
        return next(item for item in self.project.features if item.number == number)

    def target_of(self, feature: Feature) -> Target | None:
        """The language of a feature's plan, if it is one that can be derived for."""
        return find_target(feature, self.targets)


def read_repository(root: Path, *, targets: Mapping[str, Target]) -> Reading:
    """Read every document.

    Raises:
        HeadwaterError: a document is a symbolic link, or the like.
    """
    project = read_project(read_documents(root, (*DOCUMENTS, *_BESIDE)))
    index = index_project(project)
    interfaces = _read_interfaces(project, targets)
    units: dict[str, tuple[TestUnit, ...]] = {}
    problems = list(_list_document_problems(project))
    problems.extend(check_structure(project, interfaces, targets=tuple(targets), index=index))
    for feature in project.features:
        made, found = make_units(feature, index=index, interfaces=interfaces)
        units[feature.number] = tuple(made)
        problems.extend(found)
    return Reading(
        root=root,
        project=project,
        index=index,
        interfaces=interfaces,
        units=units,
        problems=tuple(problems),
        targets=targets,
    )


def find_target(feature: Feature, targets: Mapping[str, Target]) -> Target | None:
    """The language of a feature's plan, if it is one of `targets`."""
    context = feature.plan.context if feature.plan else None
    return targets.get(context.target) if context else None


def _read_interfaces(project: Project, targets: Mapping[str, Target]) -> dict[str, CodeInterface]:
    interfaces = {}
    for feature in project.features:
        target = find_target(feature, targets)
        if feature.plan is None or target is None:
            continue
        for component in feature.plan.components:
            interfaces[f"{feature.number}/{component.id}"] = target.read_interface(component)
    return interfaces


def _list_document_problems(project: Project) -> Iterator[Problem]:
    yield from project.problems
    if project.constitution:
        yield from project.constitution.problems
        yield from check_constitution(project.constitution)
    for feature in project.features:
        documents = (feature.spec, feature.plan, feature.tasks, feature.research)
        for document in (*documents, feature.data_model, *feature.checklists):
            if document:
                yield from document.problems
