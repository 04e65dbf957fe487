"""Which few passages of documents and code a short prompt shows: those with the most in common."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.model import Place

_WORD = r"[^\W\d_]{3,}"
# Words that say nothing of what a text is about.
_COMMON = (
    " all and any are but can each every for from has have its may must not only other shall should"
    " that the their them then there this was what when which who will with within without "
)
_ENDING = r"(?:ies|es|s|ed|ing|ly)$"
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
    """The words of a text that say what it is about, without their endings."""
    words = re.findall(_WORD, text.lower())
    return [re.sub(_ENDING, "", word) for word in words if f" {word} " not in _COMMON]


def _cut(passage: Passage) -> Passage:
    words = passage.text.split(" ")
    if len(words) <= _LONGEST:
        return passage
    return Passage(text=" ".join(words[:_LONGEST]), place=passage.place)
