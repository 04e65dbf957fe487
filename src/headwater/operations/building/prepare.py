"""From a survey to the work of deriving one feature: every input as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.digest import digest_value
from headwater.graph.heldout import draw_held_out
from headwater.graph.index import ItemKind
from headwater.graph.order import find_reachable, sort_topologically
from headwater.graph.states import State
from headwater.graph.units import WrittenTest
from headwater.operations.building.changes import describe_change
from headwater.operations.building.testing_faults import is_testable
from headwater.operations.checking.code_evidence import gather_planned
from headwater.operations.standing.survey import list_written
from headwater.rules.articles.apply import render_articles_for
from headwater.steps.deriving.contract import Contract
from headwater.steps.deriving.feature import FeatureWork
from headwater.steps.deriving.law import Law
from headwater.steps.deriving.suites import Suite
from headwater.steps.deriving.work import ComponentWork
from headwater.steps.deriving.write_tests import Prose
from headwater.workspace.files import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.graph.index import Item
    from headwater.graph.lock import WrittenRecord
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Feature
    from headwater.steps.settings import SearchSettings
    from headwater.targets.interface import Target

_DERIVED = frozenset({State.STALE, State.MISSING})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Preparation:
    """One feature's preparation: the survey, the feature, and what all its parts need."""

    survey: Survey
    feature: Feature
    target: Target
    suite: Suite
    law: Law

    @property
    def refs(self) -> tuple[str, ...]:
        """The feature's components in dependency order."""
        index = self.survey.reading.index
        order = sort_topologically(index.dependencies)
        return tuple(ref for ref in order if index.components[ref].feature == self.feature.number)


def choose_todo(survey: Survey, *, feature: str, upgrade: bool) -> frozenset[str]:
    """The components of a feature that must be derived: stale, missing, or to be upgraded."""
    wanted = _DERIVED | ({State.UPGRADEABLE} if upgrade else frozenset())
    return frozenset(
        ref
        for ref, found in survey.states.items()
        if ref.startswith(f"{feature}/") and found.state in wanted
    )


def choose_removed(survey: Survey, feature: str) -> frozenset[str]:
    """Orphaned components with a record, but for those that a living one still depends on."""
    index = survey.reading.index
    orphaned = {
        ref
        for ref, found in survey.states.items()
        if ref.startswith(f"{feature}/") and found.state is State.ORPHANED
    }
    living = index.components.keys() - orphaned
    needed = {need for ref in living for need in find_reachable(index.dependencies, ref)}
    return frozenset((orphaned & survey.lock.records.keys()) - needed)


def prepare_feature(
    survey: Survey,
    feature: Feature,
    *,
    target: Target,
    todo: frozenset[str],
    settings: SearchSettings,
) -> FeatureWork:
    """Gather everything that deriving `todo` reads.

    Args:
        survey: the repository as it stands.
        feature: whose components to derive.
        target: its language.
        todo: refs of the components to derive.
        settings: for the share of tests to hold out.
    """
    suite = _make_suite(survey, feature, share=settings.held_out_share)
    prose = dict(_find_prose(survey, feature, suite))
    known = {test.key: test for test in list_written(survey.lock, feature.number)}
    written = tuple(_restore(known[item.key], item) for item in prose.values() if item.key in known)
    suite = Suite(
        feature=suite.feature,
        units=suite.units,
        written=written,
        held_out=suite.held_out,
        components=suite.components,
    )
    law = Law(constitution=survey.reading.constitution, evidence=gather_planned(survey))
    making = _Preparation(survey=survey, feature=feature, target=target, suite=suite, law=law)
    index = survey.reading.index
    return FeatureWork(
        suite=suite,
        prose=tuple(item for item in prose.values() if item.key not in known),
        works=tuple(_make_work(making, ref, prose, todo) for ref in making.refs),
        todo=todo,
        needs={ref: find_reachable(index.dependencies, ref) for ref in suite.components},
        owners=index.implementers,
        files=_read_code(survey, suite),
        law=law,
    )


