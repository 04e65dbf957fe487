r"""Rows of a table cut into cells from their raw bytes, by GitHub's rule: only `\|` is no cut."""

from __future__ import annotations

import re
from typing import NamedTuple

from headwater.spec.model import Span

_BAR = rb"(?<!\\)\|"
_CODE_SPAN = r"(`+)(?!`)(.*?[^`])\1(?!`)"


class Cell(NamedTuple):
    r"""One cell.

    Attributes:
        span: its bytes without the white space around them.
        raw: those bytes as text.
        text: what it says: back-ticks around all of it taken off, `\|` read as `|`.
        lead: how many characters of `raw` stand before `text`.
    """

    span: Span
    raw: str
    text: str
    lead: int

    def offset(self, index: int) -> int:
        """Where the character at `index` of `text` stands in the document."""
        position = self.lead
        for _ in range(index):
            position += 2 if self.raw.startswith("\\|", position) else 1
        return self.span.start + len(self.raw[:position].encode())


def split_row(data: bytes, row: Span) -> tuple[Cell, ...]:
    """The cells of a row; a bar at its beginning or end separates nothing."""
    line = data[row.start : row.end].rstrip()
    bars = [match.start() for match in re.finditer(_BAR, line)]
    start = 0
    if bars and not line[: bars[0]].strip():
        start = bars.pop(0) + 1
    if bars and bars[-1] == len(line) - 1:
        line = line[: bars.pop()]
    cells = []
    for end in [*bars, len(line)]:
        cells.append(_read_cell(line[start:end], row.start + start))
        start = end + 1
    return tuple(cells)


def has_bar(data: bytes, row: Span) -> bool:
    """Whether a bar separates anything in this line."""
    return re.search(_BAR, data[row.start : row.end]) is not None


def _read_cell(raw: bytes, start: int) -> Cell:
    kept = raw.strip()
    start += len(raw) - len(raw.lstrip()) if kept else 0
    text = kept.decode(errors="replace")
    inner, lead = _unwrap(text)
    return Cell(
        span=Span(start=start, end=start + len(kept)),
        raw=text,
        text=inner.replace("\\|", "|") if "\\" in inner else inner,
        lead=lead,
    )


def _unwrap(text: str) -> tuple[str, int]:
    """Take off the back-ticks of a code span that is the whole cell, as CommonMark 6.1 does."""
    if not text.startswith("`"):
        return text, 0
    if len(text) > len("``") and text.endswith("`") and "`" not in text[1:-1] and text[1] != " ":
        return text[1:-1], 1
    match = re.fullmatch(_CODE_SPAN, text, re.DOTALL)
    if not match or ("`" in match[2] and re.search(rf"(?<!`){match[1]}(?!`)", match[2])):
        return text, 0
    inner, lead = match[2], len(match[1])
    if inner.startswith(" ") and inner.endswith(" ") and inner.strip():
        return inner[1:-1], lead + 1
    return inner, lead
