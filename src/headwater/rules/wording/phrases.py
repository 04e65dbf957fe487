"""Looking for words and phrases from a list, quickly where a sentence holds none of them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.rules.sentences import Sentence


def find_phrase(sentence: Sentence, phrases: str) -> re.Match[str] | None:
    """The first of these phrases in a sentence, as a match in `sentence.lower`.

    Args:
        sentence: where to look.
        phrases: plain words in lower case, with `|` between phrases.
    """
    keys, pattern = _compile(phrases)
    return None if sentence.words.isdisjoint(keys) else pattern.search(sentence.lower)


@cache
def _compile(phrases: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """One word of each phrase, its longest and so its rarest, and a pattern for them all.

    Longer phrases stand first, so that `including but not limited to` wins over `including`.
    """
    listed = sorted(phrases.split("|"), key=len, reverse=True)
    keys = frozenset(max(phrase.split(), key=len) for phrase in listed)
    any_of = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in listed)
    return keys, re.compile(rf"(?<![\w-])(?:{any_of})(?![\w-])")
