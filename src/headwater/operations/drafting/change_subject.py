"""What a change is about: the feature, the requirement, and what its examples may call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.contradictions import find_contradictions
from headwater.graph.declarations import NEUTRAL_ERRORS
from headwater.graph.facts import DeclaredKind
from headwater.graph.index import ItemKind
from headwater.graph.make_units import make_units
from headwater.graph.resolve import resolve_row
from headwater.graph.scope import read_scope, suggest_names
from headwater.graph.units import wrap_row
from headwater.operations.building.refusals import refuse_foreign
from headwater.operations.drafting.feature import choose_feature, find_named
from headwater.spec.examples import Call, CallRow, Name
from headwater.spec.ids import qualify, split_ref
from headwater.spec.model import Severity
from headwater.steps.change.candidates import Candidate
from headwater.steps.change.choose import NEW
from headwater.steps.change.subject import ChangeSubject
from headwater.workspace.repository import read_branch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from headwater.graph.scope import Scope
    from headwater.graph.summary import FeatureSummary
    from headwater.operations.standing.survey import Survey
    from headwater.spec.examples import ExampleTable, Row
    from headwater.spec.model import Requirement, Spec
    from headwater.workspace.repository import Repository


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """Where a change goes: the features that may be meant, and the requirement if it is named."""

    features: tuple[FeatureSummary, ...]
    ref: str = ""

    @property
    def only_feature(self) -> str:
        """The number of the feature, where there is but one."""
        return self.features[0].number if len(self.features) == 1 else ""


def find_target(repository: Repository, survey: Survey, *, feature: str, ref: str) -> Target:
    """The feature and requirement that a person named, or the features that may be meant.

    Raises:
        HeadwaterError: there is no such feature or requirement, or it is not clear which.
    """
    if ref and ref != NEW:
        return _find_ref(survey, feature=feature or split_ref(ref)[0], ref=ref)
    if feature or ref == NEW or not survey.reading.native:
        chosen = choose_feature(repository, survey, feature)
        return Target(features=(chosen,), ref=ref)
    own = find_named(survey.reading.native, read_branch(repository))
    return Target(features=tuple(own) or survey.reading.native)


def list_candidates(survey: Survey, features: Iterable[FeatureSummary]) -> list[Candidate]:
    """The requirements of features that hold, each with what its examples call."""
    numbers = {one.number for one in features}
    found = [
        Candidate(ref=item.ref, text=item.text)
        for item in survey.reading.index.items.values()
        if item.kind is ItemKind.REQUIREMENT and item.feature in numbers and not item.retired
    ]
    if len(numbers) > 1:
        return found  # names in examples would have to be read from every document
    calls = {
        qualify(one.id, feature=number): _list_calls(one)
        for number in numbers
        for one in _list_requirements(survey, number)
    }
    return [
        Candidate(ref=one.ref, text=f"{one.text} {calls.get(one.ref, '')}".strip()) for one in found
    ]


def prepare_subject(survey: Survey, number: str, *, ref: str, wish: str) -> ChangeSubject:
    """What a change of a requirement or scenario is drafted from; no ref is for a new requirement.

    Raises:
        HeadwaterError: the feature has no specification, or no requirement for a new one to stand
            behind.
    """
    spec = _read_spec(survey, number, needs_requirement=not ref)
    scope = read_scope(
        number, index=survey.reading.index, interfaces=survey.reading.load(number).interfaces
    )
    local = split_ref(ref)[1]
    requirement = next((one for one in spec.requirements if one.id == local), None)
    judge = _RowJudge(survey=survey, number=number, scope=scope, ref=ref)
    return ChangeSubject(
        wish=wish,
        spec=spec,
        requirement=requirement,
        functions=_list_functions(survey, number, scope, ref=ref) or _list_called(spec),
        errors=_list_errors(scope),
        find_faults=judge.find_faults,
    )


def find_last_table(spec: Spec, ref: str) -> ExampleTable | None:
    """The last table of a scenario, which another one can follow; None where there is none."""
    local = split_ref(ref)[1]
    scenarios = (each for story in spec.stories for each in story.scenarios)
    return next((each.tables[-1] for each in scenarios if each.id == local and each.tables), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class _RowJudge:
    """Judges a row of a requirement beside all others of its feature."""

    survey: Survey
    number: str
    scope: Scope
    ref: str

    def find_faults(self, row: Row, replaced: Sequence[Row]) -> list[str]:
        """Unknown names, wrong arguments, and rows that contradict it, but for those replaced."""
        problems = [] if not self.scope.order else list(resolve_row(row, scope=self.scope).problems)
        if isinstance(row, CallRow):
            gone = {one.span for one in replaced}
            loaded = self.survey.reading.load(self.number)
            units, _ = make_units(
                loaded.feature, index=self.survey.reading.index, interfaces=loaded.interfaces
            )
            alone = wrap_row(row, key="drafted", ref=self.ref or "the new requirement")
            kept = [unit for unit in units if unit.rows[0].span not in gone]
            problems += find_contradictions([*kept, alone], scope=self.scope)
        errors = [one for one in problems if one.severity is Severity.ERROR]
        return [f"{one.message}. {one.hint}".strip() for one in errors]


def _find_ref(survey: Survey, *, feature: str, ref: str) -> Target:
    native = survey.reading.native
    features = find_named(survey.reading.summaries.values(), feature) if feature else list(native)
    refuse_foreign(survey, features if feature else ())
    local = split_ref(ref)[1]
    found = []
    for one in features:
        item = survey.reading.index.items.get(qualify(local, feature=one.number))
        if item is not None and item.kind is ItemKind.REQUIREMENT:
            found.append((one, item))
    if len(found) != 1:
        refs = [item.ref for _, item in found]
        raise HeadwaterError(
            f"expected one requirement {ref!r}, found {'several' if refs else 'none'}",
            hint=f"Name one of: {', '.join(refs)}."
            if refs
            else suggest_names(ref, survey.reading.index.items)
            or "`headwater trace` lists requirements.",
        )
    (one, item) = found[0]
    if item.retired:
        raise HeadwaterError(
            f"{item.place}: {item.ref} is retired, so nothing is derived from it",
            hint="Name the one that took its place, or `--ref new`.",
        )
    return Target(features=(one,), ref=item.ref)


def _read_spec(survey: Survey, number: str, *, needs_requirement: bool) -> Spec:
    spec = survey.reading.find_feature(number).spec
    if spec is None or (needs_requirement and not spec.requirements):
        folder = survey.reading.summaries[number].folder
        raise HeadwaterError(
            f"expected requirements in {folder}/spec.md, found none",
            hint='Draft a specification first: `headwater specify "…"`.',
        )
    return spec


def _list_requirements(survey: Survey, number: str) -> tuple[Requirement, ...]:
    spec = survey.reading.find_feature(number).spec
    return spec.requirements if spec else ()


def _list_calls(requirement: Requirement) -> str:
    cells = (row.cells[0] for table in requirement.tables for row in table.rows)
    return " ".join(dict.fromkeys(cells))


def _list_functions(
    survey: Survey, number: str, scope: Scope, *, ref: str
) -> Mapping[str, tuple[str, ...]]:
    """Functions of the feature's components, those that implement the requirement first."""
    implementers = survey.reading.index.implementers.get(ref, ())
    owned = [
        one
        for each in scope.names.values()
        for one in each
        if one.declared.kind is DeclaredKind.FUNCTION and split_ref(one.component)[0] == number
    ]
    owned.sort(key=lambda one: one.component not in implementers)
    near = [one for one in owned if one.component in implementers] or owned
    return {one.declared.name: one.declared.parameters for one in near}


def _list_called(spec: Spec) -> Mapping[str, tuple[str, ...]]:
    """Functions that examples call, where no plan declares any; parameters are not known."""
    found: dict[str, tuple[str, ...]] = {}
    for requirement in spec.requirements:
        for row in (row for table in requirement.tables for row in table.rows):
            call = row.expression if isinstance(row, CallRow) else None
            if isinstance(call, Call) and isinstance(call.function, Name):
                names = tuple(f"argument {number}" for number in range(1, len(call.arguments) + 1))
                found.setdefault(call.function.name, names)
    return found


def _list_errors(scope: Scope) -> tuple[str, ...]:
    """Errors that the interfaces declare, then the neutral ones."""
    declared = [
        name
        for name, each in scope.names.items()
        if any(one.declared.kind is DeclaredKind.ERROR for one in each)
    ]
    return (*declared, *NEUTRAL_ERRORS)
