"""Reads the decisions of a plan that have no id: lists and headings under Key Decisions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.markdown import Block, BlockKind
from headwater.spec.model import Span
from headwater.spec.side_documents import Resolution

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.spec.document import Document
    from headwater.spec.sections import Section

_DECISIONS = r"(?i)\bdecisions\b"
_NUMBERED = r"D\d{1,3}(?!\w)"
# `**Decision**: …` names the part, not the decision.
_LEAD = (
    r"(?:\*\*|__)(?:(?i:decision|choice):?|(?P<title>.+?))(?:\*\*|__)\s*(?:[:：.]|[-–—](?=\s))?\s*"
)


def read_key_decisions(document: Document, sections: Sequence[Section]) -> tuple[Resolution, ...]:
    """The list items and headings without an id right under a heading with Decisions in it."""
    headed = [s for s in sections if s.level > 1 and re.search(_DECISIONS, s.title)]
    starts, titles = {section.start for section in headed}, {section.title for section in headed}
    found: list[Resolution] = []
    for section in sections if headed else ():
        if section.start in starts:
            found += _read_lists(document, section)
        elif section.parents and section.parents[-1] in titles:
            found += _read_headed(document, section)
    return tuple(found)


def _read_lists(document: Document, section: Section) -> Iterator[Resolution]:
    for block in section.blocks:
        if block.kind is BlockKind.LIST:
            yield from (_read_item(document, item) for item in block.children if item.children)


def _read_item(document: Document, item: Block) -> Resolution:
    span = document.trimmed(item.span)
    body = Span(start=min(item.children[0].span.start, span.end), end=span.end)
    text = document.raw(body, indent=document.indentation(item))
    lead = re.match(_LEAD, text, re.DOTALL)
    title = " ".join((lead["title"] or "").split()).rstrip(".:") if lead else ""
    return _make(document, span, title, text[lead.end() :] if lead else text)


def _read_headed(document: Document, section: Section) -> Iterator[Resolution]:
    if not re.match(_NUMBERED, section.title):
        span = document.trimmed(section.span)
        yield _make(document, span, section.title, document.raw(section.body))


def _make(document: Document, span: Span, title: str, text: str) -> Resolution:
    place = document.place(span.start)
    return Resolution(
        title=title, choice=text, rationale="", alternatives="", span=span, place=place
    )
