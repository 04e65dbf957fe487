"""Reads one example table: its kind, its columns, and its rows counted against their raw bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.spec.cell_error import CellError
from headwater.spec.examples import CallRow, ExampleTable, TableKind
from headwater.spec.read_rows import RawRow, locate, read_call_row, read_run_row
from headwater.spec.table_cells import has_bar, split_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.document import Document
    from headwater.spec.examples import Row
    from headwater.spec.markdown import Block
    from headwater.spec.model import Problem, Span
    from headwater.spec.table_cells import Cell

_LATER_KINDS = ("request", "for all")
_KNOWN_KINDS = (*(kind.value for kind in TableKind), *_LATER_KINDS)
_COLUMNS = {
    TableKind.CALL: ("call", "result"),
    TableKind.RUN: ("run", "stdin", "stdout", "stderr", "exit"),
}
_REQUIRED = {TableKind.CALL: {"result"}, TableKind.RUN: set[str]()}


def name_kind(header: Sequence[Cell]) -> str:
    """The kind of example that a header announces, in lower case; empty for any other table."""
    name = _column_name(header[0])
    return name if name in _KNOWN_KINDS else ""


def read_table(
    document: Document, block: Block, header: Sequence[Cell], *, owner: str
) -> tuple[ExampleTable | None, tuple[Problem, ...]]:
    """Read a table whose header `name_kind` knows; None for a kind that cannot be run yet.

    Its problems are returned beside it and stand in it too.
    """
    kind = name_kind(header)
    if kind in _LATER_KINDS:
        return None, (locate(document, header[0], _unsupported(kind)),)
    reader = _TableReader(document, TableKind(kind), header)
    rows = reader.read_rows(block.rows[1:])
    binds = any(isinstance(row, CallRow) and row.binds for row in rows)
    table = ExampleTable(
        kind=TableKind(kind),
        owner=owner,
        header=tuple(cell.raw for cell in header),
        rows=rows,
        sequence=binds or TableKind(kind) is TableKind.RUN,
        span=document.trimmed(block.span),
        place=document.place(block.rows[0].start),
        problems=tuple(reader.problems),
    )
    return table, table.problems


class _TableReader:
    """Reads the rows of one table and keeps what is wrong with them."""

    def __init__(self, document: Document, kind: TableKind, header: Sequence[Cell]) -> None:
        self._document = document
        self._kind = kind
        self._header = header
        self._names = tuple(map(_column_name, header))
        self._bound: dict[str, int] = {}
        self.problems: list[Problem] = []

    def read_rows(self, rows: Sequence[Span]) -> tuple[Row, ...]:
        """The rows that can be read; none when the header cannot."""
        errors = self._check_header()
        if not rows:
            errors.append((self._header[0], CellError("table-empty", "expected at least one row")))
        self.problems += [locate(self._document, cell, error) for cell, error in errors]
        if errors:
            return ()
        read = [self._read_row(row) for row in rows]
        return tuple(row for row in read if row)

    def _check_header(self) -> list[tuple[Cell, CellError]]:
        columns, names = _COLUMNS[self._kind], set(self._names)
        missing = _REQUIRED[self._kind] - names
        if len(names) == len(self._names) and not missing and names.issubset(columns):
            return []
        kind = self._kind.value.capitalize()
        hint = f"Its columns are {', '.join(map(str.capitalize, columns))}."
        found = []
        for index, (name, cell) in enumerate(zip(self._names, self._header, strict=True)):
            if name not in columns:
                message = f"a {kind} table has no column “{cell.raw}”"
                found.append((cell, CellError("table-column-unknown", message, hint=hint)))
            elif name in self._names[:index]:
                message = f"the column {cell.raw} is there twice"
                found.append((cell, CellError("table-column-twice", message, hint=hint)))
        if missing:
            message = f"a {kind} table needs a column Result"
            error = CellError("table-column-missing", message, hint=hint)
            found.append((self._header[-1], error))
        return found

    def _read_row(self, span: Span) -> Row | None:
        cells = split_row(self._document.source.data, span)
        problem = self._check_count(span, cells)
        if problem:
            self.problems.append(problem)
            return None
        row = RawRow(
            document=self._document,
            span=self._document.trimmed(span),
            place=self._document.place(span.start),
            cells=dict(zip(self._names, cells, strict=True)),
        )
        read: Row | None
        if self._kind is TableKind.RUN:
            read = read_run_row(row)
        else:
            read = read_call_row(row, bound=self._bound)
            if read and read.binds:
                self._bound[read.binds] = read.place.line
        self.problems += row.problems
        return read

    def _check_count(self, span: Span, cells: Sequence[Cell]) -> Problem | None:
        if len(cells) == 1 and not has_bar(self._document.source.data, span):
            return self._document.problem(
                "table-stuck-prose",
                "expected a row with bars; Markdown reads this line as part of the table",
                offset=span.start,
                hint="Put an empty line after the table.",
            )
        wanted, found = len(self._header), len(cells)
        if found == wanted:
            return None
        short = found < wanted
        return self._document.problem(
            "row-too-short" if short else "row-too-long",
            f"expected {wanted} cells, found {found}",
            offset=cells[-1].span.end if short else cells[wanted].span.start,
            hint="Give every column a cell; — means any."
            if short
            else "A bar inside a value is written \\|, in back-ticks too.",
        )


def _unsupported(kind: str) -> CellError:
    return CellError(
        "table-kind-unsupported",
        f"{kind.capitalize()} tables are not supported yet, so these examples would not be run",
        hint="Write them as Call or Run tables, or as prose under another header.",
    )


def _column_name(cell: Cell) -> str:
    return " ".join(cell.text.strip("`*_ ").lower().split())
