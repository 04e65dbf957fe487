"""Whether a text says at which value it turns from met to missed."""

from __future__ import annotations

import re

_NUMBER = r"\b\d|%|`|\b(?:zero|once|one|two|three|four|five|six|ten|half|twice|single)\b"
# What holds for all, or not at all, is decided by one case that shows otherwise.
_ABSOLUTE = (
    r"\b(?:all|always|any|both|cannot|each|every|exactly|identical(?:ly)?|neither|never|no|none|not"
    r"|nothing|only|rather than|instead of|same|unchanged|without|byte-for-byte|byte-identical)\b"
)
_TESTED = r"\b(?:fails?|green|pass(?:es|ing)?|succeeds?|test(?:s|ed)?|verif(?:y|ied))\b"
_THRESHOLD = rf"(?i){_NUMBER}|{_ABSOLUTE}|{_TESTED}"


def gives_threshold(text: str) -> bool:
    """Whether it has a number or a value in code, holds for all or for none, or names a test."""
    return re.search(_THRESHOLD, text) is not None
