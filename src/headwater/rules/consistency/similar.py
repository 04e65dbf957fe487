"""Sets that share most of what they hold, found without comparing all with all.

The method is prefix filtering (Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007):
two sets that are as alike as asked for share at least one of their few rarest members.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Pairs = frozenset[tuple[str, str]]

_WORD = re.compile(r"`[^`]*`|[^\W_]+(?:[-.'’][^\W_]+)*|[<>=%+]+")


def split_words(text: str) -> list[str]:
    """The words of a text in small letters; a piece of code and a sign of comparison is one too."""
    return _WORD.findall(text.lower())


def pair_words(words: Sequence[str]) -> Pairs:
    """The word pairs of a text: each word with the next."""
    return frozenset(pairwise(words))


def find_similar(
    sets: Sequence[Pairs], *, similarity: float, apart: int | None = None
) -> Iterator[tuple[int, int]]:
    """Numbers of every two sets whose Jaccard similarity reaches `similarity`, the earlier first.

    Args:
        sets: an empty one is like none.
        similarity: shared members over all members, above 0 and up to 1.
        apart: compare only those before this number with the others; None to compare all.
    """
    ranked = _rank(sets)
    holders: dict[int, list[int]] = {}
    for number, ranks in enumerate(ranked):
        prefix = sorted(ranks)[: len(ranks) - ceil(similarity * len(ranks)) + 1]
        first = apart is not None and number < apart
        candidates = () if first else {other for rank in prefix for other in holders.get(rank, ())}
        for other in sorted(candidates):
            shared = len(ranked[other] & ranks)
            if shared / (len(ranked[other]) + len(ranks) - shared) >= similarity:
                yield other, number
        for rank in prefix if apart is None or first else ():
            holders.setdefault(rank, []).append(number)


def _rank(sets: Sequence[Pairs]) -> list[frozenset[int]]:
    """The sets with a number in place of each member, lower for a rarer one.

    Numbers are compared quickly, and each is compared with very many.
    """
    counts = Counter(member for members in sets for member in members)
    rarest = sorted(counts, key=lambda member: (counts[member], member))
    ranks = {member: rank for rank, member in enumerate(rarest)}
    return [frozenset([ranks[member] for member in members]) for members in sets]
