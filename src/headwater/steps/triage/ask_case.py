"""From the words of a report to a call and its result: every value must come from these words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, Field, JsonValue

from headwater.steps.change.cells import (
    ExampleAnswer,
    OutcomeAnswer,
    quote_outcome,
    write_call,
    write_result,
)
from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.narrowing import choose_from, narrow
from headwater.steps.drafting.quoting import quote_data
from headwater.steps.triage.claims import Claim
from headwater.steps.triage.grounded import find_ungrounded

if TYPE_CHECKING:
    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter
    from headwater.targets.outcome import Outcome

FindFaults = Callable[[Claim], Sequence[str]]
"""What is wrong with a call and its result by our own reader and the interfaces."""

_LONGEST_REPORT = 2000
_MOST_ROWS = 8


class WantedAnswer(BaseModel):
    """What a report says that a call should come to."""

    outcome: Literal["value", "error", "unsaid"]
    value: JsonValue = None
    error: str = Field(default="", max_length=80)


class CaseAnswer(WantedAnswer):
    """The call that a report is about, and what it should come to."""

    function: str = Field(max_length=80)
    arguments: list[JsonValue] = Field(max_length=8)


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseAsker:
    """Asks what a report is about.

    Attributes:
        report: its words.
        functions: what may be called, each with its parameters.
        rows: examples that there are, a line each.
        errors: what a call may fail with.
        find_faults: judges an answer.
        drafter, ledger: whom to ask, and what takes the cost.
    """

    report: str
    functions: Mapping[str, tuple[str, ...]]
    rows: Sequence[str]
    errors: tuple[str, ...]
    find_faults: FindFaults
    drafter: Drafter
    ledger: Ledger

    def ask_case(self) -> Claim | None:
        """The call that fails, with its result where the report says one; None where none fits.

        Raises:
            ModelError: a model could not be reached, or refused.
        """
        signatures = (f"{name}({', '.join(each)})" for name, each in self.functions.items())
        question = Question(
            template="triage/case",
            values=self._fill(
                functions=quote_data("functions", "\n".join(signatures)),
                rows=quote_data("examples", "\n".join(self.rows[:_MOST_ROWS]) or "none"),
            ),
            kind=narrow(CaseAnswer, function=choose_from(self.functions)),
            about="",
            check=self._check_case,
            tokens=250,
        )
        answer = self.ledger.add(ask(question, drafter=self.drafter)).value
        return None if answer is None else _write_case(answer)

    def ask_wanted(self, claim: Claim, *, present: Outcome) -> Claim:
        """A call with the result that the report wants of it; as it was where it wants none.

        Args:
            claim: the call.
            present: what it comes to now, which nobody reports as what they want.

        Raises:
            ModelError: a model could not be reached, or refused.
        """

        def complete(answer: WantedAnswer) -> Claim:
            return Claim(function=claim.function, call=claim.call, result=_write_wanted(answer))

        def check(answer: WantedAnswer) -> list[str]:
            whole = complete(answer)
            if whole.result and happens_now(whole, present):
                return ["that is what it comes to now; what does the report want instead of it?"]
            return [*self._check_wanted(answer), *self.find_faults(whole)]

        question = Question(
            template="triage/wanted",
            values=self._fill(
                call=quote_data("call", claim.call),
                present=f"Now it {present.said}. The report complains of that.",
            ),
            kind=WantedAnswer,
            about=claim.function,
            check=check,
            tokens=150,
        )
        answer = self.ledger.add(ask(question, drafter=self.drafter)).value
        return claim if answer is None else complete(answer)

    def _fill(self, **values: str) -> dict[str, str]:
        report = quote_data("report", self.report[:_LONGEST_REPORT])
        return {"report": report, "errors": ", ".join(self.errors), **values}

    def _check_case(self, answer: CaseAnswer) -> list[str]:
        strange = [
            fault for each in answer.arguments for fault in find_ungrounded(each, self.report)
        ]
        return [*strange, *self._check_wanted(answer), *self.find_faults(_write_case(answer))]

    def _check_wanted(self, answer: WantedAnswer) -> list[str]:
        if answer.outcome == "value":
            return find_ungrounded(answer.value, self.report)
        if answer.outcome == "error" and answer.error not in self.errors:
            return [f"`error` must be one of {', '.join(self.errors)}"]
        return []


def happens_now(claim: Claim, present: Outcome) -> bool:
    """Whether the result of a claim is what its call comes to already."""
    return bool(present.cell) and claim.result == quote_outcome(present)


def _write_case(answer: CaseAnswer) -> Claim:
    call = ExampleAnswer(function=answer.function, arguments=answer.arguments, outcome="value")
    return Claim(function=answer.function, call=write_call(call), result=_write_wanted(answer))


def _write_wanted(answer: WantedAnswer) -> str:
    if answer.outcome == "unsaid":
        return ""
    return write_result(
        OutcomeAnswer(outcome=answer.outcome, value=answer.value, error=answer.error)
    )
