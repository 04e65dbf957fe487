"""Where edited code behaves differently from what was derived: tried by rule, then asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from headwater.graph.facts import DeclaredKind
from headwater.graph.scope import read_scope
from headwater.llm.interface import ModelError
from headwater.spec.examples import TableKind
from headwater.steps.adopting.ask_calls import ask_calls, show_difference
from headwater.steps.drafting.asking import Ledger
from headwater.steps.probing.calls import read_probes
from headwater.steps.probing.pool import gather_pool, list_changed_lines
from headwater.steps.probing.probe import CodeVersion, Probed, Prober, list_differing
from headwater.steps.probing.stories import describe_row, vary_stories
from headwater.steps.probing.vary import vary_calls

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from headwater.graph.scope import Scope
    from headwater.graph.units import TestUnit
    from headwater.operations.adopting.trial import Trial
    from headwater.operations.building.hand_edits import HandEdit
    from headwater.operations.drafting.ports import DraftPorts
    from headwater.spec.examples import RunRow
    from headwater.spec.model import Component

_MOST_CALLS = 150
_MOST_STORIES = 60  # each starts a process for every command in it
_ROUNDS = 2  # of asking a model


@dataclass(kw_only=True, slots=True)
class BehaviourSearch:
    """Looks for calls and commands that an edit changed the result of.

    Attributes:
        trial: the repository with the edit.
        edit: the edit.
        derived: the code as it was derived.
        component: the component as it was planned when that was derived.
        tried: what was tried so far.
        ledger: takes the cost of asking.
        notes: what a person should know.
    """

    trial: Trial
    edit: HandEdit
    derived: str
    component: Component
    tried: list[Probed] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    notes: list[str] = field(default_factory=list)

    def search(self, *, ports: DraftPorts) -> tuple[Probed, ...]:
        """The probes that came to something else; a model is asked only where no rule finds one.

        Single calls are tried first, since they say more with less.

        Raises:
            SandboxError: the sandbox could not be set up.
        """
        pool = gather_pool(list_changed_lines(self.derived, self.edit.text))
        units = self.trial.work.suite.units
        seeds = [unit for unit in units if self.edit.component in unit.touches]
        calls = (call for _, call in islice(vary_calls(seeds, pool=pool), _MOST_CALLS))
        stories = islice(vary_stories(seeds, pool=pool), _MOST_STORIES)
        found = self._try(self._read(calls)) or self._shorten(self._try(tuple(stories)))
        if found:
            return found
        try:
            return self._ask(ports)
        except ModelError as error:
            self.notes.append(f"No model could be asked for further calls: {error.message}.")
            return ()

    def _ask(self, ports: DraftPorts) -> tuple[Probed, ...]:
        functions, commands = self._list_functions(), tuple(self.component.commands)
        if not functions and not commands:
            self.notes.append("It declares no function or command that could be tried.")
            return ()
        index, reading = self.trial.survey.reading.index, self.trial.survey.reading
        with ports.open_drafter() as drafter:
            for number in range(1, _ROUNDS + 1):
                calls = ask_calls(
                    difference=show_difference(self.derived, self.edit.text),
                    requirements=map(reading.read_text, index.live_refs(self.edit.component)),
                    functions=functions,
                    commands=commands,
                    tried=[one.call for one in self.tried],
                    about=f"{self.edit.component} {number}",
                    drafter=drafter,
                    ledger=self.ledger,
                )
                found = self._try(self._read(calls))
                if found:
                    return found
        return ()

    def _shorten(self, found: tuple[Probed, ...]) -> tuple[Probed, ...]:
        """The same, with commands by themselves that show their difference without those before."""
        alone = {
            one.call: replace(one.unit, key=describe_row(row), rows=(row,))
            for one in found
            if one.unit.kind is TableKind.RUN and one.last
            for row in [one.unit.rows[one.last]]
        }
        units = {unit.key: unit for unit in alone.values()}
        short = {one.unit.key: one for one in self._try(tuple(units.values()))}
        chosen = []
        for one in found:
            unit = alone.get(one.call)
            other = short.get(unit.key) if unit else None
            chosen.append(other if other and other.now == one.now else one)
        return tuple({one.unit.key: one for one in chosen}.values())

    def _read(self, calls: Iterable[str | RunRow]) -> tuple[TestUnit, ...]:
        return read_probes(calls, scope=self._scope, feature=self.trial.feature.number)

    def _try(self, probes: Sequence[TestUnit]) -> tuple[Probed, ...]:
        components = self.trial.work.suite.components
        before = self._take(self.derived, {**components, self.edit.component: self.component})
        probed = self._compare(probes, before=before, now=self._take(self.edit.text, components))
        self.tried += probed
        return list_differing(probed)

    def compare_with_edit(self, probed: Iterable[Probed], code: str) -> tuple[Probed, ...]:
        """What probes come to in the edited code, and in other code for the same plan."""
        components = self.trial.work.suite.components
        before = self._take(self.edit.text, components)
        probes = [one.unit for one in probed]
        return self._compare(probes, before=before, now=self._take(code, components))

    def _compare(
        self, probes: Sequence[TestUnit], *, before: CodeVersion, now: CodeVersion
    ) -> tuple[Probed, ...]:
        prober = Prober(
            feature=self.trial.work.suite.feature,
            errors=self._list_errors(),
            workbench=self.trial.workbench,
        )
        return prober.compare(probes, before=before, now=now)

    def _take(self, code: str, components: Mapping[str, Component]) -> CodeVersion:
        return CodeVersion(
            files={**self.trial.work.files, self.edit.path: code}, components=components
        )

    @property
    def _scope(self) -> Scope:
        reading, number = self.trial.survey.reading, self.trial.feature.number
        interfaces = reading.load(number).interfaces
        return read_scope(number, index=reading.index, interfaces=interfaces)

    def _list_functions(self) -> Mapping[str, tuple[str, ...]]:
        declared = self.trial.target.read_interface(
            self.trial.work.suite.components[self.edit.component]
        ).names
        return {one.name: one.parameters for one in declared if one.kind is DeclaredKind.FUNCTION}

    def _list_errors(self) -> frozenset[str]:
        return frozenset(
            name
            for name, owners in self._scope.names.items()
            if any(one.declared.kind is DeclaredKind.ERROR for one in owners)
        )
