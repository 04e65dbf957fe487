"""Whether an idea says enough to be specified, judged by its words alone."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.steps.specify.words import gives_rule, list_content_words, names_action

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from headwater.steps.specify.idea import Idea

_FEWEST = 3
_ENOUGH = 4
_MANY = 6
_FEWEST_QUESTIONS, _MOST_QUESTIONS = 3, 5


class Verdict(Enum):
    """How much an idea says."""

    PRECISE = "an action, an object and a rule"
    UNSURE = "something, but perhaps not enough"
    VAGUE = "nothing that could be built or tested"


class Part(Enum):
    """What a specification cannot be written without; the value asks for it."""

    ACTION = "What does it do, to what? For example: “adds up the hours of a time sheet”."
    OUTCOME = "What comes out for one concrete input? Give one, with its result."
    RULE = "Which rule decides: a number, a limit, a condition?"
    USER = "Who uses it, and what do they have in front of them when they begin?"
    REFUSAL = "What must it refuse, and what happens then?"


class VagueIdeaError(HeadwaterError):
    """An idea that says too little; `questions` would make it precise."""

    def __init__(self, questions: Sequence[str]) -> None:
        self.questions = tuple(questions)
        listed = " ".join(f"{number}. {text}" for number, text in enumerate(questions, 1))
        super().__init__(
            "the idea is too vague to specify; nothing was written",
            hint=f"Say it again with answers to these questions: {listed}",
        )


def judge_words(idea: Idea) -> Verdict:
    """What the words of an idea tell, without a model.

    Content words are those that are left without stop words and words that fit every idea. Ideas in
    other languages than English have content words and no known action: they are UNSURE.
    """
    words = list_content_words(idea.text)
    acts, rules = names_action(idea.text), gives_rule(idea.text)
    if len(words) < _FEWEST or (not acts and not rules and len(words) < _MANY):
        return Verdict.VAGUE
    return Verdict.PRECISE if acts and rules and len(words) >= _ENOUGH else Verdict.UNSURE


def has_substance(idea: Idea) -> bool:
    """Whether an idea that is UNSURE is taken when no model can say more about it."""
    return names_action(idea.text) or len(list_content_words(idea.text)) >= _MANY


def find_missing(idea: Idea) -> tuple[Part, ...]:
    """The parts that the words of an idea do not show, and those that no words could show."""
    shown = {Part.ACTION: names_action(idea.text), Part.RULE: gives_rule(idea.text)}
    return tuple(part for part in Part if not shown.get(part, False))


def list_questions(missing: Iterable[Part], *, more: Iterable[str] = ()) -> tuple[str, ...]:
    """Three to five questions: those for what is missing first, then a model's own."""
    wanted = tuple(dict.fromkeys(missing))
    rest = tuple(part for part in Part if part not in wanted)
    own = tuple(dict.fromkeys(more))
    templates = [part.value for part in (*wanted, *rest)]
    room = max(_FEWEST_QUESTIONS, min(len(wanted), _MOST_QUESTIONS - len(own)))
    return (*templates[:room], *own)[:_MOST_QUESTIONS]
