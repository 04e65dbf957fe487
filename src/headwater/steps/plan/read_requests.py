"""Reads the Request tables of a spec: HTTP calls, and the answers that they must get.

No build runs them yet, which `check` says of each. A contract can be made of them all the same. A
row that cannot be read is left out of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.spec.cell_error import CellError
from headwater.spec.document import open_document
from headwater.spec.markdown import BlockKind
from headwater.spec.read_expression import read_json
from headwater.spec.read_table import name_kind
from headwater.spec.table_cells import split_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.spec.document import Document
    from headwater.spec.markdown import Block
    from headwater.spec.model import Spec
    from headwater.spec.table_cells import Cell

_REQUEST = (
    r"(?P<method>GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)\s+"
    r"(?P<path>/[^\s?{}]*)(?:\?(?P<query>\S*))?(?:\s+(?P<body>\S.*))?"
)
_ANYTHING = ("", "—", "–", "-")


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestRow:
    """One HTTP call and its answer; a body of None is none, or one that nothing is said of.

    Attributes:
        ref: the requirement or scenario that its table belongs to; empty where it is in none.
        query: names of query parameters, in order.
    """

    ref: str
    method: str
    path: str
    query: tuple[str, ...]
    body: object | None
    status: str
    answer: object | None


def read_requests(spec: Spec) -> tuple[RequestRow, ...]:
    """Every row of every Request table, in the order of the text."""
    if b"equest" not in spec.source.data.lower():
        return ()
    document = open_document(spec.source)
    tables = (block for block in document.every_block if block.kind is BlockKind.TABLE)
    return tuple(row for block in tables for row in _read_table(document, block, spec))


def _read_table(document: Document, block: Block, spec: Spec) -> Iterator[RequestRow]:
    data = document.source.data
    header = split_row(data, block.rows[0]) if block.rows else ()
    if not header or name_kind(header) != "request":
        return
    names = [cell.text.strip("`*_ ").lower() for cell in header]
    ref = _find_owner(spec, block.span.start)
    for span in block.rows[1:]:
        cells = split_row(data, span)
        if len(cells) == len(names):
            row = _read_row(dict(zip(names, cells, strict=True)), ref)
            yield from (row,) if row else ()


def _read_row(cells: dict[str, Cell], ref: str) -> RequestRow | None:
    match = re.fullmatch(_REQUEST, cells["request"].text.strip())
    status = cells["status"].text.strip() if "status" in cells else ""
    try:
        body = _read_body(match["body"] if match else "")
        answer = _read_body(cells["body"].text if "body" in cells else "")
    except CellError:
        return None
    if match is None or not re.fullmatch(r"[1-5]\d\d|", status):
        return None
    names = (part.partition("=")[0] for part in (match["query"] or "").split("&"))
    return RequestRow(
        ref=ref,
        method=match["method"].lower(),
        path=match["path"],
        query=tuple(name for name in names if name),
        body=body,
        status=status or "200",
        answer=answer,
    )


def _read_body(text: str | None) -> object | None:
    if text is None or text.strip() in _ANYTHING:
        return None
    return read_json(text.strip()).value


def _find_owner(spec: Spec, start: int) -> str:
    items: Sequence[tuple[int, int, str]] = [
        *((one.span.start, one.span.end, one.id) for one in spec.requirements),
        *(
            (one.span.start, one.span.end, one.id)
            for story in spec.stories
            for one in story.scenarios
        ),
    ]
    return next((ref for first, last, ref in items if first <= start < last), "")
