"""A plan tried before it is written: read back, and held against every row of its spec."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.index import index_summaries
from headwater.graph.make_units import make_units
from headwater.graph.structure import check_feature, check_structure
from headwater.graph.summary import list_articles, summarise_feature
from headwater.spec.ids import qualify, split_ref
from headwater.spec.model import Severity, Source
from headwater.spec.read_plan import read_plan
from headwater.steps.plan.constitution_check import check_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from headwater.graph.summary import FeatureSummary
    from headwater.graph.units import TestUnit
    from headwater.spec.model import Component, Constitution, Feature, Problem
    from headwater.steps.plan.constitution_check import ArticleResult
    from headwater.targets.interface import Target


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What came of it.

    Attributes:
        problems: errors of the plan by itself and with the rows.
        misfits: why rows cannot be tests of these interfaces: a value of the wrong type.
        articles: each article of the constitution against the plan.
    """

    problems: tuple[Problem, ...]
    misfits: tuple[str, ...]
    articles: tuple[ArticleResult, ...]


def try_plan(
    feature: Feature,
    text: str,
    *,
    others: Iterable[FeatureSummary],
    load: Callable[[str], Component],
    constitution: Constitution | None,
    target: Target,
) -> Trial:
    """Read a plan's text as the plan of a feature, and try every row against it.

    Args:
        feature: its documents without the new plan.
        text: the plan.
        others: summaries of the other features.
        load: a component of another feature, by its ref.
        constitution: None for none.
        target: the plan's language.
    """
    source = Source(path=f"{feature.folder}/plan.md", data=text.encode())
    plan = read_plan(source)
    planned = replace(feature, plan=plan, tasks=None)
    components = {qualify(one.id, feature=feature.number): one for one in plan.components}
    needed = {ref for one in plan.components for ref in one.depends_on} - {
        one.id for one in plan.components
    }
    components |= {ref: load(ref) for ref in sorted(needed)}
    interfaces = {ref: target.read_interface(one) for ref, one in components.items()}
    own = summarise_feature(planned, interfaces=interfaces)
    numbers = {split_ref(ref)[0] for ref in needed}
    summaries = [*(one for one in others if one.number in numbers), own]
    index = index_summaries(list_articles(constitution), summaries)
    units, found = make_units(planned, index=index, interfaces=interfaces)
    found += check_feature(planned, interfaces, targets=[target.name])
    found += check_structure(summaries, index=index)
    articles = check_articles(
        constitution, planned, index=index, interfaces=interfaces, target=target
    )
    return Trial(
        problems=tuple(_find_errors([*plan.problems, *found], feature)),
        misfits=tuple(_find_misfits(units, components, target)),
        articles=tuple(articles),
    )


def _find_errors(problems: Iterable[Problem], feature: Feature) -> Iterator[Problem]:
    for one in problems:
        if one.severity is Severity.ERROR and one.place.path.startswith(f"{feature.folder}/"):
            yield one


def _find_misfits(
    units: Sequence[TestUnit], components: dict[str, Component], target: Target
) -> Iterator[str]:
    """Whether tests can be written of all rows, and of which not."""
    for unit in units:
        touched = {ref: components[ref] for ref in unit.touches if ref in components}
        try:
            target.emit_tests("tests/trial.py", units=[unit], written=(), components=touched)
        except HeadwaterError as error:
            yield error.message