def _make_suite(survey: Survey, feature: Feature, *, share: float) -> Suite:
    units = survey.reading.load_units(feature.number)
    record = survey.lock.find_feature(feature.number)
    if record is None:
        held_out = draw_held_out(units, seed_text=feature.number, share=share)
    else:
        held_out = frozenset(record.held_out) & {unit.key for unit in units}
    index = survey.reading.index
    own = [ref for ref, planned in index.components.items() if planned.feature == feature.number]
    needed = dict.fromkeys(
        other for ref in own for other in (ref, *find_reachable(index.dependencies, ref))
    )
    return Suite(
        feature=f"{feature.number}-{feature.slug}",
        units=units,
        written=(),
        held_out=held_out,
        components=survey.reading.load_components(needed),
    )


def _find_prose(survey: Survey, feature: Feature, suite: Suite) -> Iterator[tuple[str, Prose]]:
    """Requirements and scenarios that a component implements and that no example checks."""
    index = survey.reading.index
    covered = {unit.ref for unit in suite.units}
    for ref, item in index.items.items():
        if (
            item.feature != feature.number
            or item.retired
            or ref in covered
            or not is_testable(item)
        ):
            continue
        owners = index.implementers.get(ref, ())
        if not owners:
            continue
        yield ref, _make_prose(survey, item, owners=owners, suite=suite)


def _make_prose(survey: Survey, item: Item, *, owners: tuple[str, ...], suite: Suite) -> Prose:
    index = survey.reading.index
    text = survey.reading.read_text(item.ref)
    digest = digest_value(
        "written", {"prose": text, **{ref: index.components[ref].interface for ref in owners}}
    )
    needed = dict.fromkeys(
        other for ref in owners for other in (ref, *find_reachable(index.dependencies, ref))
    )
    local = item.ref.rpartition("/")[2]
    return Prose(
        ref=item.ref,
        key=f"{local}-{digest[:8]}",
        text=text,
        feature=suite.feature,
        components=survey.reading.load_components(owners),
        context=tuple(
            survey.reading.read_text(other.ref)
            for other in _list_related(survey, item, owners=owners)
        ),
        reachable=tuple(survey.reading.load_components(needed).values()),
        place=item.place,
    )


def _list_related(survey: Survey, item: Item, *, owners: tuple[str, ...]) -> list[Item]:
    """The other requirements of the components that implement an item."""
    index = survey.reading.index
    refs = dict.fromkeys(ref for owner in owners for ref in index.live_refs(owner))
    return [
        index.items[ref]
        for ref in refs
        if ref != item.ref and index.items[ref].kind is ItemKind.REQUIREMENT
    ]


def _restore(record: WrittenRecord, prose: Prose) -> WrittenTest:
    return WrittenTest(
        key=record.key,
        ref=record.ref,
        code=record.code,
        touches=record.touches,
        owner=record.touches[0] if len(record.touches) == 1 else "",
        place=prose.place,
    )


def _make_work(
    making: _Preparation, ref: str, prose: Mapping[str, Prose], todo: frozenset[str]
) -> ComponentWork:
    survey, index = making.survey, making.survey.reading.index
    component = survey.reading.load_component(ref)
    constitution = survey.reading.constitution
    current = read_current(survey, component.files[0]) if ref in todo else ""
    live = index.live_refs(ref)
    return ComponentWork(
        contract=Contract(
            ref=ref,
            component=component,
            requirements={
                item.ref: survey.reading.read_text(item.ref)
                for item in (index.items[name] for name in live)
                if item.kind is not ItemKind.STORY
            },
            dependencies=tuple(
                survey.reading.load_component(need) for need in index.dependencies[ref]
            ),
            constraints=(
                render_articles_for(constitution, component.files) if constitution else ()
            ),
        ),
        law=making.law,
        prose={prose[name].key: prose[name] for name in live if name in prose},
        current=current,
        change=(
            describe_change(
                survey.states[ref].reasons,
                suite=making.suite,
                reading=survey.reading,
                target=making.target,
            )
            if current
            else ""
        ),
    )


def read_current(survey: Survey, path: str) -> str:
    """A derived file as it is; empty when it is not there."""
    if survey.present.files.get(path) is None:
        return ""
    return read_file(survey.reading.root, path).decode(errors="replace")


def _read_code(survey: Survey, suite: Suite) -> dict[str, str]:
    paths = [component.files[0] for component in suite.components.values()]
    return {path: code for path in paths if (code := read_current(survey, path))}
