"""Where a reported failure is: the component and the refs, from what the report names.

What is surest comes first: tests by name, lines of derived code, calls of declared functions, ids.
Only where a report is nothing but words does a model choose, among the nearest requirements.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.operations.tracing.explain_code import explain_definition
from headwater.operations.triage.choose_by_words import choose_by_words
from headwater.operations.triage.ground import feature_of, list_done
from headwater.operations.triage.located import Located
from headwater.operations.triage.named_tests import find_named_tests
from headwater.operations.triage.report import Evidence, NoPlaceError, Step
from headwater.spec.ids import split_ref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.operations.triage.ground import Ground
    from headwater.operations.triage.model_access import ModelAccess
    from headwater.operations.triage.named_tests import NamedTests
    from headwater.operations.triage.report import TriageRequest
    from headwater.steps.triage.clues import Clues


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceFinder:
    """Finds where a report belongs.

    Attributes:
        ground: the repository.
        request: the report.
        clues: what it names.
        models: asked only where words have to decide.
    """

    ground: Ground
    request: TriageRequest
    clues: Clues
    models: ModelAccess

    def find_place(self) -> Located:
        """The component and the refs.

        Raises:
            NoPlaceError: the report names nothing that was derived here.
            ModelError: a model could not be reached, or refused.
        """
        if self.request.component and not self.request.test:
            return self._add_calls(self._take_component(self.request.component))
        ways = (
            self._by_tests,
            self._by_frames,
            self._by_calls,
            self._by_refs,
            self._by_names,
            self._by_words,
        )
        for way in ways:
            found = way()
            if found is not None:
                return self._add_calls(found)
        raise NoPlaceError(
            "the report names no test, no line of derived code, no function of an interface and no "
            f"id, and no requirement shares its words{self._tell_foreign()}",
            hint="Say which component it is, `--component 001/C2`, or give the call that fails: "
            "`headwater triage --example 'average([]) = 0'`.",
        )

    def _take_component(self, given: str) -> Located:
        index = self.ground.survey.reading.index
        known = [ref for ref in index.components if given in {ref, split_ref(ref)[1]}]
        if len(known) != 1:
            raise NoPlaceError(
                f"expected one component {given!r}, found {'several' if known else 'none'}",
                hint=f"There are: {', '.join(known or index.components) or 'none'}.",
            )
        evidence = Evidence(step=Step.PLACE, text=f"{known[0]} was named by the one who asks")
        return self._locate(known[0], (), evidence)

    def _by_tests(self) -> Located | None:
        names = (self.request.test,) if self.request.test else self.clues.tests
        found = find_named_tests(self.ground.survey, names)
        if found is None and self.request.test:
            raise NoPlaceError(
                f"expected a derived test, found {self.request.test}, which no record names",
                hint="Give what the test printed instead: `headwater triage --from FILE`.",
            )
        if found is None:
            return None
        keys = ", ".join(found.keys)
        text = f"the test {keys} is derived from {', '.join(found.refs)} and runs {found.owner}"
        evidence = Evidence(step=Step.PLACE, text=text, place=found.path)
        return self._locate(found.owner, found.refs, evidence, tests=found)

    def _by_frames(self) -> Located | None:
        """The deepest line of derived code: what comes after it is a library's."""
        records = self.ground.survey.lock.records
        derived = {path: ref for ref, record in records.items() for path in record.bodies}
        for frame in reversed(self.clues.frames):
            path = _find_suffix(frame.path, derived)
            if not path:
                continue
            owner = derived[path]
            found = explain_definition(self.ground.survey, owner=owner, path=path, line=frame.line)
            tested = dict.fromkeys(test.ref for test in found.tests) if found else {}
            inside = f", inside `{found.name}`" if found else ""
            text = f"the deepest line of derived code is {path}:{frame.line}{inside}, of {owner}"
            evidence = Evidence(step=Step.PLACE, text=text, place=f"{path}:{frame.line}")
            return self._locate(owner, tuple(tested), evidence)
        return None

    def _by_calls(self) -> Located | None:
        functions = (claim.function for claim in self.clues.claims)
        return next((found for one in functions if (found := self._take_function(one))), None)

    def _by_names(self) -> Located | None:
        spoken = self.ground.find_spoken(self.clues.prose)
        return (
            self._take_function(spoken, how="which the report says in words, ") if spoken else None
        )

    def _take_function(self, function: str, *, how: str = "") -> Located | None:
        owners = self.ground.list_owners(function)
        if not owners:
            return None
        text = f"`{function}`, {how}" if how else f"`{function}` "
        declares = "a **Command**" if function in self.ground.commands else "the interface"
        evidence = Evidence(step=Step.PLACE, text=f"{text}is declared by {declares} of {owners[0]}")
        return self._locate(owners[0], self._list_showing(owners[0], function), evidence)

    def _by_refs(self) -> Located | None:
        """The first id that only one feature has, and that a component implements."""
        index = self.ground.survey.reading.index
        for named in self.clues.refs:
            found = [ref for ref in index.implementers if named in {ref, split_ref(ref)[1]}]
            if len(found) == 1 and found[0] in index.items:
                owner = index.implementers[found[0]][0]
                text = f"the report names {named}, which {owner} implements"
                place = str(index.items[found[0]].place)
                evidence = Evidence(step=Step.PLACE, text=text, place=place)
                return self._locate(owner, (found[0],), evidence)
        return None

    def _by_words(self) -> Located | None:
        chosen = choose_by_words(
            self.ground.survey,
            self.clues.prose,  # what a traceback is made of says nothing of requirements
            models=self.models,
        )
        return self._locate(chosen.owner, (chosen.ref,), chosen.evidence) if chosen else None

    def _locate(
        self,
        component: str,
        refs: Iterable[str],
        evidence: Evidence,
        *,
        tests: NamedTests | None = None,
    ) -> Located:
        """The nearest refs first, then all that the component implements."""
        own = self.ground.list_requirements(component)
        near = sorted(dict.fromkeys(refs), key=lambda ref: ref not in own)
        return Located(
            components=(component,),
            refs=tuple(near) or own,
            evidence=(evidence,),
            tests=tests,
        )

    def _add_calls(self, found: Located) -> Located:
        """Let the components count whose functions the report calls: what they serve may decide."""
        called = (
            owner
            for claim in self.clues.claims
            for owner in self.ground.list_owners(claim.function)
        )
        feature = feature_of(found.component)
        own = (ref for ref in called if feature_of(ref) == feature)
        return Located(
            components=tuple(dict.fromkeys((found.component, *own))),
            refs=found.refs,
            evidence=found.evidence,
            tests=found.tests,
        )

    def _list_showing(self, component: str, function: str) -> tuple[str, ...]:
        """The refs whose examples name a function of a component, or start it by a command."""
        units = self.ground.survey.reading.load_units(feature_of(component))
        return tuple(
            dict.fromkeys(
                unit.ref
                for unit in units
                if component in unit.touches and function in list_done(unit.rows)
            )
        )

    def _tell_foreign(self) -> str:
        """Which files a traceback names, none of which was derived."""
        files = dict.fromkeys(frame.path for frame in self.clues.frames)
        return f"; none of {', '.join(files)} was derived" if files else ""


def _find_suffix(path: str, derived: Iterable[str]) -> str:
    """The derived file that a path on any machine ends in; the longest one."""
    parts = f"/{path.replace(chr(92), '/').lstrip('./')}"
    found = [one for one in derived if parts.endswith(f"/{one}")]
    return max(found, key=len, default="")
