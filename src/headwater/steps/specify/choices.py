"""What only a person can decide: questions with suggested answers, and assumptions to confirm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.narrowing import choose_from, narrow_items
from headwater.steps.drafting.texts import PlainLine, PlainShort
from headwater.steps.specify.context import show_requirements
from headwater.steps.specify.echoes import (
    asks_for_technology,
    asks_of_idea,
    is_echo,
    says_nothing,
)
from headwater.steps.specify.stories import end_sentence
from headwater.steps.specify.words import is_said, list_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.steps.specify.context import Context
    from headwater.steps.specify.draft import DraftedRequirement

MOST_QUESTIONS, MOST_ASSUMPTIONS = 2, 3
_ALIKE = 0.7
_ANSWERED, _REPEATING = 0.95, 4  # share and least number of words that a requirement has too
_TEMPLATE = "specify/choices"


class ChoicePart(BaseModel):
    """A choice that the idea leaves open, the requirement that waits for it, likely answers."""

    requirement: str
    question: PlainLine
    options: Annotated[list[PlainShort], Field(min_length=2, max_length=4)]


class ChoicesAnswer(BaseModel):
    """What is open, and what is taken for granted."""

    choices: Annotated[list[ChoicePart], Field(max_length=MOST_QUESTIONS)]
    assumptions: Annotated[list[PlainLine], Field(max_length=MOST_ASSUMPTIONS)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """Questions by the requirement that waits for them, and assumptions."""

    questions: dict[str, str]
    assumptions: tuple[str, ...]


def draft_choices(context: Context, requirements: Sequence[DraftedRequirement]) -> Choices:
    """What a person has to decide or confirm; what requirements say already is left out.

    Raises:
        ModelError: a model could not be reached, or refused.
    """
    ids = [one.id for one in requirements]
    question = Question(
        template=_TEMPLATE,
        values={
            "idea": context.show_idea(),
            "known": context.show_known(),
            "requirements": show_requirements(requirements),
        },
        kind=narrow_items(ChoicesAnswer, "choices", ChoicePart, requirement=choose_from(ids)),
        about="choices",
        check=_find_faults,
    )
    answer = context.ledger.add(ask(question, drafter=context.drafter)).value
    if answer is None:
        return Choices(questions={}, assumptions=())
    said = [one.text for one in requirements]
    assumptions = dict.fromkeys(map(end_sentence, answer.assumptions))
    return Choices(
        questions={
            part.requirement: write_question(part)
            for part in reversed(answer.choices)
            if _is_open(part, idea=context.idea.text, requirements=said)
        },
        assumptions=tuple(
            one
            for one in assumptions
            if not says_nothing(one) and not is_said(one, said, share=_ALIKE)
        ),
    )


def write_question(part: ChoicePart) -> str:
    """`which currency? (euro / dollar)`, as it stands in a mark."""
    options = " / ".join(option.replace("/", " or ").rstrip(".") for option in part.options)
    return f"{part.question.rstrip(' .?')}? ({options})"


def _is_open(part: ChoicePart, *, idea: str, requirements: Sequence[str]) -> bool:
    """Whether it asks something, and something that is the owner's to decide."""
    if is_echo(part.question, template=_TEMPLATE, said=[idea]) or asks_of_idea(part.question):
        return False
    if any(_repeats(option, requirements) for option in part.options):
        return False
    return not asks_for_technology(part.question, idea=idea)


def _repeats(option: str, requirements: Sequence[str]) -> bool:
    """Whether an answer that is suggested is a requirement already; a word or two never are."""
    is_long = len(list_stems(option)) >= _REPEATING
    return is_long and is_said(option, requirements, share=_ANSWERED)


def _find_faults(answer: ChoicesAnswer) -> Sequence[str]:
    texts = [text for part in answer.choices for text in (part.question, *part.options)]
    if any(sign in text for text in texts for sign in "[]()"):
        return ["write questions and options without brackets"]
    return []
