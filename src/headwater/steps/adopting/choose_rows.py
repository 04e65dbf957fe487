"""From calls that came to something else to a few examples, under the requirement they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.spec.examples import Attribute, Call, CallRow
from headwater.steps.adopting.tables import write_table
from headwater.steps.change.candidates import rank_candidates
from headwater.steps.change.cells import quote_cell, quote_outcome, tell_outcome
from headwater.steps.probing.calls import find_function

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from headwater.spec.examples import Expression
    from headwater.steps.change.candidates import Candidate
    from headwater.steps.change.subject import NewTable
    from headwater.steps.probing.probe import Probed

_MOST_ROWS = 3  # a function: a person reads each of them
_MOST_TABLES = 2  # a function or command of one requirement
_CLEARLY = 1.5  # how many times as much the best requirement shares as the second best


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownChange:
    """What one function, method or command does differently: a few probes that show it."""

    function: str
    probed: tuple[Probed, ...]

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The cells of the rows that would say so."""
        return tuple(
            (quote_cell(one.call), quote_outcome(one.now))
            for one in self.probed
            if one.now and one.unit.lone_call
        )

    @property
    def tables(self) -> tuple[NewTable, ...]:
        """What several rows, or a command, have to say."""
        return tuple(write_table(one) for one in self.probed if not one.unit.lone_call)

    @property
    def wish(self) -> str:
        """The same in words, as a person would ask for it."""
        said = (
            f"`{one.call}` comes to {tell_outcome(one.now) if one.now else '—'}"
            + (f" and no longer to {_tell_before(one)}" if _tell_before(one) else "")
            for one in self.probed
        )
        return f"{'; '.join(said)}."


def choose_shown(differing: Iterable[Probed]) -> tuple[ShownChange, ...]:
    """A few of the probes that an example can say, a function or command at a time.

    Short ones come first, and those with a result of their own before those that say it again.
    Where single calls show what a function does, stories are left out.
    """
    groups: dict[str, list[Probed]] = {}
    for one in sorted(differing, key=lambda one: (len(one.call), one.call)):
        if one.states_now:
            groups.setdefault(_name_shown(one), []).append(one)
    return tuple(
        ShownChange(function=function, probed=few)
        for function, group in groups.items()
        for few in _choose_few(group)
    )


def find_places(shown: ShownChange, requirements: Sequence[Candidate]) -> list[Candidate]:
    """The requirements that a change may belong to: one where that is clear, else the nearest.

    A story belongs where the one stands that it is like. Otherwise those whose examples call the
    function come before all others.

    Args:
        shown: the change.
        requirements: what the component implements, each with the calls of its examples.
    """
    like = {one.unit.ref for one in shown.probed if not one.unit.lone_call}
    theirs = [one for one in requirements if one.ref in like]
    if theirs:
        return theirs
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


def _name_shown(one: Probed) -> str:
    """What the row does that shows the difference: a function's name, a method's or a command."""
    row = one.unit.rows[one.last]
    return _name_called(row.expression) if isinstance(row, CallRow) else row.words[0]


def _name_called(expression: Expression) -> str:
    match expression:
        case Call(function=Attribute(name=name)) | Attribute(name=name):
            return find_function(expression) or name
        case _:
            return find_function(expression)


def _tell_before(one: Probed) -> str:
    """What the row came to before; empty where that was no result."""
    before = one.before
    return tell_outcome(before) if before and (before.cell or before.printed) else ""


def _choose_few(group: Sequence[Probed]) -> Iterator[tuple[Probed, ...]]:
    """Single calls together; stories by the ref of the one that each is like."""
    lone = [one for one in group if one.unit.lone_call]
    if lone:
        yield _take_various(lone)[:_MOST_ROWS]
        return
    for ref in dict.fromkeys(one.unit.ref for one in group):
        yield _take_various([one for one in group if one.unit.ref == ref])[:_MOST_TABLES]


def _take_various(group: Sequence[Probed]) -> tuple[Probed, ...]:
    seen: set[str] = set()
    various: list[Probed] = []
    others: list[Probed] = []
    for one in group:
        said = tell_outcome(one.now) if one.now else ""
        (others if said in seen else various).append(one)
        seen.add(said)
    return (*various, *others)
