"""Edits that add and take out example rows, and requirements; see `headwater.spec.splice`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.drafted import DRAFTED_MARK, find_drafted_mark
from headwater.spec.model import Span
from headwater.spec.splice import Edit, SpliceError, find_item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.examples import ExampleTable, Row
    from headwater.spec.find_items import Item
    from headwater.spec.model import Requirement, Source


def add_rows(source: Source, table: ExampleTable, rows: Sequence[Sequence[str]]) -> Edit:
    """The edit that puts rows behind the last one of a table.

    Raises:
        SpliceError: the table's lines begin with something else than white space.
    """
    indent, newline = _find_indent(source, table), _find_newline(source)
    lines = "".join(f"{newline}{indent}{_render(row)}" for row in rows)
    end = table.span.end
    return Edit(span=Span(start=end, end=end), replacement=lines.encode())


def remove_rows(source: Source, table: ExampleTable, rows: Sequence[Row]) -> list[Edit]:
    """The edits that take rows out; with the last one its table goes, mark and all."""
    if len(rows) == len(table.rows) and not table.problems:
        start = _start_line(source, table.span.start)
        mark = find_drafted_mark(source, table)
        start = mark.start if mark else start
        # The blank line before the table goes with it.
        blank = re.search(rb"(?:\r?\n[ \t]*)\r?\n\Z", source.data[:start])
        start = blank.start() if blank else start
        return [Edit(span=Span(start=start, end=table.span.end), replacement=b"")]
    return [Edit(span=_whole_line(source, row), replacement=b"") for row in rows]


def mark_drafted(source: Source, table: ExampleTable) -> list[Edit]:
    """The edit that says that a model wrote rows of a table; none where that is said already.

    Raises:
        SpliceError: the table's lines begin with something else than white space.
    """
    if find_drafted_mark(source, table):
        return []
    line = f"{_find_indent(source, table)}{DRAFTED_MARK}{_find_newline(source)}"
    start = _start_line(source, table.span.start)
    return [Edit(span=Span(start=start, end=start), replacement=line.encode())]


def add_table(
    source: Source,
    requirement: Requirement,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    drafted: bool = True,
) -> Edit:
    """The edit that gives a requirement a table behind all that it has, marked where `drafted`.

    Raises:
        SpliceError: `requirement` was not read from `source`, or is a row of a table itself.
    """
    item = _find_extensible(source, requirement)
    indent, newline = " " * item.indent, _find_newline(source)
    lines = render_table(header, rows, indent=indent, drafted=drafted)
    last = [""] if item.is_heading else []
    return _insert_block([*lines, *last], at=item.span.end, newline=newline)


def add_table_behind(
    source: Source,
    table: ExampleTable,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    drafted: bool = True,
) -> Edit:
    """The edit that puts a table behind another one, marked where `drafted`.

    Raises:
        SpliceError: the lines of the other table begin with something else than white space.
    """
    indent, newline = _find_indent(source, table), _find_newline(source)
    lines = render_table(header, rows, indent=indent, drafted=drafted)
    return _insert_block(lines, at=table.span.end, newline=newline)


def add_requirement(
    source: Source, after: Requirement, *, name: str, text: str, table: Sequence[str] = ()
) -> Edit:
    """The edit that puts a new requirement behind another one, written as that one is.

    Args:
        source: the document.
        after: the requirement before it.
        name: the new one's id.
        text: one sentence or more on one line.
        table: lines of its example table, without indentation.

    Raises:
        SpliceError: `after` was not read from `source`, or is a row of a table.
    """
    item, newline = _find_extensible(source, after), _find_newline(source)
    head = _write_head(source, item, name, newline)
    lines = [f"{head}{text}"]
    if table:
        indent = " " * item.indent
        lines += ["", *(f"{indent}{line}" for line in table)]
    gap = 2 if table or after.tables or item.is_heading else 1
    block = newline * gap + newline.join(lines)
    return Edit(span=Span(start=item.span.end, end=item.span.end), replacement=block.encode())


def _write_head(source: Source, item: Item, name: str, newline: str) -> str:
    """What stands before the text of a requirement, as at another one; nothing is struck out."""
    if item.is_heading:
        return f"{'#' * item.level} {name}{newline * 2}"
    start, end = _start_line(source, item.span.start), item.id_start + len(item.id)
    before = source.data[start : item.id_start].decode()
    behind = source.data[end : item.head.end].decode()
    return f"{before}{name}{behind}".replace("~~", "").rstrip() + " "


def render_table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    indent: str = "",
    drafted: bool = True,
) -> list[str]:
    """The lines of a table; where a model wrote its rows, the mark that says so comes first."""
    dashes = f"| {' | '.join('---' for _ in header)} |"
    mark = [DRAFTED_MARK] if drafted else []
    lines = [*mark, _render(header), dashes, *map(_render, rows)]
    return [f"{indent}{line}" for line in lines]


def _insert_block(lines: Sequence[str], *, at: int, newline: str) -> Edit:
    """The edit that puts lines behind an empty one."""
    return Edit(span=Span(start=at, end=at), replacement=newline.join(["", "", *lines]).encode())


def _render(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _find_extensible(source: Source, requirement: Requirement) -> Item:
    item = find_item(source, requirement)
    if item.table:
        raise SpliceError(
            f"{requirement.place}: {requirement.id} is a row of a table, which can be changed but "
            "not added to",
            hint="Write requirements as list items: `- **FR-001**: …`.",
        )
    return item


def _find_indent(source: Source, table: ExampleTable) -> str:
    start = _start_line(source, table.span.start)
    indent = source.data[start : table.span.start].decode()
    if indent.strip():
        raise SpliceError(
            f"{table.place}: expected the table on lines of its own, found `{indent.strip()}` "
            "before it",
            hint="Put an empty line before the table, and indent it.",
        )
    return indent


def _whole_line(source: Source, row: Row) -> Span:
    """A row's line with the line break before it."""
    start = _start_line(source, row.span.start)
    end = source.data.find(b"\n", row.span.end)
    stop = len(source.data) if end < 0 else end + 1
    return Span(start=start, end=stop)


def _start_line(source: Source, offset: int) -> int:
    return source.data.rfind(b"\n", 0, offset) + 1


def _find_newline(source: Source) -> str:
    return "\r\n" if b"\r\n" in source.data else "\n"
