"""How many columns of a terminal a text takes."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

# Makes a picture of the sign before it, and takes no column itself.
_EMOJI_STYLE = "\ufe0f"


def measure(text: str) -> int:
    """The columns of a text without control characters: wide characters take two, marks none."""
    return len(text) if text.isascii() else sum(map(_measure_character, text))


def _measure_character(character: str) -> int:
    if combining(character) or character == _EMOJI_STYLE:
        return 0
    return 2 if east_asian_width(character) in {"W", "F"} else 1
