"""The article of a constitution that a draft belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.policies.articles import ArticleDraft
    from headwater.policies.present import Present
    from headwater.spec.model import Article


def find_article(present: Present, draft: ArticleDraft) -> Article | None:
    """The one with the draft's title, else one that cites what the draft does; None where none."""
    articles = present.constitution.articles
    for article in articles:
        if article.title.casefold() == draft.title.casefold():
            return article
    quoted = {(one.passage.path, one.digest) for clause in draft.clauses for one in clause.quotes}
    for article in articles:
        if any((one.passage.path, one.digest) in quoted for one in article.sources):
            return article
    return None
