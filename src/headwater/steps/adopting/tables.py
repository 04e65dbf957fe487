"""A probe of several rows, or of commands, as an example table with what they came to."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from headwater.spec.examples import CallRow, RunRow
from headwater.spec.write_expression import write_value
from headwater.steps.change.cells import CALL_HEADER, quote_cell, quote_outcome
from headwater.steps.change.subject import NewTable
from headwater.steps.probing.stories import describe_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.spec.examples import Row
    from headwater.steps.probing.probe import Probed
    from headwater.targets.outcome import Outcome, Printed

_OPEN = "—"


def write_table(probed: Probed) -> NewTable:
    """The rows up to the one that shows the difference, with what they come to now.

    Of a row before that one a result that no example can hold is left open.
    """
    rows = probed.unit.rows[: probed.last + 1]
    ran = list(zip(rows, probed.rows_now, strict=False))
    runs = list(_list_runs(ran))
    if runs:
        columns = _choose_columns(runs)
        written = (_write_run(row, printed, columns) for row, printed in runs)
        return NewTable(header=columns, rows=tuple(written))
    calls = ((quote_cell(describe_row(row)), _state(row, told)) for row, told in ran)
    return NewTable(header=CALL_HEADER, rows=tuple(calls))


def _list_runs(ran: Iterable[tuple[Row, Outcome]]) -> Iterator[tuple[RunRow, Printed | None]]:
    for row, told in ran:
        if isinstance(row, RunRow):
            yield row, told.printed


def _state(row: Row, told: Outcome) -> str:
    """The result of a call; what it makes for later rows is left open, whatever it is made of."""
    binds = isinstance(row, CallRow) and row.binds
    return quote_outcome(told) if told.cell and not binds else _OPEN


def _choose_columns(runs: Iterable[tuple[RunRow, Printed | None]]) -> tuple[str, ...]:
    runs = tuple(runs)
    reads = any(row.stdin for row, _ in runs)
    complains = any(printed and printed.stderr for _, printed in runs)
    wanted = {"Stdin": reads, "Stdout": True, "Stderr": complains, "Exit": True}
    return ("Run", *(name for name, shown in wanted.items() if shown))


def _write_run(row: RunRow, printed: Printed | None, columns: Iterable[str]) -> tuple[str, ...]:
    cells = {
        "Run": quote_cell(shlex.join(row.words)),
        "Stdin": quote_cell(write_value(row.stdin)) if row.stdin else _OPEN,
    }
    if printed is not None:
        cells |= {
            "Stdout": quote_cell(write_value(printed.stdout)),
            "Stderr": quote_cell(write_value(printed.stderr)),
            "Exit": quote_cell(str(printed.exit_code)),
        }
    return tuple(cells.get(name, _OPEN) for name in columns)
