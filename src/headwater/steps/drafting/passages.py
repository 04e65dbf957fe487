"""Which few passages of documents and code a short prompt shows: those with the most in common."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from headwater.rules.consistency.clauses import simplify_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.model import Place

# Prepositions and the like; other small words are left out with their plain forms.
_COMMON = (
    " about after before but for from into not only other out over own than under with within "
)
_SHORTEST = 3
_LONGEST = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A piece of a document or of derived code."""

    text: str
    place: Place


def choose_passages(about: str, passages: Sequence[Passage], *, words: int) -> list[Passage]:
    """Passages that share words with a text, rare words counting most, in their own order.

    Args:
        about: the text.
        passages: what there is to choose from.
        words: how many words all of them may have together.
    """
    stems = [frozenset(list_stems(one.text)) for one in passages]
    holders = Counter(stem for each in stems for stem in each)
    wanted = frozenset(list_stems(about))
    scores = {
        number: sum(log(1 + len(passages) / holders[stem]) for stem in wanted & each)
        for number, each in enumerate(stems)
        if wanted & each
    }
    chosen: list[int] = []
    left = words
    for number in sorted(scores, key=lambda number: (-scores[number], number)):
        length = min(len(passages[number].text.split()), _LONGEST)
        if length <= left:
            chosen.append(number)
            left -= length
    return [_cut(passages[number]) for number in sorted(chosen)]


def list_stems(text: str) -> list[str]:
    """The words of a text that say what it is about, in their plain forms; no code, no numbers."""
    return [
        word
        for word in simplify_words(text)
        if len(word) >= _SHORTEST and word[0].isalpha() and f" {word} " not in _COMMON
    ]


def _cut(passage: Passage) -> Passage:
    words = passage.text.split(" ")
    if len(words) <= _LONGEST:
        return passage
    return Passage(text=" ".join(words[:_LONGEST]), place=passage.place)
