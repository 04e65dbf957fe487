"""Edits documents by byte span, so that every byte an edit does not concern stays identical."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.spec.document import open_document
from headwater.spec.drafted import is_drafted_mark
from headwater.spec.find_items import find_items
from headwater.spec.model import Span
from headwater.spec.sections import find_sections
from headwater.spec.table_cells import split_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.spec.document import Document
    from headwater.spec.examples import Row
    from headwater.spec.find_items import Item
    from headwater.spec.model import Requirement, Source, Task


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """Bytes to put in the place of `span`; an empty span inserts."""

    span: Span
    replacement: bytes


class SpliceError(HeadwaterError):
    """An edit that does not fit its document."""


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The document with all edits made; spans are those of `data`.

    Edits at one and the same place are made in the order given.

    Raises:
        SpliceError: two edits overlap, or one reaches outside the document.
    """
    pieces = []
    end = 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        if not end <= edit.span.start <= edit.span.end <= len(data):
            raise SpliceError(
                f"an edit of bytes {edit.span.start} to {edit.span.end} overlaps another, "
                f"or reaches outside the document of {len(data)} bytes",
                hint="Read the document again and make the edits one after the other.",
            )
        pieces += [data[end : edit.span.start], edit.replacement]
        end = edit.span.end
    return b"".join([*pieces, data[end:]])


def tick_task(source: Source, task: Task, *, done: bool = True) -> Edit:
    """The edit that ticks a task's box, or unticks it.

    Raises:
        SpliceError: `task` was not read from `source`.
    """
    match = re.match(rb"[^\[\r\n]*\[([ xX])\]", source.data[task.span.start : task.span.end])
    if not match:
        raise _not_there(source, task.id)
    span = Span(start=task.span.start + match.start(1), end=task.span.start + match.end(1))
    return Edit(span=span, replacement=b"x" if done else b" ")


def remove_task(source: Source, task: Task) -> Edit:
    """The edit that takes a task's lines out.

    Raises:
        SpliceError: `task` was not read from `source`.
    """
    tick_task(source, task)
    start = source.data.rfind(b"\n", 0, task.span.start) + 1
    end = source.data.find(b"\n", task.span.end) + 1 or len(source.data)
    return Edit(span=Span(start=start, end=end), replacement=b"")


def replace_requirement_text(source: Source, requirement: Requirement, text: str) -> Edit:
    """The edit that gives a requirement another text; its id and its example tables stay.

    What is replaced is the prose up to the first table, its mark, or other requirement inside. The
    lines of the new text are indented as the item is, with the document's ends of line.

    Raises:
        SpliceError: `requirement` was not read from `source`.
    """
    item, span = find_item(source, requirement), find_prose(source, requirement)
    newline = "\r\n" if b"\r\n" in source.data else "\n"
    indented = text.strip().replace("\n", "\n" + " " * item.indent)
    lines = re.sub(r"[ \t]+$", "", indented, flags=re.MULTILINE).replace("\n", newline)
    if span.start == span.end and item.is_heading:
        ended = source.data[: span.start].endswith(b"\n")
        lines = newline * (1 if ended else 2) + lines + newline
    elif span.start == span.end:
        lines = " " + lines
    return Edit(span=span, replacement=lines.encode())


def find_prose(source: Source, requirement: Requirement) -> Span:
    """The bytes of a requirement's prose, up to the first table or other requirement inside.

    Raises:
        SpliceError: `requirement` was not read from `source`.
    """
    document = open_document(source)
    items, _ = find_items(document, find_sections(document))
    item = _choose_item(source, items, requirement)
    apart = [*(table.span for table in requirement.tables), *(each.apart for each in items)]
    apart += [span for span in document.comments if is_drafted_mark(source, span)]
    return _prose_span(document, item, apart=apart)


def find_item(source: Source, requirement: Requirement) -> Item:
    """A requirement as it stands in the document: its head, its indentation, what declares it.

    Raises:
        SpliceError: `requirement` was not read from `source`.
    """
    document = open_document(source)
    items, _ = find_items(document, find_sections(document))
    return _choose_item(source, items, requirement)


def _choose_item(source: Source, items: Iterable[Item], requirement: Requirement) -> Item:
    for item in items:
        if item.span == requirement.span and item.id == requirement.id:
            return item
    raise _not_there(source, requirement.id)


def _prose_span(document: Document, item: Item, *, apart: Iterable[Span]) -> Span:
    """From the first letter of a requirement's text to its end, or to what is apart in it."""
    ends = [item.span.end if item.text_end is None else item.text_end]
    ends += [span.start for span in apart if span.start >= item.head.end]
    kept = document.trimmed(Span(start=item.head.end, end=max(item.head.end, min(ends))))
    text = document.source.data[kept.start : kept.end]
    return Span(start=kept.end - len(text.lstrip()), end=kept.end)


def replace_cell(source: Source, row: Row, *, column: int, raw: str) -> Edit:
    r"""The edit that gives a table's cell another raw text; a bar in it must be written `\|`.

    Args:
        source: the document that `row` was read from.
        row: the row.
        column: the cell's number, from 0.
        raw: what is to stand in the cell, back-ticks included.

    Raises:
        SpliceError: there is no such cell, or `raw` would not be one cell.
    """
    cells = split_row(source.data, row.span)
    if tuple(cell.raw for cell in cells) != row.cells or column not in range(len(cells)):
        raise _not_there(source, f"cell {column} of the row in line {row.place.line}")
    if re.search(r"(?<!\\)\||[\r\n]|\\$", raw):
        raise SpliceError(
            f"{raw!r} is not the text of one cell",
            hint=r"Write a bar as \| and a line break as \n.",
        )
    return Edit(span=cells[column].span, replacement=raw.strip().encode())


def _not_there(source: Source, what: str) -> SpliceError:
    return SpliceError(
        f"{source.path}: {what} is not where it was read", hint="Read the document again."
    )
