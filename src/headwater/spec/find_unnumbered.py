"""Finds list items that stand where requirements or criteria do, without an id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.find_items import mentions_id
from headwater.spec.markdown import Block, BlockKind
from headwater.spec.model import Problem, Severity, Span
from headwater.spec.statements import Unnumbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.document import Document
    from headwater.spec.sections import Section

_REQUIREMENTS = r"(?i)(?:(?:non-?)?functional )?requirements\b"
_CRITERIA = r"(?i)success criteria\b|measurable outcomes\b"


def find_unnumbered(
    document: Document, sections: Sequence[Section]
) -> tuple[tuple[Unnumbered, ...], list[Problem]]:
    """The items without an id, and a warning about each; one that mentions an id is none."""
    found: list[Unnumbered] = []
    for section in sections:
        wanted = _wanted_id(section)
        lists = [block for block in section.blocks if wanted and block.kind is BlockKind.LIST]
        items = (item for block in lists for item in block.children if item.children)
        unnumbered = (item for item in items if not mentions_id(document, item.children[0]))
        found += (_read_item(document, item, wanted) for item in unnumbered)
    return tuple(found), [_problem(item) for item in found]


def _wanted_id(section: Section) -> str:
    if re.match(_REQUIREMENTS, section.title):
        return "NFR-001" if section.title.lower().startswith("non") else "FR-001"
    return "SC-001" if re.match(_CRITERIA, section.title) else ""


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
