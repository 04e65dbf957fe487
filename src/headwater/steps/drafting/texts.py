"""Types of the texts in a model's answer: what fits one line of Markdown and changes nothing else.

A model's words become part of a document. They may not open headings, tables, comments or fences
there, nor be cut off at the bound that the schema sets.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_OPENS_BLOCK = re.compile(r"^(?:#{1,6}\s|>\s?|[-*+]\s|\d+[.)]\s|\||```|~~~|---)+\s*")
_HIDES = re.compile(r"<!--|-->|```|~~~")

SHORT = 80
LINE = 240
PARAGRAPH = 600


def tidy_line(text: str) -> str:
    """A text as one line: white space folded, block marks at its beginning taken off.

    Raises:
        ValueError: nothing is left, or it holds a comment, a fence or control characters.
    """
    if _CONTROL.search(text):
        raise ValueError("it holds control characters")
    line = _OPENS_BLOCK.sub("", _SPACE.sub(" ", text).strip()).strip()
    if not line:
        raise ValueError("it is empty")
    if _HIDES.search(line):
        raise ValueError("it holds a comment or a code fence")
    return line


def _whole(bound: int) -> AfterValidator:
    """Refuses a text that reached its bound: it was cut off in the middle."""

    def check(text: str) -> str:
        if len(text) >= bound:
            raise ValueError(f"it was cut off at {bound} characters")
        return tidy_line(text)

    return AfterValidator(check)


ShortText = Annotated[str, Field(min_length=1, max_length=SHORT), _whole(SHORT)]
"""A title or a name."""

LineText = Annotated[str, Field(min_length=1, max_length=LINE), _whole(LINE)]
"""A sentence."""

ParagraphText = Annotated[str, Field(min_length=1, max_length=PARAGRAPH), _whole(PARAGRAPH)]
"""A few sentences."""
