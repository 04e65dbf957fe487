"""From calls that came to something else to a few example rows, under the requirement they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.spec.read_expression import read_call
from headwater.steps.change.candidates import rank_candidates
from headwater.steps.change.cells import quote_cell, quote_outcome
from headwater.steps.probing.calls import find_function

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from headwater.steps.change.candidates import Candidate
    from headwater.steps.probing.probe import Probed

_MOST_ROWS = 3  # a function: a person reads each of them
_CLEARLY = 1.5  # how many times as much the best requirement shares as the second best


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownChange:
    """What one function does differently: a few calls that show it."""

    function: str
    probed: tuple[Probed, ...]

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The cells of the rows that would say so."""
        return tuple(
            (quote_cell(one.call), quote_outcome(one.now)) for one in self.probed if one.now
        )

    @property
    def wish(self) -> str:
        """The same in words, as a person would ask for it."""
        said = (
            f"`{one.call}` comes to {one.now.cell if one.now else '—'}"
            + (f" and no longer to {one.before.cell}" if one.before and one.before.cell else "")
            for one in self.probed
        )
        return f"{'; '.join(said)}."


def choose_shown(differing: Iterable[Probed]) -> tuple[ShownChange, ...]:
    """A few of the calls that an example can say, a function at a time.

    Short calls come first, and those with a result of their own before those that say it again.
    """
    groups: dict[str, list[Probed]] = {}
    for one in sorted(differing, key=lambda one: (len(one.call), one.call)):
        if one.states_now:
            groups.setdefault(find_function(read_call(one.call)[1]), []).append(one)
    return tuple(
        ShownChange(function=function, probed=_take_various(group))
        for function, group in groups.items()
    )


def find_places(shown: ShownChange, requirements: Sequence[Candidate]) -> list[Candidate]:
    """The requirements that a change may belong to: one where that is clear, else the nearest.

    Those whose examples call the function come before all others.

    Args:
        shown: the change.
        requirements: what the component implements, each with the calls of its examples.
    """
    calling = [one for one in requirements if f"{shown.function}(" in one.text]
    near = calling or list(requirements)
    ranked = rank_candidates(shown.wish, near) or near
    if len(ranked) > 1 and ranked[0].share >= _CLEARLY * ranked[1].share > 0:
        return ranked[:1]
    return ranked


def describe_accidents(differing: Iterable[Probed]) -> Mapping[str, str]:
    """Calls that now fail by accident and did not before, to the name of the error."""
    return {
        one.call: one.now.accident
        for one in differing
        if one.now and one.now.accident and not (one.before and one.before.accident)
    }


def _take_various(group: Sequence[Probed]) -> tuple[Probed, ...]:
    seen: set[str] = set()
    various: list[Probed] = []
    others: list[Probed] = []
    for one in group:
        cell = one.now.cell if one.now else ""
        (others if cell in seen else various).append(one)
        seen.add(cell)
    return tuple([*various, *others][:_MOST_ROWS])
