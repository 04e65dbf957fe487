"""What the requirements of a component say of a case that no row shows.

A bound that the call crosses decides without a model. Else each of the nearest requirements is
shown to a model by itself; what it does not say in words that can be quoted, it does not say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.graph.contradictions import rows_contradict
from headwater.graph.declarations import NEUTRAL_ERRORS
from headwater.operations.triage.ground import feature_of, list_done
from headwater.operations.triage.report import Evidence, Step, Verdict
from headwater.spec.examples import CallRow, Raises
from headwater.steps.change.candidates import Candidate, rank_candidates
from headwater.steps.change.cells import quote_error
from headwater.steps.triage.ask_ruling import Case as DisputedCase
from headwater.steps.triage.ask_ruling import Ruling, RulingAsker, Side
from headwater.steps.triage.bounds import find_crossing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from headwater.operations.triage.find_case import Case, CaseFinder
    from headwater.operations.triage.ground import Ground
    from headwater.operations.triage.located import Located
    from headwater.operations.triage.model_access import ModelAccess
    from headwater.operations.triage.try_case import Tried
    from headwater.spec.examples import Row
    from headwater.steps.triage.claims import Claim

_MOST_ASKED = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruled:
    """What the requirements come to; `ref` decides, or is nearest where none does."""

    verdict: Verdict
    case: Case
    ref: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ProseJudge:
    """Judges a case by prose.

    Attributes:
        ground, place: the repository, and where the failure is.
        tried: what the case comes to now.
        holds: tries a row on the derived code.
        finder: completes the case with a result that a requirement demands.
        errors: what a call may fail with.
        models: whom to ask.
    """

    ground: Ground
    place: Located
    tried: Tried
    holds: Callable[[Row], bool]
    finder: CaseFinder
    errors: tuple[str, ...]
    models: ModelAccess

    def judge(self, case: Case) -> Ruled:
        """The verdict, with the requirement that decides.

        Raises:
            ModelError: a model could not be reached, or refused.
        """
        nearest = self._rank(case)
        if not nearest:
            return self._leave_open(case, self.place.refs[0] if self.place.refs else "", ())
        for one in nearest:
            decided = self._judge_by_bound(case, one)
            if decided is not None:
                return decided
        if not case.claim.wanted:
            if case.claim.is_command:
                return self._leave_open(case, nearest[0].ref, ())
            return self._judge_by_demand(case, nearest)
        return self._judge_by_rulings(case, nearest)

    def _rank(self, case: Case) -> list[Candidate]:
        """The requirements that may decide, those first that share most with call and place."""
        index = self.ground.survey.reading.index
        refs = self._list_speaking(case.claim.function)
        own = [Candidate(ref=ref, text=index.items[ref].text) for ref in refs]
        about = f"{self.finder.clues.prose} {case.claim.shown} {case.claim.wanted}"
        ranked = rank_candidates(about, own)
        known = {one.ref for one in ranked}
        near = [*ranked, *(one for one in own if one.ref not in known)]
        # What the failing code serves by its tests comes before what merely shares words.
        near.sort(key=lambda one: one.ref not in self.place.refs)
        return near[:_MOST_ASKED]

    def _list_speaking(self, function: str) -> tuple[str, ...]:
        """What the components implement, but for what shows other functions and not this one."""
        number = feature_of(self.place.component)
        shown: dict[str, set[str]] = {}
        for unit in self.ground.survey.reading.load_units(number):
            shown.setdefault(unit.ref, set()).update(list_done(unit.rows))
        refs = dict.fromkeys(
            ref
            for component in self.place.components
            for ref in self.ground.list_requirements(component)
        )
        speaking = (ref for ref in refs if ref not in shown or function in shown[ref])
        return tuple(speaking) or tuple(refs)

    def _judge_by_bound(self, case: Case, one: Candidate) -> Ruled | None:
        declared = tuple(name for name in self.errors if name not in NEUTRAL_ERRORS)
        found = find_crossing(one.text, case.row, errors=declared)
        if found is None or not found.refuses:
            return None
        told = self._make_evidence(
            f"{one.ref} says “{found.quote}”, and {case.claim.shown} crosses “{found.bound}”",
            one.ref,
        )
        if found.error:
            return self._hold_to(case, quote_error(found.error), one.ref, told)
        wants_failure = isinstance(case.row, CallRow) and isinstance(case.row.expected, Raises)
        fails_now = self.tried.actual.startswith("raised")
        if not case.claim.result or wants_failure == fails_now:
            return None  # which error is right, or which value, is not told by such a bound
        verdict = Verdict.GENERATION if wants_failure else Verdict.OTHERWISE
        return self._rule(verdict, case, one.ref, (told,))

    def _hold_to(self, case: Case, demanded: str, ref: str, told: Evidence) -> Ruled | None:
        """Hold code and report to the result that a requirement demands.

        None where all three agree as far as can be told, so that something else is reported.
        """
        whole = self.finder.complete(case, demanded)
        against = bool(case.claim.result) and rows_contradict(whole.row, case.row)
        if against:
            also = f", not {case.claim.result} as the report wants"
            told = replace(told, text=f"{told.text}: it {demanded}{also}")
        if not self.holds(whole.row):
            own = case.claim.result and not against
            return self._rule(Verdict.GENERATION, case if own else whole, ref, (told,))
        if against or not case.claim.result:
            return self._rule(Verdict.OTHERWISE, case, ref, (told,))
        return None

    def _judge_by_rulings(self, case: Case, nearest: Sequence[Candidate]) -> Ruled:
        """Each requirement by itself: what the report wants, what happens now, or neither."""
        asker = RulingAsker(drafter=self.models.drafter, ledger=self.models.ledger)
        disputed = DisputedCase(
            row=case.row,
            call=case.claim.shown,
            wanted=_tell_wanted(case.claim),
            present=_tell_present(self.tried.actual),
            present_is_accident=self.tried.is_accident,
        )
        rulings = [asker.ask_ruling(one.ref, one.text, disputed) for one in nearest]
        evidence = tuple(self._describe(rulings))
        sides = {one.side: one for one in reversed(rulings) if one.side is not Side.SILENT}
        if len(sides) != 1:
            return self._leave_open(case, nearest[0].ref, evidence)
        ((side, decisive),) = sides.items()
        verdict = Verdict.GENERATION if side is Side.WANTED else Verdict.OTHERWISE
        return self._rule(verdict, case, decisive.ref, evidence)

    def _judge_by_demand(self, case: Case, nearest: Sequence[Candidate]) -> Ruled:
        """Nobody said what is right: a requirement may demand it, and is asked again to be sure."""
        asker = RulingAsker(drafter=self.models.drafter, ledger=self.models.ledger)
        for one in nearest:
            result, quote = asker.ask_demand(one.ref, one.text, case.row, errors=self.errors)
            if not result:
                continue
            told = self._make_evidence(
                f"{one.ref} demands {result} of it: “{quote}”", one.ref, by_model=True
            )
            whole = self.finder.complete(case, result, by_model=True)
            if self.holds(whole.row):
                return self._rule(Verdict.OTHERWISE, case, one.ref, (told,))
            ruled = self._judge_by_rulings(whole, [one])
            if ruled.verdict is not Verdict.GAP:
                return replace(ruled, evidence=(told, *ruled.evidence))
        silent = Evidence(
            step=Step.VERDICT,
            text=f"none of {', '.join(one.ref for one in nearest)} demands a result of it",
            by_model=True,
        )
        return self._leave_open(case, nearest[0].ref, (silent,))

    def _describe(self, rulings: Sequence[Ruling]) -> Iterator[Evidence]:
        for one in rulings:
            why = f" ({one.why})" if one.why else ""
            text = (
                f"{one.ref} is silent on it{why}"
                if one.side is Side.SILENT
                else f"{one.ref} demands {one.side.value}: “{one.quote}”"
            )
            yield self._make_evidence(text, one.ref, by_model=True)

    def _leave_open(self, case: Case, ref: str, evidence: tuple[Evidence, ...]) -> Ruled:
        return self._rule(Verdict.GAP, case, ref, evidence)

    def _rule(
        self, verdict: Verdict, case: Case, ref: str, evidence: tuple[Evidence, ...]
    ) -> Ruled:
        return Ruled(verdict=verdict, case=case, ref=ref, evidence=evidence)

    def _make_evidence(self, text: str, ref: str, *, by_model: bool = False) -> Evidence:
        place = str(self.ground.survey.reading.index.items[ref].place)
        return Evidence(step=Step.VERDICT, text=text, place=place, by_model=by_model)


def _tell_wanted(claim: Claim) -> str:
    """What a call or a command is to do, in words."""
    if claim.is_command:
        printed = [f"prints {claim.result}"] if claim.result else []
        code = [f"exits with {claim.exit_code}"] if claim.exit_code else []
        return " and ".join([*printed, *code])
    return claim.result if claim.result.startswith("raises") else f"returns {claim.result}"


def _tell_present(actual: str) -> str:
    """`returned 5` as what a call does: `returns 5`; values are left as they are."""
    begun = re.sub(r"^(return|rais|print|end)ed\b", _turn_verb, actual)
    return re.sub(r", and exited (with \d+)$", r", and exits \1", begun)


def _turn_verb(match: re.Match[str]) -> str:
    return f"{match[1]}es" if match[1] == "rais" else f"{match[1]}s"
