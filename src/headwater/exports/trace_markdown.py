"""A trace as Markdown: how many items have come to what, then every item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.exports.markdown_table import escape, render_table
from headwater.exports.trace_cells import list_columns, list_rows
from headwater.graph.trace import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.operations.tracing.trace_report import TraceReport


def render_markdown(report: TraceReport) -> str:
    """The document, which begins with a heading."""
    return "\n".join(_list_lines(report)) + "\n"


def _list_lines(report: TraceReport) -> Iterator[str]:
    yield f"# Trace of {escape(report.ref)}" if report.ref else "# Trace"
    yield ""
    yield from render_table(("coverage", "items"), _count_coverage(report))
    yield ""
    rows = (
        tuple("<br>".join(map(escape, cell)) for cell in cells) for _, cells in list_rows(report)
    )
    yield from render_table(list_columns(report), rows)


def _count_coverage(report: TraceReport) -> Iterator[tuple[str, str]]:
    for coverage in Coverage:
        yield coverage.value, str(report.count(coverage))
    yield "all", str(len(report.items))
