"""Asking a model for what tells two versions of code apart; what that comes to is computed."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field, JsonValue

from headwater.spec.write_expression import write_value
from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.quoting import quote_data
from headwater.steps.probing.calls import make_run
from headwater.steps.probing.stories import describe_row

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from headwater.spec.examples import RunRow
    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter

MOST_CALLS = 6
_MOST_TRIED = 12  # that are shown
_LONGEST = 3000  # characters of a difference that are shown


class CallAnswer(BaseModel):
    """One call, or one command line with what it is given to read."""

    function: str = Field(max_length=80)
    arguments: list[JsonValue] = Field(max_length=8)
    stdin: str = Field(default="", max_length=400)


class CallsAnswer(BaseModel):
    """Calls that may tell two versions apart."""

    calls: list[CallAnswer] = Field(min_length=1, max_length=MOST_CALLS)


def ask_calls(
    *,
    difference: str,
    requirements: Iterable[str],
    functions: Mapping[str, tuple[str, ...]],
    commands: Collection[str],
    tried: Sequence[str],
    about: str,
    drafter: Drafter,
    ledger: Ledger,
) -> tuple[str | RunRow, ...]:
    """Calls as examples have them, and rows that run commands; none where no answer would do.

    Args:
        difference: between the two versions, as `show_difference` gives it.
        requirements: what the code has to do.
        functions: what may be called, each with its parameters.
        commands: what may be run.
        tried: what comes to the same in both.
        about: the component, for whoever watches.
        drafter: whom to ask.
        ledger: takes the cost.

    Raises:
        ModelError: a model could not be reached, or refused.
    """

    def check(answer: CallsAnswer) -> list[str]:
        known = (*functions, *commands)
        wrong = [call.function for call in answer.calls if call.function not in known]
        if wrong:
            return [f"`function` must be one of {', '.join(known)}, not `{wrong[0]}`"]
        if all(_describe(_write(call, commands)) in tried for call in answer.calls):
            return ["all of these calls come to the same in both; choose other arguments"]
        return []

    signatures = [f"{name}({', '.join(each)})" for name, each in functions.items()]
    signatures += [f"{name}, a command with its words" for name in commands]
    question = Question(
        template="adopting/calls",
        values={
            "requirements": quote_data("requirements", "\n".join(requirements)),
            "difference": quote_data("difference", difference[:_LONGEST]),
            "functions": quote_data("functions", "\n".join(signatures)),
            "tried": quote_data("tried", "\n".join(tried[:_MOST_TRIED]) or "none yet"),
            "most": str(MOST_CALLS),
        },
        kind=CallsAnswer,
        about=about,
        check=check,
        tokens=300,
    )
    answer = ledger.add(ask(question, drafter=drafter)).value
    return tuple(_write(call, commands) for call in answer.calls) if answer else ()


def show_difference(before: str, now: str) -> str:
    """The lines that two versions differ in, with the line before and after each."""
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), n=1, lineterm="")
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def _write(call: CallAnswer, commands: Collection[str]) -> str | RunRow:
    if call.function in commands:
        words = (one if isinstance(one, str) else write_value(one) for one in call.arguments)
        return make_run((call.function, *words), stdin=call.stdin)
    return f"{call.function}({', '.join(map(write_value, call.arguments))})"


def _describe(written: str | RunRow) -> str:
    return written if isinstance(written, str) else describe_row(written)
