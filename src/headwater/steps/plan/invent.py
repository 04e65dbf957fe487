"""Functions for a spec without an example: a model names them, one requirement after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.steps.drafting.asking import Question
from headwater.steps.drafting.narrowing import choose_from, list_of, narrow
from headwater.steps.drafting.quoting import quote_data
from headwater.steps.plan.forms import NewFunction, NewParameter
from headwater.steps.plan.name_parameters import find_name_faults
from headwater.steps.plan.vocabulary import Operation, Slot, Vocabulary
from headwater.steps.plan.wording import shorten
from headwater.targets.sketch import Kind, Shape

if TYPE_CHECKING:
    from headwater.steps.plan.interview import Interview

_MOST = 8
_KINDS = {
    "text": Shape(kind=Kind.TEXT),
    "integer": Shape(kind=Kind.INTEGER),
    "number": Shape(kind=Kind.NUMBER),
    "boolean": Shape(kind=Kind.BOOLEAN),
    "list of texts": Shape(kind=Kind.LIST, item=Shape(kind=Kind.TEXT)),
    "list of numbers": Shape(kind=Kind.LIST, item=Shape(kind=Kind.NUMBER)),
    "nothing": Shape(kind=Kind.NOTHING),
}


def invent_functions(vocabulary: Vocabulary, *, interview: Interview) -> None:
    """Add functions to a vocabulary that has none, for the first requirements of a spec."""
    for ref, text in list(interview.duties.items())[:_MOST]:
        answer = _ask(ref, text, vocabulary, interview)
        if answer is None:
            continue
        slots = [Slot(name=one.name, shape=_KINDS[one.kind]) for one in answer.parameters]
        made = Operation(name=answer.name, slots=slots, result=_KINDS[answer.result])
        vocabulary.operations.setdefault(answer.name, made).refs[ref] = None
    if vocabulary.operations:
        interview.remark(
            "The spec has no example, so a model made up the functions; look at their signatures"
        )


def _ask(ref: str, text: str, vocabulary: Vocabulary, interview: Interview) -> NewFunction | None:
    def check(answer: NewFunction) -> list[str]:
        parameters = [one.name for one in answer.parameters]
        own = find_name_faults([answer.name], interview.target)
        return own + find_name_faults(parameters, interview.target)

    parameter = narrow(NewParameter, kind=choose_from(k for k in _KINDS if k != "nothing"))
    question = Question(
        template="plan/function",
        values={
            "duty": quote_data("duty", shorten(text, words=80)),
            "known": ", ".join(vocabulary.operations) or "none",
        },
        kind=narrow(NewFunction, parameters=list_of(parameter, most=4), result=choose_from(_KINDS)),
        about=ref,
        check=check,
        tokens=160,
    )
    return interview.ask(question, otherwise="No function was found", about=ref)
