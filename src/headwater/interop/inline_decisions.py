"""Decisions that a design states below a bold label, and not below a heading.

`**Key Decision**: Keep one table.` states one; a list below `**Key Decisions**:` one an item.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from headwater.spec.markdown import BlockKind
from headwater.spec.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.document import Document
    from headwater.spec.markdown import Block
    from headwater.spec.sections import Section

_LABEL = (
    r"(?i)(?:\*\*|__)(?:(?:key|main|design|technical)\s+)*decisions?\s*[:：]?(?:\*\*|__)"
    r"\s*[:：]?\s*(?P<rest>.*)"
)


class InlineDecision(NamedTuple):
    """A decision in a line: its words, all of its bytes, and what follows the words."""

    title: str
    span: Span
    body: Span


def find_inline_decisions(document: Document, section: Section) -> Iterator[InlineDecision]:
    """The decisions in the blocks right below a section's heading, in order."""
    labelled = False
    for block in section.blocks:
        if labelled and block.kind is BlockKind.LIST:
            yield from (_read_item(document, one) for one in block.children if one.children)
        match = _match_label(document, block)
        labelled = match is not None and not match["rest"]
        if match and match["rest"]:
            end = Span(start=block.span.end, end=block.span.end)
            yield InlineDecision(title=_fold(match["rest"]), span=block.span, body=end)


def _match_label(document: Document, block: Block) -> re.Match[str] | None:
    if block.kind is not BlockKind.PARAGRAPH:
        return None
    return re.fullmatch(_LABEL, document.visible(block.content).strip(), re.DOTALL)


def _read_item(document: Document, item: Block) -> InlineDecision:
    first = item.children[0]
    title = _fold(document.visible(first.content))
    return InlineDecision(
        title=title, span=item.span, body=Span(start=first.span.end, end=item.span.end)
    )


def _fold(text: str) -> str:
    return " ".join(text.split())
