"""Measurements of strength that hold as things stand, read from the lock; nothing is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.strength import RefStrength, add_up, find_current
from headwater.spec.ids import split_ref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.graph.strength import StrengthRecord
    from headwater.operations.standing.survey import Survey


def find_strength(survey: Survey, component: str) -> StrengthRecord | None:
    """The measurement of a component's examples that holds as things stand; None without one."""
    records = survey.lock.strengths.get(component, ())
    conditions = survey.present.conditions.get(component)
    summary = survey.reading.summaries.get(split_ref(component)[0])
    target = survey.reading.target_of(summary) if summary and records else None
    if target is None or conditions is None:
        return None
    return find_current(records, conditions, mutator=target.mutator_version)


def read_strengths(survey: Survey) -> dict[str, RefStrength]:
    """The strength of every ref, on all components whose measurement holds as things stand."""
    records = (find_strength(survey, component) for component in survey.lock.strengths)
    return add_up_refs(one for record in records if record for one in record.refs)


def add_up_refs(strengths: Iterable[RefStrength]) -> dict[str, RefStrength]:
    """The strength of each ref on all components, from that on each."""
    parts: dict[str, list[RefStrength]] = {}
    for one in strengths:
        parts.setdefault(one.ref, []).append(one)
    return {ref: add_up(found) for ref, found in parts.items()}


def is_weak(strength: RefStrength, *, floor: float) -> bool:
    """Whether a score that there is lies below the floor."""
    return strength.score is not None and strength.score < floor
