"""A log as Markdown: one table, a row an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.exports.markdown_table import escape, render_table
from headwater.exports.printable import make_printable
from headwater.operations.log.describe import describe_entry, name_event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.operations.log.entry import LogEntry
    from headwater.operations.log.read import LogReport

COLUMNS = ("time", "who", "commit", "event", "what", "for", "details")


def render_log_markdown(report: LogReport) -> str:
    """The document, which begins with a heading."""
    return "\n".join(_list_lines(report)) + "\n"


def _list_lines(report: LogReport) -> Iterator[str]:
    yield "# Log"
    yield ""
    yield from render_table(COLUMNS, map(_list_cells, report.entries))
    if report.more:
        yield ""
        yield "There is more; only the newest events are shown."


def _list_cells(entry: LogEntry) -> tuple[str, ...]:
    cells = (
        entry.time.isoformat(),
        f"{entry.author} <{entry.email}>",
        entry.commit,
        name_event(entry),
        entry.ref,
        ", ".join(entry.refs),
        describe_entry(entry),
    )
    return tuple(escape(make_printable(cell)) for cell in cells)
