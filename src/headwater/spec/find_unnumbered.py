"""Finds items and headings that stand where requirements or criteria do, without an id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.find_items import mentions_id, read_head
from headwater.spec.markdown import Block, BlockKind
from headwater.spec.model import Problem, Severity, Span
from headwater.spec.statements import Unnumbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.document import Document
    from headwater.spec.sections import Section

_CHANGED = r"(?i)(?:added|modified|new|changed)\s+requirements\b"
_REQUIREMENTS = r"(?i)(?:(?:(?:non-?)?functional|added|modified|new|changed) )?requirements\b"
_CRITERIA = r"(?i)success criteria\b|measurable outcomes\b"
_HEADED = r"(?i)requirement\s*\d*\s*[:：]\s*"
_SCENARIO = r"(?i)scenario\b"


def find_unnumbered(
    document: Document, sections: Sequence[Section]
) -> tuple[tuple[Unnumbered, ...], list[Problem]]:
    """The items and headings without an id, and a warning about each.

    An item that mentions an id is none. A heading is one when it reads `Requirement: title`, or
    stands under one such as `ADDED Requirements`.
    """
    found: list[Unnumbered] = []
    for section in sections:
        wanted = _wanted_id(section)
        lists = [block for block in section.blocks if wanted and block.kind is BlockKind.LIST]
        items = (item for block in lists for item in block.children if item.children)
        unnumbered = (item for item in items if not mentions_id(document, item.children[0]))
        found += (_read_item(document, item, wanted) for item in unnumbered)
        if _is_headed(section):
            found.append(_read_headed(document, section))
    return tuple(found), [_problem(item) for item in found]


def _wanted_id(section: Section) -> str:
    if re.match(_REQUIREMENTS, section.title):
        return "NFR-001" if section.title.lower().startswith("non") else "FR-001"
    return "SC-001" if re.match(_CRITERIA, section.title) else ""


def _is_headed(section: Section) -> bool:
    if read_head(section.title, heading=True) or re.match(_SCENARIO, section.title):
        return False
    below = bool(section.parents and re.match(_CHANGED, section.parents[-1]))
    return section.level > 1 and (below or bool(re.match(_HEADED, section.title)))


def _read_headed(document: Document, section: Section) -> Unnumbered:
    """A heading and what stands below it, up to the next heading."""
    end = section.blocks[-1].span.end if section.blocks else section.body.start
    title = re.sub(_HEADED, "", section.title)
    text = document.raw(Span(start=section.body.start, end=max(section.body.start, end)))
    return Unnumbered(
        text="\n\n".join(filter(None, [title, text])),
        wanted="FR-001",
        span=document.trimmed(Span(start=section.start, end=end)),
        place=document.place(section.start),
    )


def _read_item(document: Document, item: Block, wanted: str) -> Unnumbered:
    span = document.trimmed(item.span)
    body = Span(start=min(item.children[0].span.start, span.end), end=span.end)
    return Unnumbered(
        text=document.raw(body, indent=document.indentation(item)),
        wanted=wanted,
        span=span,
        place=document.place(span.start),
    )


def _problem(item: Unnumbered) -> Problem:
    return Problem(
        code="item-without-id",
        message=f"expected an id such as {item.wanted} at the beginning of this item",
        place=item.place,
        hint=f"Begin it with `**{item.wanted}**:` and a number of its own.",
        severity=Severity.WARNING,
    )
