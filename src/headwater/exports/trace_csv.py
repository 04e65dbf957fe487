"""A trace as CSV (RFC 4180), one line an item, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from headwater.exports.trace_cells import list_columns, list_rows

if TYPE_CHECKING:
    from headwater.operations.tracing.trace_report import TraceReport

# What spreadsheets take for the beginning of a formula (OWASP, CSV Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def render_csv(report: TraceReport) -> str:
    """The document; lines end with CR LF, several entries of a cell are parted by `; `."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(list_columns(report))
    for _, cells in list_rows(report):
        writer.writerow(_guard("; ".join(cell)) for cell in cells)
    return text.getvalue()


def _guard(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would compute it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
