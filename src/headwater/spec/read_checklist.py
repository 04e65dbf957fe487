"""Reads a file of a feature's folder `checklists`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.document import find_unclosed, find_unreadable, open_document, sort_problems
from headwater.spec.markdown import Block, BlockKind, walk
from headwater.spec.sections import find_sections, read_document_title
from headwater.spec.side_documents import Checklist, ChecklistItem

if TYPE_CHECKING:
    from headwater.spec.document import Document
    from headwater.spec.model import Source

_ITEM = (
    r"\s*\[(?P<box>[ xX])\][ \t]+(?:\*\*|__)?(?:(?P<id>CHK\d{1,4}[a-z]?)\b(?:\*\*|__)?[:.]?\s*)?"
)


def read_checklist(source: Source) -> Checklist:
    """Read a checklist: its items are those with a box, inside other items too."""
    unreadable = find_unreadable(source)
    if unreadable:
        return Checklist(source=source, title="", problems=(unreadable,))
    document = open_document(source)
    sections = find_sections(document)
    found = (
        _read_item(document, block, section.title)
        for section in sections
        for block in walk(section.blocks)
        if block.kind is BlockKind.ITEM and block.children
    )
    return Checklist(
        source=source,
        title=read_document_title(sections),
        items=tuple(item for item in found if item),
        problems=sort_problems(find_unclosed(document)),
    )


def _read_item(document: Document, block: Block, group: str) -> ChecklistItem | None:
    first = block.children[0]
    match = re.match(_ITEM, document.visible(first.span))
    if not match:
        return None
    return ChecklistItem(
        id=match["id"] or "",
        done=match["box"] != " ",
        text=document.visible(first.span)[match.end() :].strip(),
        group=group,
        span=document.trimmed(block.span),
        place=document.place(block.span.start),
    )
