"""Text from outside, set apart in a prompt so that it is data and can never be instructions."""

from __future__ import annotations

import re
from hashlib import sha256


def quote_data(name: str, text: str) -> str:
    """`text` between marks that it cannot hold itself, named for the prompt that speaks of it.

    The marks carry a digest of the text, so no text can contain the one that ends it.
    """
    tag = f"{re.sub(r'[^a-z]+', '-', name.lower())}-{sha256(text.encode()).hexdigest()[:8]}"
    return f"<{tag}>\n{text.strip()}\n</{tag}>"


def is_quoted(text: str, *, inside: str) -> bool:
    """Whether a model's quote really stands in a text; white space and letter case do not count."""
    folded = _fold(text)
    return bool(folded) and folded in _fold(inside)


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" \t\n\"'`“”.").casefold()
