"""Sets that share most of what they hold, found without comparing all with all.

The method is prefix filtering (Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007):
two sets that are as alike as asked for share at least one of their few rarest members.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

Pairs = frozenset[tuple[str, str]]


def pair_words(words: Sequence[str]) -> Pairs:
    """The word pairs of a text: each word with the next."""
    return frozenset(pairwise(words))


def find_similar(sets: Sequence[Pairs], *, similarity: float) -> Iterator[tuple[int, int]]:
    """Numbers of every two sets whose Jaccard similarity reaches `similarity`, the earlier first.

    Args:
        sets: an empty one is like none.
        similarity: shared members over all members, above 0 and up to 1.
    """
    counts = Counter(member for members in sets for member in members)
    holders: dict[tuple[str, str], list[int]] = {}
    for number, members in enumerate(sets):
        rarest = sorted(members, key=lambda member: (counts[member], member))
        prefix = rarest[: len(rarest) - ceil(similarity * len(rarest)) + 1]
        candidates = {other for member in prefix for other in holders.get(member, ())}
        for other in sorted(candidates):
            if _measure(sets[other], members) >= similarity:
                yield other, number
        for member in prefix:
            holders.setdefault(member, []).append(number)


def _measure(one: Set[tuple[str, str]], other: Set[tuple[str, str]]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)
