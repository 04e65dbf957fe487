"""Whether a sentence says what its words are measured by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.rules.sentences import Sentence


def is_measured(sentence: Sentence) -> bool:
    """Whether it gives a number, as in `fast: within 200 ms`, or says what a word follows from."""
    return "because" in sentence.words or re.search(r"\b\d", sentence.text) is not None
