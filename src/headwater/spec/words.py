"""How much of a document there is to read."""

from __future__ import annotations

import re

_HIDDEN = re.compile(r"<!--.*?-->", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


def count_words(text: str) -> int:
    """Words that a person reads: letters and digits, in code and tables too, not in comments."""
    return len(_WORD.findall(_HIDDEN.sub("", text)))
