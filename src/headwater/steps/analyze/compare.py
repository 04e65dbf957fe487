"""Asking a model how two statements go together; its word counts only with quotes from both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.quoting import is_quoted, quote_data

if TYPE_CHECKING:
    from headwater.spec.model import Place
    from headwater.steps.analyze.pairs import Pair
    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter

_MOST_WORDS = 90


class Relation(Enum):
    """How two statements go together."""

    FINE = "fine"
    CONTRADICTS = "contradicts"
    REPEATS = "repeats"


class CompareAnswer(BaseModel):
    """The form that the model fills in."""

    relation: Relation
    first: Annotated[str, Field(max_length=300)] = ""
    second: Annotated[str, Field(max_length=300)] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class QuotedPlace:
    """Words of a document, and where they stand."""

    ref: str
    quote: str
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelFinding:
    """Two statements that do not go together, as a model sees it."""

    relation: Relation
    first: QuotedPlace
    second: QuotedPlace
    model: str


def compare_pair(
    pair: Pair, *, feature: str, drafter: Drafter, ledger: Ledger
) -> ModelFinding | None:
    """What a model finds in two statements; None where they are fine, or a quote is no quote.

    Raises:
        ModelError: a model could not be reached, or refused.
    """
    texts = (_cut(pair.first.text), _cut(pair.second.text))
    names = [one.ref or one.topic.value for one in (pair.first, pair.second)]
    question = Question(
        template="analyze/compare",
        values={
            "first": quote_data("first", texts[0]),
            "second": quote_data("second", texts[1]),
        },
        kind=CompareAnswer,
        about=f"{feature} {names[0]} {names[1]}",
        check=lambda answer: _find_faults(answer, texts),
        tokens=200,
    )
    asked = ledger.add(ask(question, drafter=drafter))
    answer = asked.value
    if answer is None or answer.relation is Relation.FINE:
        return None
    first, second = (
        QuotedPlace(ref=one.ref, quote=" ".join(quote.split()), place=one.place)
        for one, quote in ((pair.first, answer.first), (pair.second, answer.second))
    )
    return ModelFinding(relation=answer.relation, first=first, second=second, model=asked.model)


def _find_faults(answer: CompareAnswer, texts: tuple[str, str]) -> list[str]:
    if answer.relation is Relation.FINE:
        return []
    quotes = (("first", answer.first, texts[0]), ("second", answer.second, texts[1]))
    return [
        f"`{name}` does not stand in the {name} statement; copy it word for word"
        for name, quote, text in quotes
        if not is_quoted(quote, inside=text)
    ]


def _cut(text: str) -> str:
    return " ".join(text.split()[:_MOST_WORDS])
