"""Whether a model finds in an idea who does what and what comes out; it has to quote them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.quoting import is_quoted
from headwater.steps.drafting.texts import LINE, PlainLine
from headwater.steps.specify.vagueness import (
    Part,
    VagueIdeaError,
    Verdict,
    find_missing,
    has_substance,
    judge_words,
    list_questions,
)
from headwater.steps.specify.words import list_content_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.steps.specify.context import Context
    from headwater.steps.specify.idea import Idea

Quote = Annotated[str, Field(max_length=LINE)]
_FEWEST_DEED_WORDS = 2


class Gist(BaseModel):
    """Quotes from the idea, empty where it says nothing, and questions about the rest."""

    who: Quote
    does: Quote
    outcome: Quote
    questions: Annotated[list[PlainLine], Field(max_length=2)]


def refuse_vague_words(idea: Idea) -> None:
    """Refuse an idea whose words alone tell that it says nothing; no model is asked.

    Raises:
        VagueIdeaError: it does.
    """
    if judge_words(idea) is Verdict.VAGUE:
        raise VagueIdeaError(list_questions(find_missing(idea)))


def refuse_vague(context: Context) -> None:
    """Refuse an idea in which nobody can point at what is done and what comes out.

    Raises:
        VagueIdeaError: a model finds neither words for them nor can quote any.
        ModelError: a model could not be reached, or refused.
    """
    idea = context.idea
    refuse_vague_words(idea)
    if judge_words(idea) is Verdict.PRECISE:
        return
    gist = _ask(context)
    if gist is None and has_substance(idea):
        return  # a model that answers badly says nothing about the idea
    missing = _list_missing(gist)
    if missing:
        raise VagueIdeaError(list_questions(missing, more=gist.questions if gist else ()))


def _ask(context: Context) -> Gist | None:
    def check(gist: Gist) -> Sequence[str]:
        quotes = {"who": gist.who, "does": gist.does, "outcome": gist.outcome}
        return [
            f"`{name}` is no quotation from the idea; copy its words or leave it empty"
            for name, quote in quotes.items()
            if quote.strip() and not is_quoted(quote, inside=context.idea.text)
        ]

    question = Question(
        template="specify/gist",
        values={"idea": context.show_idea()},
        kind=Gist,
        about="idea",
        check=check,
    )
    return context.ledger.add(ask(question, drafter=context.drafter)).value


def _list_missing(gist: Gist | None) -> list[Part]:
    """What no quotation shows; who uses it may stay open, since stories ask for it."""
    if gist is None:
        return [Part.ACTION, Part.OUTCOME]
    deed, outcome = list_content_words(gist.does), list_content_words(gist.outcome)
    missing = [] if len(deed) >= _FEWEST_DEED_WORDS else [Part.ACTION]
    # One quotation may name both: “converts Roman numerals to numbers”.
    if not outcome and missing:
        missing.append(Part.OUTCOME)
    return missing + ([Part.USER] if missing and not list_content_words(gist.who) else [])
