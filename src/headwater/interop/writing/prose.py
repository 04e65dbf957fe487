"""Prose that is carried over: its headings go down, and look-alikes are told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.wording.target_code_in_spec import CODE_LANGUAGES
from headwater.spec.document import open_document
from headwater.spec.markdown import BlockKind, walk
from headwater.spec.model import Source, Span
from headwater.spec.read_table import name_kind
from headwater.spec.splice import Edit, apply_edits
from headwater.spec.table_cells import split_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.document import Document

_DEEPEST = 6


def lower_headings(text: str, *, least: int) -> str:
    """The text with all its headings moved down together until none is above level `least`."""
    document = open_document(Source(path="", data=text.encode()))
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    by = least - min((block.level for block in headings), default=least)
    if by <= 0:
        return text
    edits = [
        Edit(
            span=document.trimmed(block.span),
            replacement=b"#" * min(block.level + by, _DEEPEST)
            + b" "
            + document.source.data[block.content.start : block.content.end].strip(),
        )
        for block in headings
    ]
    return apply_edits(document.source.data, edits).decode()


def split_story(text: str) -> tuple[str, str]:
    """A story's text up to the first list, heading or table, and the rest.

    In a story a list may be taken for scenarios, so the rest must stand elsewhere.
    """
    document = open_document(Source(path="", data=text.encode()))
    for block in document.blocks:
        if block.kind in (BlockKind.LIST, BlockKind.HEADING, BlockKind.TABLE):
            head = document.source.text(Span(start=0, end=block.span.start))
            rest = document.source.text(Span(start=block.span.start, end=len(document.source.data)))
            return head.strip(), rest.strip()
    return text, ""


def mend_lookalikes(data: bytes) -> bytes:
    """The document without what only looks like an example table, or like code to derive.

    `| Call |` at the head of a table becomes `| Call: |`, and a block of Python, Go or TypeScript
    becomes one of text; both are prose then.
    """
    words = data.lower()
    if not any(word in words for word in (b"call", b"run", b"request", b"for all", b"```", b"~~~")):
        return data
    document = open_document(Source(path="", data=data))
    return apply_edits(data, _mend(document))


def _mend(document: Document) -> Iterator[Edit]:
    for block in walk(document.blocks):
        if block.kind is BlockKind.TABLE:
            cells = split_row(document.masked, block.rows[0])
            if cells and name_kind(cells):
                end = document.trimmed(cells[0].span).end
                yield Edit(span=Span(start=end, end=end), replacement=b":")
        elif block.kind is BlockKind.CODE:
            language = next(iter(block.info.lower().split()), "")
            if language in CODE_LANGUAGES:
                start = document.source.data.lower().find(language.encode(), block.span.start)
                end = start + len(language)
                yield Edit(span=Span(start=start, end=end), replacement=b"text")
