"""`headwater trace`: from requirements to everything derived from them, and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.index import ItemKind
from headwater.graph.network import NodeKind
from headwater.graph.trace import trace_refs
from headwater.graph.verification import list_differences
from headwater.operations.checking.suspect_items import find_suspect_items
from headwater.operations.standing.connect import connect_reading, find_node, list_written
from headwater.operations.standing.strength_records import read_strengths
from headwater.operations.standing.survey import take_survey
from headwater.operations.tracing.trace_report import (
    TracedComponent,
    TracedDecision,
    TracedFeature,
    TracedItem,
    TracedStory,
    TracedSuspect,
    TracedTask,
    TraceReport,
)
from headwater.workspace.history import read_last_commit_time
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from headwater.graph.network import Network
    from headwater.graph.strength import RefStrength
    from headwater.graph.summary import FeatureSummary
    from headwater.graph.trace import TraceRow
    from headwater.operations.standing.survey import Survey
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults


def trace(
    path: Path,
    *,
    ref: str,
    targets: Mapping[str, Target],
    kept: KeptResults | None = None,
    with_strength: bool = False,
) -> TraceReport:
    """Trace a ref, or everything.

    Args:
        path: a folder of the repository.
        ref: a requirement, scenario, story, feature, or what came of one: a decision, component,
            task, file, test, or an article (what has a component in its scope). An id may stand
            without its feature where only one feature has it. Empty for everything.
        targets: languages that can be derived for, by name.
        kept: results of earlier runs; None for none.
        with_strength: tell how strong the examples are, where that was measured.

    Raises:
        HeadwaterError: there is no such ref, several have it, or it is of a kind that is not
            traced.
    """
    repository = open_repository(path)
    survey = take_survey(repository.root, targets=targets, kept=kept)
    reading = survey.reading
    network = connect_reading(reading, survey.lock)
    whole = ref and find_node(
        ref, reading=reading, network=network, repository=repository, folder=path
    )
    _refuse_untraced(network.kinds.get(whole), whole, survey)
    items = tuple(_tell_suspects(trace_node(survey, network, node=whole), survey, kept=kept))
    if with_strength:
        items = _add_strengths(items, read_strengths(survey))
    used = {reading.index.items[item.ref].feature for item in items}
    return TraceReport(
        ref=whole,
        as_of=read_last_commit_time(repository),
        features=tuple(
            _describe_feature(summary)
            for summary in reading.summaries.values()
            if summary.number in used
        ),
        items=items,
        with_strength=with_strength,
    )


def _tell_suspects(
    items: Iterable[TracedItem], survey: Survey, *, kept: KeptResults | None
) -> Iterator[TracedItem]:
    why = {one.ref: one.why for one in find_suspect_items(survey, kept=kept)}
    for item in items:
        refs = [one.ref for one in item.decisions]
        refs += [one.ref for one in item.components]
        refs += [one.ref for one in item.tasks]
        found = (TracedSuspect(ref=ref, why=why[ref]) for ref in refs if ref in why)
        yield replace(item, suspect=tuple(found)) if why else item


def trace_node(survey: Survey, network: Network, *, node: str) -> tuple[TracedItem, ...]:
    """The requirements and scenarios that a node comes from, all when it is empty; see `trace`."""
    reading = survey.reading
    rows = trace_refs(
        reading.index,
        network=network,
        units=reading.all_units,
        written=list_written(survey.lock),
        states=survey.states,
        ref=node,
    )
    return tuple(map(_Describer(survey).describe, rows))


def count_passed(survey: Survey, component: str) -> int | None:
    """How many tests the component passed as things stand now; None when it was not verified."""
    conditions = survey.present.conditions.get(component)
    if conditions is None:
        return None
    matching = [
        line.passed
        for line in survey.lock.verifications.get(component, ())
        if not list_differences(line, conditions)
    ]
    return matching[-1] if matching else None


def _add_strengths(
    items: tuple[TracedItem, ...], strengths: Mapping[str, RefStrength]
) -> tuple[TracedItem, ...]:
    return tuple(
        replace(item, strength=found, score=found.score)
        if (found := strengths.get(item.ref)) is not None
        else item
        for item in items
    )


def _refuse_untraced(kind: NodeKind | None, ref: str, survey: Survey) -> None:
    if kind in {NodeKind.CRITERION, NodeKind.CONTEXT}:
        item = survey.reading.index.items.get(ref)
        where = f"{item.place}: " if item else ""
        raise HeadwaterError(
            f"{where}`{ref}` is of the kind {kind.value}, which is not traced",
            hint="Name a requirement, scenario, story, decision, component, task, article, file, "
            "test or feature.",
        )


class _Describer:
    """Puts names and states to the refs of rows; each is looked up once."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._items = survey.reading.index.items
        self._components: dict[str, TracedComponent] = {}

    def describe(self, row: TraceRow) -> TracedItem:
        """A row with everything that a reader of it wants to know."""
        item = self._items[row.ref]
        return TracedItem(
            ref=row.ref,
            kind=row.kind,
            text=item.text or item.title,
            place=item.place,
            coverage=row.coverage,
            decisions=tuple(
                TracedDecision(ref=ref, title=self._items[ref].title) for ref in row.decisions
            ),
            components=tuple(self._find_components(row.components)),
            tasks=tuple(TracedTask(ref=ref, text=self._items[ref].title) for ref in row.tasks),
            files=row.files,
            tests=row.tests,
        )

    def _find_components(self, refs: tuple[str, ...]) -> Iterator[TracedComponent]:
        for ref in refs:
            planned = self._survey.reading.index.components.get(ref)
            if planned is None:
                continue
            if ref not in self._components:
                self._components[ref] = TracedComponent(
                    ref=ref,
                    name=planned.name,
                    state=self._survey.states[ref].state,
                    passed=count_passed(self._survey, ref),
                    accepted=tuple(
                        path for path in planned.files if path in self._survey.deviations
                    ),
                )
            yield self._components[ref]


def _describe_feature(summary: FeatureSummary) -> TracedFeature:
    return TracedFeature(
        number=summary.number,
        slug=summary.slug,
        stories=tuple(
            TracedStory(ref=item.ref, title=item.title)
            for item in summary.items
            if item.kind is ItemKind.STORY
        ),
    )
