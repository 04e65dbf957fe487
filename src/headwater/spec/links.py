"""Reads a requirement's links to others: `*(changes 001/FR-003)*`, `*(refines FR-001)*`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from headwater.spec.ids import REQUIREMENT_PATTERN, find_refs
from headwater.spec.marks import Change
from headwater.spec.model import Place, Problem, Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class Links:
    """What the marks in a requirement's text say, and the text without them."""

    text: str
    changes: tuple[Change, ...] = ()
    refines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


_REF = rf"`?(?:\d[\d-]*/)?{REQUIREMENT_PATTERN}(?![\w-])`?"
_DIGEST = r"(?:\s+as\s+of\s+`?[0-9a-f]{4,64}`?)?"
_NEXT = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+)"
_MARK = (
    r"(?P<space>[ \t]*)(?P<sign>[*_]{0,3})\(\s*(?:"
    rf"changes\s+(?P<changes>{_REF}{_DIGEST}(?:{_NEXT}{_REF}{_DIGEST})*)"
    rf"|refines\s+(?P<refines>{_REF}(?:{_NEXT}{_REF})*)"
    r")\s*\)(?P=sign)"
)
_CHANGE = rf"(?P<ref>{_REF})(?:\s+as\s+of\s+`?(?P<digest>[0-9a-f]+))?"
_ATTEMPT = r"(?i)[*_]\(\s*(?P<verb>changes|refines)\b"


def read_links(text: str, *, place: Place) -> Links:
    """Take the marks out of a requirement's text.

    They may stand anywhere in it, emphasised or not; one that was meant and cannot be read stays
    where it is and is a problem.
    """
    if "(" not in text or ("changes" not in text and "refines" not in text):
        return Links(text=text)
    changes: list[Change] = []
    refines: list[str] = []
    for mark in re.finditer(_MARK, text):
        refines += find_refs(mark["refines"] or "")
        changes += map(_read_change, re.finditer(_CHANGE, mark["changes"] or ""))
    rest = re.sub(_MARK, "", text).strip()
    attempts = re.finditer(_ATTEMPT, rest)
    return Links(
        text=rest,
        changes=tuple(dict.fromkeys(changes)),
        refines=tuple(dict.fromkeys(refines)),
        problems=tuple(_unreadable(place, attempt["verb"].lower()) for attempt in attempts),
    )


def _read_change(match: re.Match[str]) -> Change:
    return Change(ref=match["ref"].strip("`"), digest=match["digest"] or "")


def _unreadable(place: Place, verb: str) -> Problem:
    form = "*(changes 001/FR-003)*" if verb == "changes" else "*(refines FR-001)*"
    return Problem(
        code="link-unreadable",
        message=f"expected {form}, with ids of requirements; this mark is read as prose",
        place=place,
        hint="Name the requirements by id, with commas between them.",
        severity=Severity.WARNING,
    )
