"""What is not fresh, as problems with places: for readers that know nothing of components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from headwater.graph.records import lock_path
from headwater.graph.states import State
from headwater.operations.hand_edits import explain_edits
from headwater.operations.item_places import ItemPlaces
from headwater.operations.placed_problem import PlacedProblem
from headwater.spec.ids import split_ref
from headwater.spec.model import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.operations.compare_check import Judgement
    from headwater.operations.status import ComponentStatus

NOT_FRESH: Final = "not-fresh"

_WAITING = frozenset({State.ORPHANED, State.MISSING, State.STALE, State.UNVERIFIED})
_BUILD = "`headwater build` brings it up to date."
_HINTS = {
    State.CONFLICTED: "Settle the record; the finding on it says how.",
    State.ORPHANED: "`headwater build` removes its files.",
    State.UNVERIFIED: "`headwater build` runs its tests again, without a model.",
}


def describe_drift(judged: Judgement, *, allow_stale: bool) -> tuple[PlacedProblem, ...]:
    """One problem for each component that is not fresh, by place.

    Where `allow_stale`, what only waits for `build` is a warning, and nothing else is. A component
    is known by its ref, so nothing has to be looked for around its place.
    """
    found = _describe(judged, places=ItemPlaces(judged.survey), allow_stale=allow_stale)
    return tuple(sorted(found, key=lambda problem: (problem.place, problem.message)))


def _describe(
    judged: Judgement, *, places: ItemPlaces, allow_stale: bool
) -> Iterator[PlacedProblem]:
    for status in judged.unsettled:
        reasons = "; ".join(reason.text for reason in status.reasons)
        waits = allow_stale and status.state in _WAITING
        place = _find_place(judged, status)
        yield PlacedProblem(
            code=NOT_FRESH,
            message=f"{status.ref} is {status.state.value}" + (f": {reasons}" if reasons else ""),
            place=place,
            hint=_advise(status),
            severity=Severity.WARNING if waits else Severity.ERROR,
            ref=status.ref,
            excerpt=places.read_line(place.path, place.line),
            words=status.ref,
        )


def _advise(status: ComponentStatus) -> str:
    if status.state is not State.EDITED:
        return _HINTS.get(status.state, _BUILD)
    changes = {reason.subject: reason.change for reason in status.reasons}
    return explain_edits(changes, code=status.files)


def _find_place(judged: Judgement, status: ComponentStatus) -> Place:
    """Where the plan names the component; for what no plan names, its record."""
    reading = judged.survey.reading
    planned = reading.index.components.get(status.ref)
    if planned:
        return planned.place
    number, local = split_ref(status.ref)
    folder = reading.summaries[number or local].folder
    return Place(path=lock_path(folder, local if number else "feature"), line=1)
