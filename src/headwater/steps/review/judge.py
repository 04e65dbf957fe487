"""Judging by a model whether a feature keeps an article that no check enforces.

The model's word alone counts for nothing: it must quote the passage that shows it, and a quote that
does not stand there is discarded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.passages import choose_passages
from headwater.steps.drafting.quoting import is_quoted, quote_data
from headwater.steps.review.judgement import Judgement, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.model import Article
    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter
    from headwater.steps.drafting.passages import Passage

_MOST_WORDS = 200
_ARTICLE_WORDS = 80


class JudgeAnswer(BaseModel):
    """The form that the model fills in."""

    verdict: Verdict
    quote: Annotated[str, Field(max_length=300)] = ""


def judge_article(
    article: Article,
    passages: Sequence[Passage],
    *,
    about: str,
    drafter: Drafter,
    ledger: Ledger,
) -> Judgement | None:
    """What a model says of an article; None where no answer came with a quote that stands there.

    Args:
        article: one without checks.
        passages: what the feature's documents and derived files say.
        about: the feature and the article, for whoever watches.
        drafter: whom to ask.
        ledger: takes the cost.

    Raises:
        ModelError: a model could not be reached, or refused.
    """
    principle = f"{article.title}. {' '.join(article.text.split()[:_ARTICLE_WORDS])}"
    chosen = choose_passages(principle, passages, words=_MOST_WORDS)
    if not chosen:
        return _describe(article, JudgeAnswer(verdict=Verdict.CANNOT_TELL), chosen, model="")
    shown = "\n\n".join(quote_data("passage", one.text) for one in chosen)
    question = Question(
        template="review/judge",
        values={"article": quote_data("article", principle), "passages": shown},
        kind=JudgeAnswer,
        about=about,
        check=lambda answer: _find_faults(answer, chosen),
        tokens=200,
    )
    asked = ledger.add(ask(question, drafter=drafter))
    if asked.value is None:
        return None
    return _describe(article, asked.value, chosen, model=asked.model)


def _find_faults(answer: JudgeAnswer, passages: Sequence[Passage]) -> list[str]:
    if answer.verdict is Verdict.CANNOT_TELL or _find_quoted(answer, passages):
        return []
    return ["the quote does not stand in any passage; copy it word for word"]


def _find_quoted(answer: JudgeAnswer, passages: Sequence[Passage]) -> Passage | None:
    return next((one for one in passages if is_quoted(answer.quote, inside=one.text)), None)


def _describe(
    article: Article, answer: JudgeAnswer, passages: Sequence[Passage], *, model: str
) -> Judgement:
    told = answer.verdict is not Verdict.CANNOT_TELL
    found = _find_quoted(answer, passages) if told else None
    return Judgement(
        article=f"article/{article.id}",
        title=article.title,
        verdict=answer.verdict,
        quote=" ".join(answer.quote.split()) if told else "",
        place=found.place if found else None,
        model=model,
    )
