"""Clauses whose policies say something else now: replaced, or told where a person has to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.policies.render_articles import render_words
from headwater.policies.revisions import ChangeKind, Revision, join_revisions
from headwater.policies.strengths import read_demand
from headwater.policies.versions import Bump
from headwater.rules.consistency.clauses import simplify_words
from headwater.spec.model import Span
from headwater.spec.splice import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from headwater.policies.articles import ClauseDraft
    from headwater.policies.cited_clauses import CitedClause
    from headwater.policies.present import Present
    from headwater.spec.article_sources import ArticleSource

_SAME_CLAUSE = 0.4  # of words: what is left of a clause when half of it is written anew
_MARKS = r"\d[\d.]*|`[^`]+`"


def replace_clauses(
    present: Present, fresh: Sequence[ClauseDraft]
) -> tuple[Revision, tuple[ClauseDraft, ...]]:
    """What becomes of every source that changed, and the new clauses that this uses up."""
    revisions: list[Revision] = []
    used: list[ClauseDraft] = []
    for clause in present.clauses:
        changed = [source for source in clause.sources if present.is_changed(source)]
        for source in changed:
            heir = _find_heir(present, clause, source, (one for one in fresh if one not in used))
            whole = len(changed) == len(clause.sources)
            revisions.append(_revise(present, clause, source, heir=heir, whole=whole))
            if heir and (whole or not present.is_untouched(clause)):
                used.append(heir)
            if heir and whole:
                break
    return join_revisions(revisions), tuple(used)


def _revise(
    present: Present,
    clause: CitedClause,
    source: ArticleSource,
    *,
    heir: ClauseDraft | None,
    whole: bool,
) -> Revision:
    """`whole`: no policy says the clause any more; else only this source goes."""
    if heir is None:
        return Revision(changes=(present.tell(ChangeKind.GONE, clause, source),))
    passage = heir.quotes[0].passage
    if not present.is_untouched(clause):
        kept = present.tell(ChangeKind.KEPT, clause, source, text=heir.text, passage=passage)
        return Revision(changes=(kept,))
    if not whole:  # what the policy says now becomes a clause of its own
        start = present.data.rfind(b"\n", 0, source.value.start)
        edit = Edit(span=Span(start=start, end=source.value.end), replacement=b"")
        return Revision(edits=(edit,), bump=Bump.PATCH)
    span = Span(start=clause.words.start, end=clause.whole.end)
    redefined = _is_redefined(present.read(clause.words), heir.text)
    return Revision(
        edits=(Edit(span=span, replacement=render_words(heir).encode()),),
        changes=(
            present.tell(ChangeKind.CHANGED, clause, source, text=heir.text, passage=passage),
        ),
        bump=Bump.MAJOR if redefined else Bump.PATCH,
    )


def _find_heir(
    present: Present, clause: CitedClause, source: ArticleSource, fresh: Iterable[ClauseDraft]
) -> ClauseDraft | None:
    """The new clause of the same policy that says most nearly the same, if one is near enough."""
    said = (present.read(clause.words), present.find_drafted(source))
    words = [frozenset(simplify_words(text)) for text in said]
    found = [
        (max(_measure(one, draft) for one in words), number, draft)
        for number, draft in enumerate(fresh)
        if any(quote.passage.path == source.passage.path for quote in draft.quotes)
    ]
    best = max(found, default=None, key=lambda one: (one[0], -one[1]))
    return best[2] if best and best[0] >= _SAME_CLAUSE else None


def _measure(words: frozenset[str], draft: ClauseDraft) -> float:
    others = frozenset(simplify_words(draft.text))
    return len(words & others) / max(1, len(words | others))


def _is_redefined(before: str, now: str) -> bool:
    """Whether another number, name, direction or strength is demanded, and not only other words."""
    marks = re.findall(_MARKS, before) != re.findall(_MARKS, now)
    return marks or read_demand(before) != read_demand(now)
