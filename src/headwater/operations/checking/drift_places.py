"""Where what is not fresh is told of: in the plan, else at its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.records import lock_path
from headwater.operations.checking.drift import DriftPlace
from headwater.operations.standing.item_places import ItemPlaces
from headwater.spec.ids import split_ref
from headwater.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.operations.standing.component_status import ComponentStatus
    from headwater.operations.standing.survey import Survey


def find_drift_places(
    survey: Survey, unsettled: Iterable[ComponentStatus]
) -> dict[str, DriftPlace]:
    """Where the plan names each, by ref; for what no plan names, its record."""
    places = ItemPlaces(survey)
    found: dict[str, DriftPlace] = {}
    for status in unsettled:
        place = _find_place(survey, status.ref)
        found[status.ref] = DriftPlace(place, places.read_line(place.path, place.line))
    return found


def _find_place(survey: Survey, ref: str) -> Place:
    planned = survey.reading.index.components.get(ref)
    if planned:
        return planned.place
    number, local = split_ref(ref)
    folder = survey.reading.summaries[number or local].folder
    return Place(path=lock_path(folder, local if number else "feature"), line=1)
