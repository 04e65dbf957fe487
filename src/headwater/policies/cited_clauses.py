"""The clauses of a constitution that cite sources: where each stands, and with which sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.spec.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.article_sources import ArticleSource
    from headwater.spec.model import Article, Constitution

_MARKER = rb"[ \t]*(?:[-*+]|\d+[.)])[ \t]+"
_REASON = rb"\n[ \t]*\*\*Rationale\*\*:"
_SOURCE = rb"[ \t>]*(?:[-*+][ \t]+)?\*\*Source\*\*:"


@dataclass(frozen=True, kw_only=True, slots=True)
class CitedClause:
    """One clause.

    Attributes:
        article: that holds it.
        sources: in the order of their lines.
        words: the bytes of what it says, without the marker of its list and without its reason.
        whole: from the beginning of its first line to the end of its last source.
    """

    article: Article
    sources: tuple[ArticleSource, ...]
    words: Span
    whole: Span


def find_cited_clauses(constitution: Constitution) -> Iterator[CitedClause]:
    """Every clause with sources, in order; sources on lines one after the other belong together."""
    data = constitution.source.data
    for article in constitution.articles:
        held: list[ArticleSource] = []
        for source in article.sources:
            if held and _line_end(data, held[-1].value.end) + 1 != _line_start(data, source):
                yield _make_clause(data, article, held)
                held = []
            held.append(source)
        if held:
            yield _make_clause(data, article, held)


def _make_clause(data: bytes, article: Article, sources: list[ArticleSource]) -> CitedClause:
    end = max(_line_start(data, sources[0]) - 1, 0)
    start = end
    while start > article.span.start:
        start = data.rfind(b"\n", 0, start) + 1
        line = data[start : _line_end(data, start)]
        above = data[data.rfind(b"\n", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)]
        if re.match(_MARKER, line) or not above.strip() or above.lstrip().startswith(b"#"):
            break
        if re.match(_SOURCE, above):
            break
        start -= 1
    marker = re.match(_MARKER, data[start:end])
    first = start + (marker.end() if marker else 0)
    reason = re.search(_REASON, data[first:end])
    return CitedClause(
        article=article,
        sources=tuple(sources),
        words=Span(start=min(first, end), end=first + reason.start() if reason else end),
        whole=Span(start=min(start, end), end=sources[-1].value.end),
    )


def _line_start(data: bytes, source: ArticleSource) -> int:
    return data.rfind(b"\n", 0, source.value.start) + 1


def _line_end(data: bytes, offset: int) -> int:
    end = data.find(b"\n", offset)
    return len(data) if end < 0 else end
