"""Whether a sentence says what its words are measured by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.rules.sentences import Sentence


# A number alone; `H2` and `US1` are names. Or an explanation behind the word.
_NUMBER = r"\b\d"
_EXPLAINED = r":|\s[—–]\s|\bbecause\b"


def is_measured(sentence: Sentence, index: int) -> bool:
    """Whether it gives a number, as in `fast, within 200 ms`, or explains the word at `index`."""
    explained = re.compile(_EXPLAINED).search(sentence.lower, index)
    return explained is not None or re.search(_NUMBER, sentence.text) is not None
