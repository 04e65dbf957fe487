"""Suggested answers to a question that brings none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from headwater.errors import HeadwaterError
from headwater.steps.clarify.questions import OpenQuestion, QuestionKind
from headwater.steps.drafting.asking import Ledger, Question, ask
from headwater.steps.drafting.quoting import quote_data
from headwater.steps.drafting.texts import PlainShort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.model import Spec
    from headwater.steps.drafting.drafter import Drafter

_MOST_SHOWN = 4


class OptionsAnswer(BaseModel):
    """Answers to choose from."""

    options: Annotated[list[PlainShort], Field(min_length=2, max_length=4)]


def suggest_answers(
    questions: Sequence[OpenQuestion], spec: Spec, *, drafter: Drafter, ledger: Ledger
) -> tuple[tuple[OpenQuestion, ...], str]:
    """The questions with suggested answers, and why there are none from a model, if there are none.

    A question without suggestions is asked all the same.
    """
    found: list[OpenQuestion] = []
    failed = ""
    for question in questions:
        wanting = not question.options and question.kind is not QuestionKind.ASSUMPTION
        options: tuple[str, ...] = question.options
        if wanting and not failed:
            try:
                options = _suggest(question, spec, drafter, ledger)
            except HeadwaterError as error:
                failed = error.message
        found.append(replace(question, options=options))
    return tuple(found), failed


def _suggest(
    question: OpenQuestion, spec: Spec, drafter: Drafter, ledger: Ledger
) -> tuple[str, ...]:
    shown = [one for one in spec.requirements if one.id in question.refs][:_MOST_SHOWN]
    lines = "\n".join(f"{one.id}: {' '.join(one.text.split())}" for one in shown)
    asked = Question(
        template="clarify/options",
        values={
            "question": quote_data("question", question.text),
            "requirements": quote_data("requirements", lines or "nothing"),
        },
        kind=OptionsAnswer,
        about=question.id,
    )
    answer = ledger.add(ask(asked, drafter=drafter)).value
    return tuple(dict.fromkeys(answer.options)) if answer else ()
