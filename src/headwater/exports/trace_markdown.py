"""A trace as Markdown: how many items have come to what, then every item."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.exports.trace_cells import COLUMNS, list_cells
from headwater.graph.trace import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.operations.trace import TraceReport

# Whatever could begin markup, a link, an image or raw HTML; a bar would end the cell.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&$@])")
# GitHub makes links of bare addresses; a sign that is escaped inside them keeps it from that.
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)


def render_markdown(report: TraceReport) -> str:
    """The document, which begins with a heading."""
    return "\n".join(_list_lines(report)) + "\n"


def _list_lines(report: TraceReport) -> Iterator[str]:
    yield f"# Trace of {_escape(report.ref)}" if report.ref else "# Trace"
    yield ""
    yield from _render_table(("coverage", "items"), _count_coverage(report))
    yield ""
    rows = (
        tuple("<br>".join(map(_escape, cell)) for cell in list_cells(item)) for item in report.items
    )
    yield from _render_table(COLUMNS, rows)


def _count_coverage(report: TraceReport) -> Iterator[tuple[str, str]]:
    for coverage in Coverage:
        yield coverage.value, str(report.count(coverage))
    yield "all", str(len(report.items))


def _render_table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = tuple(header)
    yield f"| {' | '.join(names)} |"
    yield "| --- " * len(names) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _escape(text: str) -> str:
    """The text as it is; addresses in it are no links either."""
    return _ADDRESS.sub(r"\\\g<0>", _MARKUP.sub(r"\\\1", text))
