"""Sources that moved, and sources that are added to clauses which stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.policies.recheck import Standing
from headwater.policies.render_articles import render_quote
from headwater.policies.revisions import ChangeKind, Revision
from headwater.policies.versions import Bump
from headwater.spec.model import Span
from headwater.spec.splice import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.policies.articles import ClauseDraft
    from headwater.policies.cited_clauses import CitedClause
    from headwater.policies.present import Cited, Present
    from headwater.policies.quotes import Quote


def move_sources(present: Present) -> Revision:
    """A source whose words stand elsewhere in its file names the new place."""
    edits, changes = [], []
    for clause in present.clauses:
        for source in clause.sources:
            known = present.rechecked.get(source)
            if known and known.quote and known.standing is Standing.MOVED:
                text = render_quote(known.quote).encode()
                passage = known.quote.passage
                edits.append(Edit(span=source.value, replacement=text))
                changes.append(present.tell(ChangeKind.MOVED, clause, source, passage=passage))
    bump = Bump.PATCH if edits else Bump.NONE
    return Revision(edits=tuple(edits), changes=tuple(changes), bump=bump)


def add_sources(present: Present, drafted: Iterable[ClauseDraft], *, considered: Cited) -> Revision:
    """A clause that another policy now states as well cites that one, too."""
    edits, changes = [], []
    for clause, quote in _find_further(present, drafted, considered):
        end = clause.whole.end
        line = f"\n  **Source**: {render_quote(quote)}".encode()
        edits.append(Edit(span=Span(start=end, end=end), replacement=line))
        source = clause.sources[0]
        changes.append(present.tell(ChangeKind.SOURCED, clause, source, passage=quote.passage))
    bump = Bump.PATCH if edits else Bump.NONE
    return Revision(edits=tuple(edits), changes=tuple(changes), bump=bump)


def _find_further(
    present: Present, drafted: Iterable[ClauseDraft], considered: Cited
) -> Iterator[tuple[CitedClause, Quote]]:
    holders = {
        (source.passage.path, source.digest): clause
        for clause in present.clauses
        for source in clause.sources
    }
    for draft in drafted:
        keys = {(quote.passage.path, quote.digest): quote for quote in draft.quotes}
        held = next((holders[key] for key in keys if key in holders), None)
        for key, quote in keys.items():
            if held and key not in holders and key not in considered:
                yield held, quote
