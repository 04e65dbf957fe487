"""Why new articles hold, where no policy says so: worded by a model, and marked as its words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.policies.find_article import find_article
from headwater.steps.constitution.give_reason import give_reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.operations.drafting.ports import DraftPorts
    from headwater.policies.articles import ArticleDraft
    from headwater.policies.present import Present
    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter


def reason_articles(
    articles: Sequence[ArticleDraft],
    present: Present | None,
    *,
    ports: DraftPorts,
    ledger: Ledger,
) -> tuple[ArticleDraft, ...]:
    """The articles, with a reason for each new one that has none; the others as they are.

    Raises:
        ModelError: a model could not be reached, or refused.
    """
    if all(_has_reason(one, present) for one in articles):
        return tuple(articles)
    with ports.open_drafter() as drafter:
        return tuple(_reason(articles, present, drafter=drafter, ledger=ledger))


def _reason(
    articles: Sequence[ArticleDraft],
    present: Present | None,
    *,
    drafter: Drafter,
    ledger: Ledger,
) -> Iterator[ArticleDraft]:
    for article in articles:
        if _has_reason(article, present):
            yield article
            continue
        clauses = [clause.text for clause in article.clauses]
        reason, model = give_reason(article.title, clauses, drafter=drafter, ledger=ledger)
        yield replace(article, rationale=f"{reason} *(worded by {model})*" if reason else "")


def _has_reason(article: ArticleDraft, present: Present | None) -> bool:
    """Whether a policy gives a reason, or the article is in the constitution already."""
    return any(clause.rationale for clause in article.clauses) or bool(
        present and find_article(present, article)
    )
