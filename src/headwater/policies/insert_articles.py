"""New clauses and new articles, at the end of what is there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.policies.find_article import find_article
from headwater.policies.render_articles import render_article, render_clause
from headwater.policies.revisions import ClauseChange, Revision, list_added
from headwater.policies.versions import Bump
from headwater.spec.model import Span
from headwater.spec.roman import read_number
from headwater.spec.splice import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.policies.articles import ArticleDraft
    from headwater.policies.present import Present
    from headwater.spec.model import Article

_AFTER = rb"(?im)^(?:## +governance\b|\*\*version\*\*:)"
_HEADING = rb"[^\r\n]*"


Added = tuple["ArticleDraft", "ArticleDraft"]
"""An article with its new clauses alone, behind the whole draft."""


def insert_clauses(present: Present, added: Iterable[Added]) -> Revision:
    """New clauses of articles that are there."""
    edits: list[Edit] = []
    changes: list[ClauseChange] = []
    for draft, part in added:
        article = find_article(present, draft)
        if article is None:
            continue
        end = _find_end(present, article)
        text = "".join(f"\n{render_clause(clause)}" for clause in part.clauses)
        edits.append(Edit(span=Span(start=end, end=end), replacement=text.encode()))
        changes += (
            replace(change, article=article.id, title=article.title)
            for change in list_added([part])
        )
    bump = Bump.MINOR if edits else Bump.NONE
    return Revision(edits=tuple(edits), changes=tuple(changes), bump=bump)


def insert_articles(present: Present, added: Iterable[Added]) -> Revision:
    """Articles that are not there yet."""
    new = [part for draft, part in added if find_article(present, draft) is None]
    edits = tuple(_insert_new(present, new))
    bump = Bump.MINOR if edits else Bump.NONE
    return Revision(edits=edits, changes=tuple(list_added(new)), bump=bump)


def _find_end(present: Present, article: Article) -> int:
    """Behind the last clause with a source, else behind the heading."""
    ends = [one.whole.end for one in present.clauses if one.article.id == article.id]
    if ends:
        return max(ends)
    heading = re.compile(_HEADING).match(present.data, article.span.start)
    assert heading is not None, "the pattern takes the empty line, too"
    return heading.end()


def _insert_new(present: Present, new: Iterable[ArticleDraft]) -> Iterator[Edit]:
    """Behind the last article; without one, before the governance or at the end."""
    articles = present.constitution.articles
    data = present.data
    first = max((read_number(one.id) for one in articles), default=0) + 1
    texts = [render_article(draft, number=n) for n, draft in enumerate(new, first)]
    if not texts:
        return
    if articles:
        end = max(one.span.end for one in articles)
        text = "".join(f"\n\n{text.rstrip()}" for text in texts)
    else:
        after = re.search(_AFTER, data)
        end = after.start() if after else len(data)
        text = "".join(f"{text}\n" for text in texts)
        text = text if after or data.endswith(b"\n\n") else f"\n{text}"
    yield Edit(span=Span(start=end, end=end), replacement=text.encode())
