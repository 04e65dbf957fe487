"""Reads retirement marks: `*(retired 2026-11-22: reason)*`, `*(superseded by FR-012)*`."""

from __future__ import annotations

import re

from headwater.spec.ids import REQUIREMENT_PATTERN
from headwater.spec.marks import Retirement
from headwater.spec.model import Place, Problem

_DATE = r"\d{4}-\d{2}-\d{2}"
_MARK = (
    r"\(\s*(?:"
    rf"retired(?:\s+(?P<retired>{_DATE}))?"
    rf"|superseded\s+by\s+`?(?P<by>(?:\d+/)?{REQUIREMENT_PATTERN})`?(?:\s+(?P<superseded>{_DATE}))?"
    r")\s*(?::\s*(?P<reason>(?s:.*?)))?\s*\)"
)
# Emphasised, a mark may stand anywhere in the text; bare, only at its beginning.
_EMPHASISED = rf"(?P<sign>[*_]{{1,3}}){_MARK}(?P=sign)\s*:?"
_BARE = rf"{_MARK}\s*:?(?=\s|$)"
_WORD = r"(?i)retired|superseded"
_ATTEMPT = r"(?i)[*_]\(\s*(?:retired|superseded)\b"


def read_retirement(
    text: str, *, place: Place
) -> tuple[Retirement | None, str, tuple[Problem, ...]]:
    """The retirement that a requirement's text tells of, and the text without the mark.

    A mark that was meant and cannot be read is a problem: the requirement still holds then.
    """
    paragraph = text.split("\n\n", 1)[0]
    if "(" not in paragraph or not re.search(_WORD, paragraph):
        return None, text, ()
    match = re.search(_EMPHASISED, paragraph) or re.match(_BARE, paragraph)
    if match:
        retirement = Retirement(
            reason=" ".join((match["reason"] or "").split()),
            date=match["retired"] or match["superseded"] or "",
            superseded_by=match["by"] or "",
        )
        rest = text[: match.start()].rstrip() + " " + text[match.end() :].lstrip()
        return retirement, rest.strip(), ()
    if re.search(_ATTEMPT, paragraph):
        return None, text, (_unreadable(place),)
    return None, text, ()


def _unreadable(place: Place) -> Problem:
    return Problem(
        code="retirement-unreadable",
        message="expected *(retired 2026-11-22: reason)* or *(superseded by FR-012)*",
        place=place,
        hint="Write the mark in one of these forms; until then the requirement holds.",
    )
