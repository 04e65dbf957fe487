"""What is not fresh, as problems with places: for readers that know nothing of components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from headwater.graph.states import State
from headwater.operations.building.hand_edits import explain_edits
from headwater.operations.standing.placed_problem import PlacedProblem
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.operations.standing.component_status import ComponentStatus
    from headwater.spec.model import Place

NOT_FRESH: Final = "not-fresh"

_WAITING = frozenset({State.ORPHANED, State.MISSING, State.STALE, State.UNVERIFIED})
_BUILD = "`headwater build` brings it up to date."
_HINTS = {
    State.CONFLICTED: "Settle the record; the finding on it says how.",
    State.ORPHANED: "`headwater build` removes its files.",
    State.UNVERIFIED: "`headwater build` runs its tests again, without a model.",
}


class DriftPlace(NamedTuple):
    """Where the plan names a component, and the line that stands there."""

    place: Place
    excerpt: str


def is_waiting(state: State) -> bool:
    """Whether a state is only that of a specification before its build."""
    return state in _WAITING


def describe_drift(
    unsettled: Iterable[ComponentStatus],
    *,
    places: Mapping[str, DriftPlace],
    allow_stale: bool,
) -> tuple[PlacedProblem, ...]:
    """One problem for each component that is not fresh, by place.

    Where `allow_stale`, what only waits for `build` is a warning, and nothing else is. A component
    is known by its ref, so nothing has to be looked for around its place.
    """
    found = (
        _describe(one, at=places[one.ref], waits=allow_stale and is_waiting(one.state))
        for one in unsettled
    )
    return tuple(sorted(found, key=lambda problem: (problem.place, problem.message)))


def _describe(status: ComponentStatus, *, at: DriftPlace, waits: bool) -> PlacedProblem:
    reasons = "; ".join(reason.text for reason in status.reasons)
    return PlacedProblem(
        code=NOT_FRESH,
        message=f"{status.ref} is {status.state.value}" + (f": {reasons}" if reasons else ""),
        place=at.place,
        hint=advise(status),
        severity=Severity.WARNING if waits else Severity.ERROR,
        ref=status.ref,
        excerpt=at.excerpt,
        words=status.ref,
    )


def advise(status: ComponentStatus) -> str:
    """What settles a component's state."""
    if status.state is not State.EDITED:
        return _HINTS.get(status.state, _BUILD)
    changes = {reason.subject: reason.change for reason in status.reasons}
    return explain_edits(changes, code=status.files)
