"""Checks that follow from new or changed clauses, put into the `enforce:` blocks of articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.policies.find_article import find_article
from headwater.policies.render_articles import render_checks, render_terms
from headwater.policies.revisions import ChangeKind, ClauseChange, Revision, join_revisions
from headwater.policies.versions import Bump
from headwater.spec.model import Source, Span
from headwater.spec.read_constitution import read_constitution
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.spec.splice import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.policies.articles import ArticleDraft
    from headwater.policies.present import Present
    from headwater.policies.proposals import Proposal
    from headwater.spec.model import Article, ArticleCheck

_ENTRY = rb"[ \t]+- \{check: [^\r\n]*\}[ \t]*(?=\r?\n|\Z)"
_TERMS = (
    rb"(?m)^\*\*Scope\*\*: [^\r\n]*\. \*\*Severity\*\*: \w+\. "
    rb"\*\*Checked by\*\*: [^\r\n]*\.(?=\r?$)"
)


def revise_checks(
    present: Present, held: Sequence[ArticleDraft], fresh: Sequence[ArticleDraft]
) -> Revision:
    """Checks of articles that are there already: for new clauses, and such as were never proposed.

    The latter are those of a conflict that a person has settled, and new kinds of checks. One that
    was proposed and is there no more was taken out by a person.

    Args:
        present: the constitution.
        held: articles from all policies: a list of names is the whole list.
        fresh: the same articles with only their new clauses, in the same order.
    """
    proposed = _list_proposed(present)
    revisions = []
    for draft, new in zip(held, fresh, strict=True):
        article = find_article(present, draft)
        asked = {(one.check, one.scope) for one in new.proposals}
        wanted = [
            one
            for one in draft.proposals
            if (one.check, one.scope) in asked or (one.check, one.scope or "**") not in proposed
        ]
        if article and wanted:
            revisions.append(_revise(present, article, draft, wanted))
    return join_revisions(revisions)


def _list_proposed(present: Present) -> frozenset[tuple[str, str]]:
    """Checks with their scopes, as the last draft had them and as they are now."""
    last = read_constitution(Source(path=CONSTITUTION_PATH, data=present.base))
    articles = (*last.articles, *present.constitution.articles)
    return frozenset((check.check, check.scope) for one in articles for check in one.checks)


def _revise(
    present: Present, article: Article, draft: ArticleDraft, wanted: Sequence[Proposal]
) -> Revision:
    edits: list[Edit] = []
    changes: list[ClauseChange] = []
    missing: list[Proposal] = []
    for proposal in wanted:
        check = _find_check(article, proposal)
        span = _find_line(present, check) if check else None
        if check is None:
            missing.append(proposal)
        elif span is None or not _is_drafted(present, span):
            if not _is_same(present, span, proposal):
                changes.append(_tell(ChangeKind.KEPT, article, proposal, check))
        elif not _is_same(present, span, proposal):
            edits.append(Edit(span=span, replacement=f"  - {proposal.render()}".encode()))
            changes.append(_tell(ChangeKind.CHANGED, article, proposal, check))
    if missing:
        edits += _append(present, article, missing)
        changes += [_tell(ChangeKind.ADDED, article, one, None) for one in missing]
    edits += _edit_terms(present, article, draft) if edits else ()
    return Revision(
        edits=tuple(edits), changes=tuple(changes), bump=Bump.MINOR if edits else Bump.NONE
    )


def _find_check(article: Article, proposal: Proposal) -> ArticleCheck | None:
    scope = proposal.scope or "**"
    same = (one for one in article.checks if (one.check, one.scope) == (proposal.check, scope))
    return next(same, None)


def _find_line(present: Present, check: ArticleCheck) -> Span | None:
    """The line of an entry that is written as this tool writes it; None for any other form."""
    data = present.data
    start = 0
    for _ in range(check.place.line - 1):
        start = data.find(b"\n", start) + 1
    found = re.compile(_ENTRY).match(data, start)
    return Span(start=start, end=found.end()) if found else None


def _is_drafted(present: Present, span: Span) -> bool:
    return present.data[span.start : span.end] in present.base


def _is_same(present: Present, span: Span | None, proposal: Proposal) -> bool:
    return span is not None and present.read(span) == f"- {proposal.render()}"


def _append(present: Present, article: Article, missing: Sequence[Proposal]) -> Iterator[Edit]:
    """Below the last entry that is written as this tool writes it, else in a block of its own."""
    lines = [_find_line(present, check) for check in article.checks]
    held = [line for line in lines if line]
    if held:
        text = "".join(f"\n  - {one.render()}" for one in missing)
        end = held[-1].end
    else:
        text = f"\n\n{render_checks(missing)}"
        end = article.span.end
    yield Edit(span=Span(start=end, end=end), replacement=text.encode())


def _edit_terms(present: Present, article: Article, draft: ArticleDraft) -> Iterator[Edit]:
    """The line that says who judges follows, as long as nobody has edited it."""
    data = present.data
    found = re.compile(_TERMS).search(data, article.span.start, article.span.end)
    if found and found[0] in present.base:
        span = Span(start=found.start(), end=found.end())
        yield Edit(span=span, replacement=render_terms(draft).encode())


def _tell(
    kind: ChangeKind, article: Article, proposal: Proposal, check: ArticleCheck | None
) -> ClauseChange:
    return ClauseChange(
        kind=kind,
        article=article.id,
        title=article.title,
        text=proposal.render(),
        place=check.place if check else None,
    )
