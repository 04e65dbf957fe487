"""Asking a model for calls that tell two versions of code apart; what they come to is computed."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field, JsonValue

from headwater.spec.write_expression import write_value
from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.quoting import quote_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter

MOST_CALLS = 6
_MOST_TRIED = 12  # that are shown
_LONGEST = 3000  # characters of a difference that are shown


class CallAnswer(BaseModel):
    """One call."""

    function: str = Field(max_length=80)
    arguments: list[JsonValue] = Field(max_length=8)


class CallsAnswer(BaseModel):
    """Calls that may tell two versions apart."""

    calls: list[CallAnswer] = Field(min_length=1, max_length=MOST_CALLS)


def ask_calls(
    *,
    difference: str,
    requirements: Iterable[str],
    functions: Mapping[str, tuple[str, ...]],
    tried: Sequence[str],
    about: str,
    drafter: Drafter,
    ledger: Ledger,
) -> tuple[str, ...]:
    """Calls as examples have them; none where no answer would do.

    Args:
        difference: between the two versions, as `show_difference` gives it.
        requirements: what the code has to do.
        functions: what may be called, each with its parameters.
        tried: calls that come to the same in both.
        about: the component, for whoever watches.
        drafter: whom to ask.
        ledger: takes the cost.

    Raises:
        ModelError: a model could not be reached, or refused.
    """

    def check(answer: CallsAnswer) -> list[str]:
        wrong = [call.function for call in answer.calls if call.function not in functions]
        if wrong:
            return [f"`function` must be one of {', '.join(functions)}, not `{wrong[0]}`"]
        if all(_write(call) in tried for call in answer.calls):
            return ["all of these calls come to the same in both; choose other arguments"]
        return []

    signatures = "\n".join(f"{name}({', '.join(each)})" for name, each in functions.items())
    question = Question(
        template="adopting/calls",
        values={
            "requirements": quote_data("requirements", "\n".join(requirements)),
            "difference": quote_data("difference", difference[:_LONGEST]),
            "functions": quote_data("functions", signatures),
            "tried": quote_data("tried", "\n".join(tried[:_MOST_TRIED]) or "none yet"),
            "most": str(MOST_CALLS),
        },
        kind=CallsAnswer,
        about=about,
        check=check,
        tokens=300,
    )
    answer = ledger.add(ask(question, drafter=drafter)).value
    return tuple(dict.fromkeys(map(_write, answer.calls))) if answer else ()


def show_difference(before: str, now: str) -> str:
    """The lines that two versions differ in, with the line before and after each."""
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), n=1, lineterm="")
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def _write(call: CallAnswer) -> str:
    return f"{call.function}({', '.join(map(write_value, call.arguments))})"
