"""Finds what stands under headings such as Assumptions or Edge Cases: items that have no ids."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.spec.find_items import read_head
from headwater.spec.find_stories import is_story
from headwater.spec.markdown import Block, BlockKind
from headwater.spec.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.spec.document import Document
    from headwater.spec.sections import Section


class Topic(Enum):
    """What a section without ids is about; the value is how its heading reads."""

    ASSUMPTIONS = r"(?i)\bassumptions\b"
    EDGE_CASES = r"(?i)\bedge\s+cases\b"
    ENTITIES = r"(?i)\bentities\b"
    CLARIFICATIONS = r"(?i)\W*clarifications?\b"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A list item, a row of a table, or a paragraph where there is neither.

    Attributes:
        text: its text, without a box and an item's indentation.
        box: the sign in its box, empty when it has none.
        group: the heading below the topic's own that it stands under, or empty.
    """

    text: str
    box: str
    group: str
    span: Span


_LONGEST_TITLE = 60
_LABEL = r"\s*(?:(?:\*\*|__)([^*_\n]+?):?(?:\*\*|__):?|([^*_\n.]+):)\s*"
_BOX = r"\[([ xX])\]\s"
_NOTHING = r"(?i)\W*(?:none|nothing|n/a|not applicable|tbd)?\W*"


def find_entries(
    document: Document, sections: Sequence[Section]
) -> Mapping[Topic, tuple[Entry, ...]]:
    """The entries of every topic, in order.

    A topic is opened by a heading, and holds for the headings below that open no other; or by a
    label of its own such as `**Edge Cases**:`, and holds for the list or table below it.
    """
    found: dict[Topic, list[Entry]] = {topic: [] for topic in Topic}
    for section in sections:
        topic, group = _topic_of(section)
        if topic:
            found[topic] += _read_blocks(document, section.blocks, group)
        else:
            for labelled, block in _find_labelled(document, section.blocks):
                found[labelled] += _read_block(document, block, "")
    return {topic: tuple(entries) for topic, entries in found.items()}


def find_topic(title: str) -> Topic | None:
    """The topic that a heading or a label opens."""
    if len(title) > _LONGEST_TITLE:
        return None
    return next((topic for topic in Topic if re.search(topic.value, title)), None)


def _topic_of(section: Section) -> tuple[Topic | None, str]:
    """The topic that a section's heading opens, or else that of the nearest heading above."""
    if is_story(section) or read_head(section.title, heading=True):
        return None, ""
    topic = find_topic(section.title) if section.level else None
    if topic:
        return topic, ""
    for parent in reversed(section.parents):
        topic = find_topic(parent)
        if topic:
            return topic, section.title
    return None, ""


def _find_labelled(document: Document, blocks: Sequence[Block]) -> Iterator[tuple[Topic, Block]]:
    topic = None
    for block in blocks:
        if topic and block.kind in (BlockKind.LIST, BlockKind.TABLE):
            yield topic, block
        topic = _read_label(document, block)


def _read_label(document: Document, block: Block) -> Topic | None:
    size = block.content.end - block.content.start
    if block.kind is not BlockKind.PARAGRAPH or size > _LONGEST_TITLE:
        return None
    match = re.fullmatch(_LABEL, document.visible(block.content))
    return find_topic(match[1] or match[2]) if match else None


def _read_blocks(document: Document, blocks: Sequence[Block], group: str) -> Iterator[Entry]:
    listed = [block for block in blocks if block.kind in (BlockKind.LIST, BlockKind.TABLE)]
    loose = [block for block in blocks if block.kind is BlockKind.PARAGRAPH]
    for block in listed or loose:
        yield from _read_block(document, block, group)


def _read_block(document: Document, block: Block, group: str) -> Iterator[Entry]:
    if block.kind is BlockKind.LIST:
        entries = [_read_item(document, item, group) for item in block.children if item.children]
    elif block.kind is BlockKind.TABLE:
        entries = [_read_row(document, row, group) for row in block.rows[1:]]
    else:
        entries = [_make_entry(document, block.span, block.content.start, group)]
    yield from (entry for entry in entries if not re.fullmatch(_NOTHING, entry.text))


def _read_item(document: Document, item: Block, group: str) -> Entry:
    start, indent = item.children[0].span.start, document.indentation(item)
    return _make_entry(document, item.span, start, group, indent=indent)


def _read_row(document: Document, row: Span, group: str) -> Entry:
    return _make_entry(document, row, row.start, group)


def _make_entry(
    document: Document, span: Span, start: int, group: str, *, indent: int = 0
) -> Entry:
    span = document.trimmed(span)
    text = document.raw(Span(start=min(start, span.end), end=span.end), indent=indent)
    box = re.match(_BOX, text)
    text = text[box.end() :] if box else text
    return Entry(text=text.strip(), box=box[1] if box else "", group=group, span=span)
