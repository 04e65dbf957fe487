"""Whether a requirement decides a case: asked twice in swapped order, and held to a quote.

The words of a report never reach these questions: what a model is shown is one requirement, one
call and two results, so that no report can talk it into a verdict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, Field

from headwater.steps.change.cells import OutcomeAnswer, write_result
from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.quoting import is_quoted, quote_data
from headwater.steps.triage.ask_case import WantedAnswer
from headwater.steps.triage.bounds import REFUSAL, find_kept_bound

if TYPE_CHECKING:
    from headwater.spec.examples import Row
    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter

_FEWEST_WORDS = 2


class RulingAnswer(BaseModel):
    """Which of two results a requirement demands, and in which words."""

    ruling: Literal["first", "second", "silent"]
    quote: str = Field(default="", max_length=400)


class DemandAnswer(WantedAnswer):
    """What a requirement demands of a call, and in which words."""

    quote: str = Field(default="", max_length=400)


class Side(Enum):
    """What a requirement demands of a call."""

    WANTED = "what the report wants"
    PRESENT = "what happens now"
    SILENT = "neither"


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A row with the two results in question, in words: `returns 5`, `raises ValueError`.

    `present_is_accident` tells that what happens now is a failure which nobody would specify.
    """

    row: Row
    call: str
    wanted: str
    present: str
    present_is_accident: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """What a requirement demands of a case; `quote` are its words, empty where it is silent.

    `why` tells why a requirement counts as silent though a model did not say so both times.
    """

    ref: str
    side: Side
    quote: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RulingAsker:
    """Asks about requirements, whom and at whose cost."""

    drafter: Drafter
    ledger: Ledger

    def ask_ruling(self, ref: str, requirement: str, case: Case) -> Ruling:
        """What a requirement demands of a case; two samples in swapped order must agree.

        Raises:
            ModelError: a model could not be reached, or refused.
        """
        first = self._ask_once(ref, requirement, case, swapped=False)
        if first.side is Side.SILENT:
            return first
        if first.side is Side.PRESENT and case.present_is_accident:
            why = "what happens now is an accident, which no requirement demands"
            return Ruling(ref=ref, side=Side.SILENT, why=why)
        second = self._ask_once(ref, requirement, case, swapped=True)
        if first.side is second.side:
            return first
        why = "two answers in swapped order did not agree"
        return Ruling(ref=ref, side=Side.SILENT, why=second.why or why)

    def ask_demand(
        self, ref: str, requirement: str, row: Row, *, errors: tuple[str, ...]
    ) -> tuple[str, str]:
        """The cell of the result that a requirement demands of a call, and its words; else empty.

        Raises:
            ModelError: a model could not be reached, or refused.
        """

        def check(answer: DemandAnswer) -> list[str]:
            if answer.outcome == "unsaid":
                return []
            fails = answer.outcome == "error"
            known = not fails or answer.error in errors
            unknown = [] if known else [f"`error` must be one of {', '.join(errors)}"]
            return [*unknown, *_check_quote(answer.quote, requirement, row, fails=fails)]

        question = Question(
            template="triage/demanded",
            values={
                "requirement": quote_data("requirement", requirement),
                "call": quote_data("call", row.cells[0]),
                "errors": ", ".join(errors),
            },
            kind=DemandAnswer,
            about=ref,
            check=check,
            tokens=200,
        )
        answer = self.ledger.add(ask(question, drafter=self.drafter)).value
        if answer is None or answer.outcome == "unsaid":
            return "", ""
        outcome = OutcomeAnswer(outcome=answer.outcome, value=answer.value, error=answer.error)
        return write_result(outcome), answer.quote

    def _ask_once(self, ref: str, requirement: str, case: Case, *, swapped: bool) -> Ruling:
        sides = (Side.PRESENT, Side.WANTED) if swapped else (Side.WANTED, Side.PRESENT)
        results = {Side.WANTED: case.wanted, Side.PRESENT: case.present}
        meant = {"first": sides[0], "second": sides[1], "silent": Side.SILENT}

        def check(answer: RulingAnswer) -> list[str]:
            side = meant[answer.ruling]
            if side is Side.SILENT:
                return []
            fails = results[side].startswith("raise")
            return _check_quote(answer.quote, requirement, case.row, fails=fails)

        question = Question(
            template="triage/ruling",
            values={
                "requirement": quote_data("requirement", requirement),
                "call": quote_data("call", case.call),
                "first": results[sides[0]],
                "second": results[sides[1]],
            },
            kind=RulingAnswer,
            about=f"{ref} {2 if swapped else 1}",
            check=check,
            tokens=200,
        )
        asked = self.ledger.add(ask(question, drafter=self.drafter))
        if asked.value is None:
            why = asked.refused[-1] if asked.refused else "no model was asked"
            return Ruling(ref=ref, side=Side.SILENT, why=f"no answer would do: {why}")
        side = meant[asked.value.ruling]
        return Ruling(ref=ref, side=side, quote="" if side is Side.SILENT else asked.value.quote)


def _check_quote(quote: str, requirement: str, row: Row, *, fails: bool) -> list[str]:
    """What is wrong with a quote as proof that a requirement demands a result, or a failure."""
    kept = find_kept_bound(requirement, quote, row) if fails else ""
    if kept:
        return [f"`quote` is about “{kept}”, which this call is not; answer that it is silent"]
    if not is_quoted(quote, inside=requirement):
        return [
            "`quote` does not stand in the requirement; copy its words, or answer that it is silent"
        ]
    if len(quote.split()) < _FEWEST_WORDS:
        return ["`quote` is one word, which demands nothing; copy the whole phrase"]
    if fails and not re.search(REFUSAL, quote):
        return [
            "`quote` speaks of no failure; quote the words that do, or answer that it is silent"
        ]
    return []
