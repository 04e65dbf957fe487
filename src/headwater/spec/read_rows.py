"""Reads one row of a Call or a Run table from its cells."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from headwater.spec.cell_error import CellError
from headwater.spec.examples import Anything, Attribute, CallRow, Name, RunRow
from headwater.spec.read_expected import read_exit_code, read_expected, read_input, read_output
from headwater.spec.read_expression import read_call

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from headwater.spec.document import Document
    from headwater.spec.model import Place, Problem, Span
    from headwater.spec.table_cells import Cell

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, kw_only=True, slots=True)
class RawRow:
    """A row whose cells were counted, by their columns' names in lower case.

    `problems` takes what is wrong with its cells.
    """

    document: Document
    span: Span
    place: Place
    cells: Mapping[str, Cell]
    problems: list[Problem] = field(default_factory=list)

    @property
    def raw(self) -> tuple[str, ...]:
        """The cells as written."""
        return tuple(cell.raw for cell in self.cells.values())

    def read(self, column: str, parse: Callable[[str], T], *, absent: S) -> T | S:
        """What a cell says; `absent` when there is no such column or it cannot be read."""
        cell = self.cells.get(column)
        if cell is None:
            return absent
        try:
            return parse(cell.text)
        except CellError as error:
            self.problems.append(locate(self.document, cell, error))
            return absent


def locate(document: Document, cell: Cell, error: CellError) -> Problem:
    """The problem that a cell's error is, at the offending character."""
    offset = cell.offset(error.index)
    return document.problem(error.code, error.message, offset=offset, hint=error.hint)


def read_call_row(row: RawRow, *, bound: Mapping[str, int]) -> CallRow | None:
    """Read a row of a Call table; None when it has problems.

    `bound` are the names that earlier rows bind, with their lines.
    """
    unread = ("", Attribute(of=Name(name=""), name=""))
    binds, expression = row.read("call", read_call, absent=unread)
    expected = row.read("result", read_expected, absent=Anything())
    if binds in bound:
        error = CellError(
            "name-bound-twice",
            f"{binds} is bound already, in line {bound[binds]}",
            hint="Choose another name.",
        )
        row.problems.append(locate(row.document, row.cells["call"], error))
    if row.problems:
        return None
    return CallRow(
        cells=row.raw,
        expression=expression,
        expected=expected,
        binds=binds,
        span=row.span,
        place=row.place,
    )


def read_run_row(row: RawRow) -> RunRow | None:
    """Read a row of a Run table; None when it has problems."""
    words = row.read("run", _read_words, absent=())
    stdin = row.read("stdin", read_input, absent="")
    stdout = row.read("stdout", read_output, absent=Anything())
    stderr = row.read("stderr", read_output, absent=Anything())
    exit_code = row.read("exit", read_exit_code, absent=None)
    if row.problems:
        return None
    return RunRow(
        cells=row.raw,
        words=words,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        exit_code=exit_code,
        span=row.span,
        place=row.place,
    )


def _read_words(text: str) -> tuple[str, ...]:
    """The words of a command line, split by the rules of POSIX shells (`shlex`)."""
    try:
        words = tuple(shlex.split(text))
    except ValueError as error:
        message = f"the command line cannot be split into words: {error}"
        hint = "Close every quote, and end with no backslash."
        raise CellError("command-line", message.lower(), hint=hint) from None
    if not words or not words[0]:
        hint = "Write the command and its arguments."
        raise CellError("cell-empty", "expected a command line", hint=hint)
    return words
