"""`headwater trace`: from requirements to components, files, tests and their last results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.index import ItemKind
from headwater.graph.scope import suggest_names
from headwater.graph.trace import Coverage, TracedTest, trace_refs
from headwater.graph.verification import list_differences
from headwater.operations.survey import take_survey
from headwater.spec.ids import split_ref
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from headwater.graph.lock import WrittenRecord
    from headwater.graph.states import State
    from headwater.graph.trace import TraceRow
    from headwater.operations.survey import Survey
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults

_TRACED = frozenset({ItemKind.REQUIREMENT, ItemKind.SCENARIO, ItemKind.STORY, ItemKind.COMPONENT})


@dataclass(frozen=True, kw_only=True, slots=True)
class TracedComponent:
    """A component; `passed` counts the tests that it last passed as it stands now, None if never.

    All tests that judge a component pass when one is recorded, so there is no count of failures.
    """

    ref: str
    name: str
    state: State
    passed: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TracedItem:
    """One requirement or scenario, and what came of it."""

    ref: str
    kind: ItemKind
    coverage: Coverage
    components: tuple[TracedComponent, ...]
    files: tuple[str, ...]
    tests: tuple[TracedTest, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TraceReport:
    """Every item asked for, uncovered ones first. `ref` is the whole ref; empty for all."""

    ref: str
    items: tuple[TracedItem, ...]


def trace(
    path: Path, *, ref: str, targets: Mapping[str, Target], kept: KeptResults | None = None
) -> TraceReport:
    """Trace a ref, or everything.

    Args:
        path: a folder of the repository.
        ref: `001/FR-003`, `FR-003` where only one feature has it, a story, a scenario, a
            component, or a feature by number or folder name; empty for everything.
        targets: languages that can be derived for, by name.
        kept: results of earlier runs; None for none.

    Raises:
        HeadwaterError: no document has the ref, several have it, or it is of a kind that is not
            traced.
    """
    survey = take_survey(open_repository(path).root, targets=targets, kept=kept)
    whole = find_ref(survey, ref) if ref else ""
    rows = trace_refs(
        survey.reading.index,
        units=survey.reading.all_units,
        written=list_written(survey),
        states=survey.states,
        ref=whole,
    )
    return TraceReport(ref=whole, items=tuple(_describe(survey, row) for row in rows))


def find_ref(survey: Survey, given: str) -> str:
    """The whole ref of something that can be traced.

    Raises:
        HeadwaterError: as `trace`.
    """
    index = survey.reading.index
    for feature in survey.reading.summaries.values():
        if given in {feature.number, feature.slug, feature.folder.rpartition("/")[2]}:
            return feature.number
    matching = [ref for ref in index.items if given in (ref, split_ref(ref)[1])]
    if len(matching) > 1 and given not in matching:
        raise HeadwaterError(
            f"`{given}` stands in several features",
            hint=f"Choose one of: {', '.join(matching)}.",
        )
    if not matching:
        raise HeadwaterError(
            f"there is no `{given}` in any document", hint=suggest_names(given, index.items)
        )
    item = index.items[given if given in matching else matching[0]]
    if item.kind not in _TRACED:
        raise HeadwaterError(
            f"{item.place}: `{item.ref}` is of the kind {item.kind.value}, which is not traced",
            hint="Name a requirement, scenario, story, component or feature.",
        )
    if item.retired:
        raise HeadwaterError(
            f"{item.place}: `{item.ref}` is retired, so nothing is derived from it",
            hint="`git log` tells what was.",
        )
    return item.ref


def list_written(survey: Survey) -> Iterator[WrittenRecord]:
    """Every test that a model wrote from prose and that the lock holds."""
    for component in survey.lock.records.values():
        yield from component.written
    for number in survey.lock.features:
        feature = survey.lock.find_feature(number)
        yield from feature.written if feature else ()


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


def _describe(survey: Survey, row: TraceRow) -> TracedItem:
    return TracedItem(
        ref=row.ref,
        kind=row.kind,
        coverage=row.coverage,
        components=tuple(
            TracedComponent(
                ref=ref,
                name=survey.reading.index.components[ref].name,
                state=survey.states[ref].state,
                passed=count_passed(survey, ref),
            )
            for ref in row.components
            if ref in survey.reading.index.components
        ),
        files=row.files,
        tests=row.tests,
    )
