"""Reads a spec's assumptions, and whether somebody has confirmed them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.statements import Assumption, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.spec.document import Document
    from headwater.spec.find_entries import Entry

_MARK = (
    r"(?P<sign>[*_]{0,3})\((?i:"
    r"(?P<confirmed>confirmed(?:\s+(?P<date>\d{4}-\d{2}-\d{2}))?)|(?P<open>open)"
    r")\)(?P=sign):?"
)
_QUESTION = "[NEEDS CLARIFICATION"


def read_assumptions(document: Document, entries: Iterable[Entry]) -> tuple[Assumption, ...]:
    """Read each entry as an assumption.

    Where a box, a mark and a question say different things, the assumption is open.
    """
    return tuple(_read_assumption(document, entry) for entry in entries)


def _read_assumption(document: Document, entry: Entry) -> Assumption:
    mark, text = _take_mark(entry.text)
    signs = {
        Standing.OPEN: bool((mark and mark["open"]) or entry.box == " " or _QUESTION in entry.text),
        Standing.CONFIRMED: bool((mark and mark["confirmed"]) or entry.box in ("x", "X")),
        Standing.UNMARKED: True,
    }
    return Assumption(
        text=text,
        standing=next(standing for standing, holds in signs.items() if holds),
        span=entry.span,
        place=document.place(entry.span.start),
        date=(mark["date"] or "") if mark else "",
    )


def _take_mark(text: str) -> tuple[re.Match[str] | None, str]:
    """The mark at the beginning or the end of the first paragraph, and the text without it."""
    paragraph, gap, rest = text.partition("\n\n")
    mark = re.match(rf"{_MARK}(?=\s|$)", paragraph) or re.search(rf"{_MARK}\.?$", paragraph)
    if not mark:
        return None, text
    kept = paragraph[: mark.start()].rstrip() + paragraph[mark.end() :]
    return mark, (kept + gap + rest).strip()
