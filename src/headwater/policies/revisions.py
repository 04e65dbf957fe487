"""What a new reading of the policies changes in a constitution, clause by clause."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.policies.versions import Bump

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.policies.articles import ArticleDraft
    from headwater.spec.article_sources import Passage
    from headwater.spec.model import Place
    from headwater.spec.splice import Edit


class ChangeKind(Enum):
    """What became of a clause, a source or a check."""

    ADDED = "added"
    CHANGED = "changed with its policy"
    SOURCED = "also stands in another policy"
    MOVED = "moved within its policy"
    GONE = "stands in its policy no more; remove it, or keep it without its source"
    KEPT = "was edited by hand and is left as it is, though its policy changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseChange:
    """One change.

    Attributes:
        kind: of change.
        article: id of the article; empty for one that is new.
        title: of the article.
        text: what the clause says now, or for a check, how it is asked for.
        passage: where in a policy; None where the policy says it no more.
        place: in the constitution as it was; None for what is added.
    """

    kind: ChangeKind
    article: str
    title: str
    text: str
    passage: Passage | None = None
    place: Place | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """Edits of a constitution, with what they mean."""

    edits: tuple[Edit, ...] = ()
    changes: tuple[ClauseChange, ...] = ()
    bump: Bump = Bump.NONE


def join_revisions(revisions: Iterable[Revision]) -> Revision:
    """All of them as one; it counts as much as the greatest."""
    held = tuple(revisions)
    return Revision(
        edits=tuple(edit for one in held for edit in one.edits),
        changes=tuple(change for one in held for change in one.changes),
        bump=max((one.bump for one in held), default=Bump.NONE),
    )


def list_added(articles: Iterable[ArticleDraft]) -> Iterator[ClauseChange]:
    """Every clause of articles that are all new."""
    for article in articles:
        for clause in article.clauses:
            yield ClauseChange(
                kind=ChangeKind.ADDED,
                article="",
                title=article.title,
                text=clause.text,
                passage=clause.quotes[0].passage,
            )
