"""Reads policies in Markdown; comments and code are not what they say."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from headwater.policies.decode_bytes import decode_bytes
from headwater.policies.interface import BlockKind, PolicyBlock, PolicyLine, PolicyText
from headwater.policies.read_html import read_fragment
from headwater.spec import markdown
from headwater.spec.article_sources import Spot
from headwater.spec.document import open_document
from headwater.spec.model import Source, Span
from headwater.spec.table_cells import split_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.document import Document

_PREFIX = r"^[ \t>]*"
_INNER = {
    markdown.BlockKind.QUOTE: BlockKind.QUOTE,
    markdown.BlockKind.ITEM: BlockKind.ITEM,
}


def read_markdown(path: str, data: bytes) -> PolicyText:
    """The blocks of a Markdown document."""
    text = decode_bytes(path, data)
    if isinstance(text, PolicyText):
        return text
    # Carriage returns are gone, and lines are as many as before.
    document = open_document(Source(path=path, data=text.encode()))
    blocks = (block for block in _convert_all(document) if block.lines)
    return PolicyText(path=path, blocks=tuple(blocks))


def _convert_all(document: Document) -> Iterator[PolicyBlock]:
    """Every block in order. Nesting has no bound in Markdown, and recursion has one."""
    waiting = [(block, BlockKind.PARAGRAPH) for block in reversed(document.blocks)]
    while waiting:
        block, kind = waiting.pop()
        yield from _convert(document, block, kind=kind)
        inner = BlockKind.QUOTE if kind is BlockKind.QUOTE else _INNER.get(block.kind, kind)
        waiting += [(child, inner) for child in reversed(block.children)]


def _convert(
    document: Document, block: markdown.Block, *, kind: BlockKind
) -> Iterator[PolicyBlock]:
    """A block without those inside it; `kind` is what a paragraph is."""
    match block.kind:
        case markdown.BlockKind.HEADING:
            lines = _list_lines(document, block.content)
            yield PolicyBlock(kind=BlockKind.HEADING, lines=lines, level=block.level)
        case markdown.BlockKind.PARAGRAPH:
            yield PolicyBlock(kind=kind, lines=_list_lines(document, block.content))
        case markdown.BlockKind.TABLE:
            yield from _convert_table(document, block)
        case markdown.BlockKind.CODE:
            first = document.place(block.content.start).line
            yield PolicyBlock(kind=BlockKind.CODE, lines=_number(block.code, first))
        case markdown.BlockKind.HTML:
            first = document.place(block.span.start).line
            with suppress(AssertionError):  # no HTML after all, and so nothing that is seen
                yield from read_fragment(document.visible(block.span), first=first)


def _convert_table(document: Document, block: markdown.Block) -> Iterator[PolicyBlock]:
    header: tuple[str, ...] = ()
    for number, row in enumerate(block.rows):
        cells = tuple(cell.text for cell in split_row(document.source.data, row))
        lines = _list_lines(document, row)
        yield PolicyBlock(
            kind=BlockKind.ROW, lines=lines, cells=cells, header=header, table=block.span.start + 1
        )
        header = cells if number == 0 else header


def _list_lines(document: Document, span: Span) -> tuple[PolicyLine, ...]:
    return _number(document.visible(span), document.place(span.start).line)


def _number(text: str, first: int) -> tuple[PolicyLine, ...]:
    return tuple(
        PolicyLine(text=re.sub(_PREFIX, "", line), spot=Spot(0, number))
        for number, line in enumerate(text.split("\n"), first)
        if line.strip()
    )
