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
# What the readers take for more than prose: open questions, marks of standing and retirement, ids
# at the head of an item, emphasis that ends elsewhere, tags.
_MARKS = re.compile(
    r"\[NEEDS CLARIFICATION|\((?:open|confirmed|retired|superseded|changes|refines)\b|\*\*|__"
    r"|</?[a-z!]|^\W*(?:FR|NFR|SC|US)-?\d",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.!?;](?=\s)|,(?=\s)")
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


def refuse_marks(line: str) -> str:
    """A line that is prose and nothing else.

    Raises:
        ValueError: a reader would take a part of it for a mark, a question, an id or a tag.
    """
    found = _MARKS.search(line)
    if found:
        raise ValueError(f"it holds `{found[0]}`, which is no plain text")
    return line


def _whole(bound: int) -> AfterValidator:
    """Refuses a text that reached its bound: it was cut off in the middle."""

    def check(text: str) -> str:
        if len(text) >= bound:
            raise ValueError(f"it was cut off at {bound} characters")
        return tidy_line(text)

    return AfterValidator(check)


def _cut_back(bound: int) -> AfterValidator:
    """Takes a text that reached its bound back to the last end of a sentence or clause in it."""

    def cut(text: str) -> str:
        line = tidy_line(text)
        if len(text) < bound:
            return line
        ends = [match.start() for match in _CLAUSE_END.finditer(line)]
        if not ends or ends[-1] < bound // 4:
            raise ValueError(f"it was cut off at {bound} characters")
        return line[: ends[-1]]

    return AfterValidator(cut)


ShortText = Annotated[str, Field(min_length=1, max_length=SHORT), _whole(SHORT)]
"""A title or a name."""

LineText = Annotated[str, Field(min_length=1, max_length=LINE), _whole(LINE)]
"""A sentence."""

ParagraphText = Annotated[str, Field(min_length=1, max_length=PARAGRAPH), _whole(PARAGRAPH)]
"""A few sentences."""

PlainShort = Annotated[ShortText, AfterValidator(refuse_marks)]
"""A title or a name in which the documents' readers find nothing but prose."""

PlainLine = Annotated[LineText, AfterValidator(refuse_marks)]
"""A sentence in which the documents' readers find nothing but prose."""

TalkLine = Annotated[
    str,
    Field(min_length=1, max_length=LINE),
    _cut_back(LINE),
    AfterValidator(refuse_marks),
]
"""Words around what counts, such as why a story matters; a long one ends with a whole clause."""
