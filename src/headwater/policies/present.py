"""A constitution as it stands before it is revised: its cited clauses, rechecked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.policies.cited_clauses import CitedClause, find_cited_clauses
from headwater.policies.quotes import digest_words
from headwater.policies.recheck import CitedPolicy, Rechecked, Standing
from headwater.policies.revisions import ChangeKind, ClauseChange
from headwater.spec.model import Source
from headwater.spec.read_constitution import read_constitution
from headwater.spec.read_project import CONSTITUTION_PATH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.policies.interface import PolicyText
    from headwater.spec.article_sources import ArticleSource, Passage
    from headwater.spec.model import Constitution, Span

Cited = frozenset[tuple[str, str]]
"""Quotes by path of the policy and digest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Present:
    """What is there.

    Attributes:
        constitution: as it is.
        base: as it was drafted last, to tell what people edited; empty where that is not known.
        clauses: those with sources.
        rechecked: what became of every source whose policy was read.
        drafted: what clauses said when they were drafted last, by the quotes that they cite.
    """

    constitution: Constitution
    base: bytes
    clauses: tuple[CitedClause, ...]
    rechecked: Mapping[ArticleSource, Rechecked]
    drafted: Mapping[tuple[str, str], str]

    @property
    def data(self) -> bytes:
        """The bytes of the constitution."""
        return self.constitution.source.data

    @property
    def cited(self) -> Cited:
        """Every quote that is cited."""
        return frozenset(
            (source.passage.path, source.digest)
            for article in self.constitution.articles
            for source in article.sources
        )

    def is_changed(self, source: ArticleSource) -> bool:
        """Whether its policy does not say it any more."""
        known = self.rechecked.get(source)
        return known is not None and known.standing is Standing.CHANGED

    def read(self, span: Span) -> str:
        """The words of a part of the constitution, on one line."""
        return _read(self.constitution, span)

    def is_untouched(self, clause: CitedClause) -> bool:
        """Whether a clause says what was drafted: as the last draft has it, or as its source."""
        words = self.read(clause.words)
        digest = digest_words(words)
        return any(
            digest == source.digest or words == self.find_drafted(source)
            for source in clause.sources
        )

    def find_drafted(self, source: ArticleSource) -> str:
        """What the clause with this source said when it was drafted last; empty if unknown."""
        return self.drafted.get((source.passage.path, source.digest), "")

    def tell(
        self,
        kind: ChangeKind,
        clause: CitedClause,
        source: ArticleSource,
        *,
        text: str = "",
        passage: Passage | None = None,
    ) -> ClauseChange:
        """A change of a clause; it says what it said where `text` is empty."""
        return ClauseChange(
            kind=kind,
            article=clause.article.id,
            title=clause.article.title,
            text=text or self.read(clause.words),
            passage=passage,
            place=source.place,
        )


def read_present(
    constitution: Constitution, *, policies: Mapping[str, PolicyText], base: bytes
) -> Present:
    """Recheck every source of a constitution whose policy is among `policies`."""
    clauses = tuple(find_cited_clauses(constitution))
    texts = {path: CitedPolicy(policy) for path, policy in policies.items() if policy.blocks}
    return Present(
        constitution=constitution,
        base=base,
        clauses=clauses,
        rechecked={
            source: texts[source.passage.path].recheck(source)
            for clause in clauses
            for source in clause.sources
            if source.passage.path in texts
        },
        drafted=dict(_list_drafted(base)),
    )


def _list_drafted(base: bytes) -> Iterator[tuple[tuple[str, str], str]]:
    constitution = read_constitution(Source(path=CONSTITUTION_PATH, data=base))
    for clause in find_cited_clauses(constitution):
        for source in clause.sources:
            yield (source.passage.path, source.digest), _read(constitution, clause.words)


def _read(constitution: Constitution, span: Span) -> str:
    return " ".join(constitution.source.text(span).split())
