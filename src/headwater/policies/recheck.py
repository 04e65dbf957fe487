"""Whether the words that an article cites still stand in their policy."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.policies.passages import split_passages
from headwater.policies.quotes import digest_words, list_lines, make_quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.policies.interface import PolicyText
    from headwater.policies.quotes import Quote
    from headwater.spec.article_sources import ArticleSource, Spot


class Standing(Enum):
    """What became of a quote."""

    SAME = "stands where it stood"
    MOVED = "stands elsewhere in the file"
    CHANGED = "does not stand in the file any more"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rechecked:
    """A source with what became of it; `quote` is where its words stand now, if they do."""

    source: ArticleSource
    standing: Standing
    quote: Quote | None = None


class CitedPolicy:
    """A policy in which quotes are looked up by digest: its passages, and its runs of lines."""

    def __init__(self, policy: PolicyText) -> None:
        self._policy = policy
        self._lines = list(list_lines(policy))
        self._passages: Mapping[str, list[Quote]] = _index(policy)

    def recheck(self, source: ArticleSource) -> Rechecked:
        """What became of a source: the same place is asked first, then the whole file."""
        cited = source.passage
        found = self._passages.get(source.digest, []) or self._find_lines(source)
        for quote in found:
            if quote.passage.first == cited.first and quote.passage.last == cited.last:
                return Rechecked(source=source, standing=Standing.SAME, quote=quote)
        if found:
            return Rechecked(source=source, standing=Standing.MOVED, quote=found[0])
        return Rechecked(source=source, standing=Standing.CHANGED)

    def _find_lines(self, source: ArticleSource) -> list[Quote]:
        """Runs of lines with this digest, as long as the cited one: settings are cited so."""
        spots = {line.spot: number for number, line in enumerate(self._lines)}
        found = []
        for length in sorted(_list_lengths(source, spots)):
            for start in range(len(self._lines) - length + 1):
                run = self._lines[start : start + length]
                if digest_words(" ".join(line.text for line in run)) == source.digest:
                    found.append(make_quote(self._policy, run))
        return found


def _list_lengths(source: ArticleSource, spots: Mapping[Spot, int]) -> set[int]:
    """How many lines with text a source may cite: all between its spots, or those there are now."""
    first, last = source.passage.first, source.passage.last
    lengths = {last.line - first.line + 1} if first.page == last.page else set()
    if first in spots and last in spots:
        lengths.add(spots[last] - spots[first] + 1)
    return {length for length in lengths if length >= 1}


def _index(policy: PolicyText) -> Mapping[str, list[Quote]]:
    found: dict[str, list[Quote]] = defaultdict(list)
    for passage in split_passages(policy):
        found[passage.quote.digest].append(passage.quote)
    return found
