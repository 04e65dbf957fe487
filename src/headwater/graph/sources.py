"""The sources of every component: each input of its derivation, by name, with its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.graph.index import Index
    from headwater.graph.summary import FeatureSummary
    from headwater.graph.units import AnyUnit


def list_sources(
    index: Index, *, units: Iterable[AnyUnit], summaries: Iterable[FeatureSummary]
) -> dict[str, dict[str, str]]:
    """Component ref to its sources: a name that a person understands, to the digest.

    Names are `001/FR-003`, `001/FR-003 example FR-003-1f9a03c2`, `001/C1`, `001/C2 interface`
    and `001/plan Target`. Articles are not among them: they are conditions of verification.
    """
    contexts = {summary.number: summary.context for summary in summaries}
    sources: dict[str, dict[str, str]] = {}
    for planned in index.components.values():
        own = {planned.ref: planned.section}
        own |= {ref: index.items[ref].digest for ref in index.live_refs(planned.ref)}
        for needed in planned.depends_on:
            if needed in index.components and index.components[needed].offer:
                own[f"{needed} interface"] = index.components[needed].offer
        sources[planned.ref] = own | dict(contexts.get(planned.feature, {}))
    for unit in units:
        for component in list_counting(unit, index=index):
            if component in sources:
                sources[component][f"{unit.ref} example {unit.key}"] = unit.digest
    return sources


def list_counting(unit: AnyUnit, *, index: Index) -> tuple[str, ...]:
    """The components that a test counts for, so that a change of it makes them stale.

    Its owner; for a feature test every component that implements its ref, or, where none does,
    those that it touches, so that no test counts for nothing.
    """
    if unit.owner:
        return (unit.owner,)
    return index.implementers.get(unit.ref) or unit.touches
