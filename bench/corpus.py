"""What a corpus of real documents was read as: the values that every reader of one gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.spec.coverage import measure_coverage
from headwater.spec.read_project import read_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from headwater.spec.model import Constitution, Feature, Plan, Problem, Spec, TaskList
    from headwater.spec.side_documents import Checklist, DataModel, Research

    Main = Spec | Plan | TaskList | Constitution
    Beside = Checklist | DataModel | Research

UNREAD = "were read as nothing"
# In another tool's format, prose that is meant to be prose is not told from what is not understood.
PROSE = "hold no item, and are kept as prose"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadFile:
    """One file of a corpus.

    Attributes:
        path: below the corpus's folder.
        items: how many of each kind were read.
        problems: codes of what is wrong with it, as often as it is.
        total, unknown: bytes in it, white space aside, and those that were read as nothing; both
            0 for a document whose bytes are not accounted for.
    """

    path: str
    items: Mapping[str, int]
    problems: tuple[str, ...]
    total: int = 0
    unknown: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Corpus:
    """One corpus.

    Attributes:
        name: its folder below the data.
        read: how its files, path to bytes, are read.
        rest: what the bytes count as that a file calls unknown; ends a sentence about them.
    """

    name: str
    read: Callable[[Mapping[str, bytes]], Sequence[ReadFile]]
    rest: str = UNREAD


def read_spec_kit(documents: Mapping[str, bytes]) -> list[ReadFile]:
    """Read features and a constitution as Headwater does."""
    project = read_project(documents)
    files = [file for feature in project.features for file in _list_files(feature)]
    if project.constitution:
        articles = {"article": len(project.constitution.articles)}
        files.append(_measured(project.constitution, articles))
    return sorted(files, key=lambda file: file.path)


def _list_files(feature: Feature) -> Iterator[ReadFile]:
    if feature.spec:
        yield _measured(feature.spec, _count_spec(feature.spec))
    if feature.plan:
        yield _measured(feature.plan, _count_plan(feature.plan))
    if feature.tasks:
        yield _measured(feature.tasks, {"task": len(feature.tasks.tasks)})
    if feature.research:
        yield _counted(feature.research, {"decision without id": len(feature.research.resolutions)})
    if feature.data_model:
        yield _counted(feature.data_model, {"entity": len(feature.data_model.entities)})
    for checklist in feature.checklists:
        yield _counted(checklist, {"checklist item": len(checklist.items)})
    for contract in feature.contracts:
        yield ReadFile(path=contract.path, items={"contract": 1}, problems=())


def _count_spec(spec: Spec) -> dict[str, int]:
    return {
        "story": len(spec.stories),
        "scenario": sum(len(story.scenarios) for story in spec.stories),
        "scenario without story": len(spec.loose_scenarios),
        "requirement": len(spec.requirements),
        "criterion": len(spec.criteria),
        "requirement or criterion without id": len(spec.unnumbered),
        "open question": len(spec.clarifications),
        "answer": len(spec.answers),
        "edge case": len(spec.edge_cases),
        "assumption": len(spec.assumptions),
        "entity": len(spec.entities),
    }


def _count_plan(plan: Plan) -> dict[str, int]:
    return {
        "decision": len(plan.decisions),
        "decision without id": len(plan.key_decisions),
        "component": len(plan.components),
    }


def _measured(document: Main, items: Mapping[str, int]) -> ReadFile:
    coverage = measure_coverage(document)
    return ReadFile(
        path=document.source.path,
        items=items,
        problems=_codes(document.problems),
        total=coverage.total,
        unknown=coverage.unknown,
    )


def _counted(document: Beside, items: Mapping[str, int]) -> ReadFile:
    return ReadFile(path=document.source.path, items=items, problems=_codes(document.problems))


def _codes(problems: Sequence[Problem]) -> tuple[str, ...]:
    return tuple(problem.code for problem in problems)
