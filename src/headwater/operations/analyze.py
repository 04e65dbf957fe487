"""`headwater analyze`: what does not go together across the documents of a feature."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.graph.meaning import state_document
from headwater.llm.interface import Usage
from headwater.operations.checking.judge_folder import judge_folder
from headwater.operations.drafting.feature import choose_feature
from headwater.operations.reviewing.analysis_categories import (
    Category,
    Level,
    find_category,
    find_level,
)
from headwater.operations.standing.connect import connect_reading
from headwater.operations.trace import trace_node
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.steps.analyze.compare import ModelFinding, compare_pair
from headwater.steps.analyze.pairs import choose_pairs
from headwater.steps.drafting.asking import Ledger
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from headwater.graph.statement import Statement
    from headwater.graph.trace import Coverage
    from headwater.operations.drafting.ports import DraftPorts
    from headwater.operations.standing.placed_problem import PlacedProblem
    from headwater.operations.standing.survey import Survey

# So many pairs are looked at for each finding that a model may make.
_PAIRS_FOR_ONE = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class AnalyzedFinding:
    """A finding of `check`, with the pass that it belongs to and how much it matters."""

    category: Category
    level: Level
    problem: PlacedProblem


@dataclass(frozen=True, kw_only=True, slots=True)
class CoveredItem:
    """A requirement or scenario, and what there is for it.

    Attributes:
        ref: `001/FR-003`.
        text: what it says, or its beginning.
        components: refs of those that implement it.
        tasks: refs of those that name it.
        examples: tests that its examples make.
        written: tests that a model wrote from its prose.
        coverage: what it has come to.
    """

    ref: str
    text: str
    components: tuple[str, ...]
    tasks: tuple[str, ...]
    examples: int
    written: int
    coverage: Coverage


@dataclass(frozen=True, kw_only=True, slots=True)
class AnalysisReport:
    """An analysis of one feature; nothing was written.

    Attributes:
        number, folder: of the feature.
        findings: by pass, then by how much they matter; found without a model.
        coverage: every requirement and scenario, uncovered ones first.
        model_findings: what a model sees beside that; advice, never an error.
        models, usage: who was asked, and at what cost.
    """

    number: str
    folder: str
    findings: tuple[AnalyzedFinding, ...]
    coverage: tuple[CoveredItem, ...]
    model_findings: tuple[ModelFinding, ...] = ()
    models: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)

    @property
    def covered(self) -> int:
        """How many requirements and scenarios a component implements."""
        return sum(bool(one.components) for one in self.coverage)


def analyze(
    path: Path, feature: str, *, ports: DraftPorts, model_findings: int = 0
) -> AnalysisReport:
    """Analyse a feature.

    Args:
        path: a folder of the repository.
        feature: its number, folder or slug; empty for the branch's own.
        ports: languages, rules and models.
        model_findings: how many a model may make; 0 asks none.

    Raises:
        HeadwaterError: there is no such feature, or a document cannot be read.
        ModelError: a model was to be asked and could not be reached.
    """
    repository = open_repository(path)
    judged = judge_folder(
        repository.root, targets=ports.targets, settings=ports.rules, kept=ports.kept
    )
    survey = judged.survey
    summary = choose_feature(repository, survey, feature)
    own = (f"{summary.folder}/", CONSTITUTION_PATH)
    found = [_classify(one) for one in judged.findings if one.place.path.startswith(own)]
    order = {one: number for number, one in enumerate((*Category, *Level))}
    found.sort(key=lambda one: (order[one.category], order[one.level]))
    ledger = Ledger()
    seen = (
        _ask_model(survey, summary.number, model_findings, ports=ports, ledger=ledger)
        if model_findings
        else ()
    )
    return AnalysisReport(
        number=summary.number,
        folder=summary.folder,
        findings=tuple(found),
        coverage=tuple(_cover(survey, summary.number)),
        model_findings=seen,
        models=tuple(ledger.models),
        usage=ledger.usage,
    )


def _classify(problem: PlacedProblem) -> AnalyzedFinding:
    category = find_category(problem.code)
    level = find_level(category, problem.severity)
    return AnalyzedFinding(category=category, level=level, problem=problem)


def _cover(survey: Survey, number: str) -> Iterator[CoveredItem]:
    network = connect_reading(survey.reading, survey.lock)
    for item in trace_node(survey, network, node=number):
        yield CoveredItem(
            ref=item.ref,
            text=item.text,
            components=tuple(one.ref for one in item.components),
            tasks=tuple(one.ref for one in item.tasks),
            examples=sum(not test.by_model for test in item.tests),
            written=sum(test.by_model for test in item.tests),
            coverage=item.coverage,
        )


def _ask_model(
    survey: Survey, number: str, most: int, *, ports: DraftPorts, ledger: Ledger
) -> tuple[ModelFinding, ...]:
    pairs = choose_pairs(_list_said(survey, number), most=most * _PAIRS_FOR_ONE)
    found: list[ModelFinding] = []
    if not pairs:
        return ()
    with ports.open_drafter() as drafter:
        for pair in pairs:
            if len(found) == most:
                break
            one = compare_pair(pair, feature=number, drafter=drafter, ledger=ledger)
            found += [one] if one else []
    return tuple(found)


def _list_said(survey: Survey, number: str) -> Iterator[Statement]:
    """What constitution, spec and plan say."""
    feature, constitution = survey.reading.find_feature(number), survey.reading.constitution
    for document in (constitution, feature.spec, feature.plan):
        if document is not None:
            yield from state_document(document, feature=number)
