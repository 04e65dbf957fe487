"""What a failure is traced on: the repository as it stands, and what its plans declare."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.declarations import NEUTRAL_ERRORS
from headwater.graph.exercise import list_names
from headwater.graph.facts import DeclaredKind
from headwater.graph.index import ItemKind
from headwater.graph.scope import read_scope
from headwater.graph.states import State
from headwater.operations.building.refusals import ProblemsError
from headwater.spec.examples import RunRow
from headwater.spec.ids import split_ref
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.graph.facts import Declared
    from headwater.graph.scope import Scope
    from headwater.operations.standing.survey import Survey
    from headwater.spec.examples import Row

_REMEDIES = {
    State.EDITED: "`headwater revert --all` undoes hand edits; then look whether it still fails.",
    State.STALE: "`headwater build` brings it up to date; then look whether it still fails.",
    State.MISSING: "`headwater build` derives it.",
    State.ORPHANED: "`headwater build` removes it: nothing in the spec asks for it.",
    State.CONFLICTED: "Settle its record first; `headwater check` says how.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """The repository, and what of it can be called."""

    survey: Survey
    _scopes: dict[str, Scope] = field(default_factory=dict, repr=False, compare=False)

    @property
    def functions(self) -> tuple[str, ...]:
        """Names of all functions that interfaces of native features declare."""
        return tuple(
            name for number in self._planned for name in list_functions(self.read_scope(number))
        )

    @property
    def commands(self) -> tuple[str, ...]:
        """First words of the command lines that components of native features start."""
        return tuple(word for number in self._planned for word in self.read_scope(number).commands)

    @property
    def _planned(self) -> tuple[str, ...]:
        return tuple(one.number for one in self.survey.reading.native if one.has_plan)

    def read_scope(self, number: str) -> Scope:
        """The names in reach of a feature; worked out once."""
        if number not in self._scopes:
            reading = self.survey.reading
            interfaces = reading.load(number).interfaces
            scope = read_scope(number, index=reading.index, interfaces=interfaces)
            self._scopes[number] = scope
        return self._scopes[number]

    def list_owners(self, function: str) -> tuple[str, ...]:
        """The components that declare a function, or that a command starts."""
        scopes = [self.read_scope(number) for number in self._planned]
        started = [one for scope in scopes for one in scope.commands.get(function, ())]
        found = (
            owned.component
            for scope in scopes
            for owned in scope.find_names(function)
            if owned.declared.kind is DeclaredKind.FUNCTION
        )
        return tuple(dict.fromkeys((*found, *started)))

    def find_spoken(self, text: str) -> str:
        """The one function whose name a text says in words, `billable minutes`; else empty."""
        words = re.sub(r"[\W_]+", " ", text.lower())
        spoken = {
            name
            for name in self.functions
            if "_" in name.strip("_") and f" {name.strip('_').replace('_', ' ')} " in f" {words} "
        }
        return spoken.pop() if len(spoken) == 1 else ""

    def list_requirements(self, component: str) -> tuple[str, ...]:
        """The requirements and scenarios that a component implements and that still hold."""
        index = self.survey.reading.index
        kinds = {ItemKind.REQUIREMENT, ItemKind.SCENARIO}
        return tuple(ref for ref in index.live_refs(component) if index.items[ref].kind in kinds)

    def refuse_unsettled(self, component: str) -> None:
        """Refuse code that is not what was derived from the documents as they are.

        Raises:
            HeadwaterError: it is edited, stale, missing, orphaned or in conflict.
        """
        found = self.survey.states.get(component)
        if found is None or found.state not in _REMEDIES:
            return
        reasons = "; ".join(map(str, found.reasons))
        raise HeadwaterError(
            f"expected {component} as it was derived, found it {found.state.value}: {reasons}",
            hint=_REMEDIES[found.state],
        )


def refuse_broken(survey: Survey) -> None:
    """Refuse documents that hold errors: their examples cannot be relied on.

    Raises:
        ProblemsError: they do.
    """
    errors = [one for one in survey.problems if one.severity is Severity.ERROR]
    if errors:
        raise ProblemsError(errors, consequence="nothing was traced")


def list_functions(scope: Scope, *, components: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Functions in a scope with their parameters; of these components only, where any are given."""
    wanted = frozenset(components)
    return {
        owned.declared.name: owned.declared.parameters
        for each in scope.names.values()
        for owned in each
        if owned.declared.kind is DeclaredKind.FUNCTION
        and (not wanted or owned.component in wanted)
    }


def list_done(rows: Iterable[Row]) -> frozenset[str]:
    """What rows call or read by name, and the commands that they start."""
    rows = tuple(rows)
    commands = (row.words[0] for row in rows if isinstance(row, RunRow))
    return list_names(rows).union(commands)


def list_errors(scope: Scope) -> tuple[str, ...]:
    """Errors that the interfaces declare, then the neutral ones."""
    return (*(one.name for one in _list_declared_errors(scope)), *NEUTRAL_ERRORS)


def _list_declared_errors(scope: Scope) -> Iterable[Declared]:
    for each in scope.names.values():
        yield from (one.declared for one in each if one.declared.kind is DeclaredKind.ERROR)


def feature_of(component: str) -> str:
    """The number of a component's feature."""
    return split_ref(component)[0]
