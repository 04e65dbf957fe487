"""The call or command of a report, and what it should come to: read out of it, else asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.resolve import resolve_row
from headwater.operations.triage.ground import feature_of, list_errors, list_functions
from headwater.operations.triage.report import Evidence, Step
from headwater.spec.examples import CallRow
from headwater.spec.model import Place, Severity
from headwater.steps.change.cells import read_row
from headwater.steps.change.row_questions import show_row
from headwater.steps.triage.ask_case import CaseAsker, happens_now

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from headwater.graph.scope import Scope
    from headwater.operations.triage.ground import Ground
    from headwater.operations.triage.located import Located
    from headwater.operations.triage.model_access import ModelAccess
    from headwater.spec.examples import Row
    from headwater.steps.triage.claims import Claim
    from headwater.steps.triage.clues import Clues
    from headwater.targets.outcome import Outcome

_REPORT = Place(path="report", line=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A call that can be made, or a command that can be run.

    Attributes:
        row: it, with its result, `—` where none is known.
        claim: its cells.
        by_model: a model read the call or the result out of the report's words.
        evidence: where call and result are from.
    """

    row: Row
    claim: Claim
    by_model: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFinder:
    """Finds the call of a report.

    Attributes:
        ground: the repository.
        clues: what the report names.
        place: where the failure is.
        observe: what a row comes to now.
        find_misfit: what of a row does not fit the declared types; empty where all does.
        models: asked only where the report has to be understood.
    """

    ground: Ground
    clues: Clues
    place: Located
    observe: Callable[[Row], Outcome]
    find_misfit: Callable[[Row], str]
    models: ModelAccess
    scope: Scope = field(init=False)

    def __post_init__(self) -> None:
        # A frozen value that looks its scope up once.
        scope = self.ground.read_scope(feature_of(self.place.component))
        object.__setattr__(self, "scope", scope)

    def find_case(self) -> Case | None:
        """The call with what it should come to; None where the report holds none that can be made.

        Raises:
            ModelError: a model could not be reached, or refused.
        """
        claims = [claim for claim in self.clues.claims if not self._find_faults(claim)]
        claim = next((one for one in claims if one.wanted), claims[0] if claims else None)
        if claim is None:
            return self._put_into_call() if self.clues.prose else None
        if claim.wanted or claim.is_command or not self._has_more_words(claim):
            return self._make(claim, by_model=False, how="it stands in the report")
        whole = self._ask_wanted(claim)
        how = "the call stands in the report; a model read what it should come to"
        return self._make(whole, by_model=bool(whole.result), how=how)

    def find_example(self) -> Case | None:
        """The call of a row that was proposed.

        Raises:
            HeadwaterError: it does not fit the interfaces, or is no row.
        """
        (claim,) = self.clues.claims
        faults = self._find_faults(claim)
        if faults:
            raise HeadwaterError(
                f"{claim.shown} = {claim.wanted}: {faults[0]}",
                hint="Write a call or a command line that the plan allows.",
            )
        return self._make(claim, by_model=False, how="it is the row that was proposed")

    def complete(self, case: Case, result: str, *, by_model: bool = False) -> Case:
        """A case with the result that a requirement demands.

        Raises:
            HeadwaterError: the result is no cell of a row.
        """
        claim = replace(case.claim, result=result)
        row = self.read(claim)
        if row is None:
            raise HeadwaterError(f"expected a row, found {claim.shown} | {result}")
        return replace(case, row=row, claim=claim, by_model=case.by_model or by_model)

    def read(self, claim: Claim) -> Row | None:
        """A claim as our own reader reads it; None where it is no row."""
        row, _ = read_row(claim.header, claim.cells)
        # It stands in no document yet; what is wrong with a value is told of the report.
        return replace(row, place=_REPORT) if row else None

    def _put_into_call(self) -> Case | None:
        asker = self._open_asker()
        asked = asker.ask_case() if asker.functions else None
        how = "a model put the report's words into a call; every value in it comes from them"
        if asked is None:
            return None
        row = self.read(asked)
        if asked.result and row and happens_now(asked, self.observe(row)):
            # Nobody reports that all is well: it was read as wanted and is what is complained of.
            asked = self._ask_wanted(replace(asked, result=""))
        return self._make(asked, by_model=True, how=how)

    def _ask_wanted(self, claim: Claim) -> Claim:
        row = self.read(claim)
        assert row is not None, "calls that are no row were left out"
        return self._open_asker().ask_wanted(claim, present=self.observe(row))

    def _has_more_words(self, claim: Claim) -> bool:
        """Whether the report says anything besides the call."""
        rest = self.clues.prose.replace(claim.call.strip("`"), "")
        return any(sign.isalpha() for sign in rest)

    def _make(self, claim: Claim, *, by_model: bool, how: str) -> Case | None:
        row = self.read(claim)
        if row is None:
            return None
        result = f" = {claim.wanted}" if claim.wanted else ", without a result"
        text = f"{claim.shown}{result}: {how}"
        evidence = Evidence(step=Step.CASE, text=text, by_model=by_model)
        return Case(row=row, claim=claim, by_model=by_model, evidence=(evidence,))

    def _open_asker(self) -> CaseAsker:
        units = self.ground.survey.reading.load_units(feature_of(self.place.component))
        near = [one for one in units if self.place.component in one.touches]
        return CaseAsker(
            report=self.clues.prose,
            functions=list_functions(self.scope, components=self.place.components),
            rows=tuple(show_row(row) for unit in near for row in unit.rows if _is_call(row)),
            errors=list_errors(self.scope),
            find_faults=self._find_faults,
            drafter=self.models.drafter,
            ledger=self.models.ledger,
        )

    def _find_faults(self, claim: Claim) -> Sequence[str]:
        """What our reader and the interfaces find wrong; rows that contradict it are a verdict."""
        row = self.read(claim)
        if row is None:
            return read_row(claim.header, claim.cells)[1]
        problems = resolve_row(row, scope=self.scope).problems
        wrong = [one.message for one in problems if one.severity is Severity.ERROR]
        return wrong or [*filter(None, [self.find_misfit(row)])]


def _is_call(row: object) -> bool:
    return isinstance(row, CallRow)
