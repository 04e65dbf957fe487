"""A trace as one HTML file that needs nothing else: no script, no style sheet, no network."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from headwater.exports.printable import make_printable
from headwater.exports.trace_cells import list_columns, list_rows
from headwater.graph.trace import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.operations.tracing.trace_report import TracedItem, TraceReport

# Contrast of text is 7:1 or more on both grounds (WCAG 2.2, 1.4.6); the word tells, not the colour.
_STYLE = """\
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0 2rem; width: 100%; }
caption { font-weight: bold; padding: .5rem 0; text-align: left; }
th, td { border-bottom: 1px solid #8888; padding: .4rem .6rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
thead th { background: Canvas; position: sticky; top: 0; }
tbody th { white-space: nowrap; }
ul { list-style: none; margin: 0; padding: 0; }
.wide { overflow-x: auto; }
.unimplemented, .untested { background: #c621; }
.pending { background: #ca01; }
.verified { background: #2a41; }
table.counts { width: auto; }
"""
# Nothing may be loaded or run, whatever the documents hold.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render_html(report: TraceReport) -> str:
    """The document."""
    return "\n".join(_list_lines(report)) + "\n"


def _list_lines(report: TraceReport) -> Iterator[str]:
    title = f"Trace of {_show(report.ref)}" if report.ref else "Trace"
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield f"<title>{title}</title>"
    yield f"<style>\n{_STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield "<main>"
    yield f"<h1>{title}</h1>"
    yield from _list_counts(report)
    yield from _list_items(report)
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _list_counts(report: TraceReport) -> Iterator[str]:
    total = len(report.items)
    yield '<table class="counts">'
    yield "<caption>Coverage</caption>"
    yield '<thead><tr><th scope="col">coverage</th><th scope="col">items</th>'
    yield '<th scope="col">share</th></tr></thead>'
    yield "<tbody>"
    for coverage in Coverage:
        number = report.count(coverage)
        share = f"{number / total:.0%}" if total else "—"
        yield (
            f'<tr class="{coverage.name.lower()}"><th scope="row">{coverage.value}</th>'
            f"<td>{number}</td><td>{share}</td></tr>"
        )
    yield "</tbody>"
    yield f'<tfoot><tr><th scope="row">all</th><td>{total}</td><td></td></tr></tfoot>'
    yield "</table>"


def _list_items(report: TraceReport) -> Iterator[str]:
    yield '<div class="wide">'
    yield "<table>"
    yield "<caption>Requirements and scenarios, uncovered ones first</caption>"
    header = "".join(f'<th scope="col">{column}</th>' for column in list_columns(report))
    yield f"<thead><tr>{header}</tr></thead>"
    yield "<tbody>"
    yield from (_render_item(item, cells) for item, cells in list_rows(report))
    yield "</tbody>"
    yield "</table>"
    yield "</div>"


def _render_item(item: TracedItem, row: tuple[tuple[str, ...], ...]) -> str:
    (ref,), *others = row
    cells = "".join(f"<td>{_render_cell(cell)}</td>" for cell in others)
    return (
        f'<tr id="{escape(ref)}" class="{item.coverage.name.lower()}">'
        f'<th scope="row">{escape(ref)}</th>{cells}</tr>'
    )


def _render_cell(cell: tuple[str, ...]) -> str:
    if len(cell) == 1:
        return escape(cell[0])
    entries = "".join(f"<li>{escape(entry)}</li>" for entry in cell)
    return f"<ul>{entries}</ul>" if entries else "—"


def _show(text: str) -> str:
    return escape(make_printable(text))
