"""Traces as CSV, Markdown and HTML: complete, well formed, and harmless whatever they hold."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from typing import TYPE_CHECKING

import pyromark
import pytest

from headwater.exports.printable import make_printable
from headwater.exports.trace_cells import COLUMNS
from headwater.exports.trace_csv import render_csv
from headwater.exports.trace_html import render_html
from headwater.exports.trace_markdown import render_markdown
from tests.exports.reports import EMPTY, HOSTILE, PAID, REPORT

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.operations.tracing.trace_report import TraceReport

RENDERERS = (render_csv, render_html, render_markdown)
VOID = {"meta", "br"}


class Page(HTMLParser):
    """Keeps tags, attributes and text, and checks that tags are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.cells: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name in {"src", "href"}]
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & set(self.open):
            self.cells[-1] += data


def read_csv(report: TraceReport) -> list[list[str]]:
    return list(csv.reader(StringIO(render_csv(report), newline=""), strict=True))


def test_csv_has_a_line_for_every_item() -> None:
    header, lost, paid = read_csv(REPORT)

    assert tuple(header) == COLUMNS
    assert dict(zip(header, paid, strict=True)) == {
        "ref": "001/FR-001",
        "kind": "requirement",
        "coverage": "verified",
        "text": 'It MUST say "yes", and then; no more.',
        "decisions": "001/D1 Whole coins",
        "components": "001/C1 amounts: fresh; 002/C1 summary: stale",
        "tasks": "001/T001 Take payments",
        "files": "src/wallet/amounts.py; src/report/summary.py",
        "tests": "FR-001-1f9a03c2: passed; FR-001-w: not passed as it stands, written by model",
        "place": "specs/001-wallet/spec.md:7:5",
    }
    assert len(lost) == len(COLUMNS)


def test_csv_lines_end_as_rfc_4180_says() -> None:
    text = render_csv(REPORT)

    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n") == 3


def test_csv_gives_a_spreadsheet_nothing_to_compute() -> None:
    cells = [cell for line in read_csv(REPORT) for cell in line]

    assert any(cell.startswith("'=cmd|") for cell in cells)
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]


def test_html_is_one_page_that_loads_and_runs_nothing() -> None:
    page = Page(render_html(REPORT))

    assert page.open == []
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert "default-src 'none'" in render_html(REPORT)
    assert "<script>alert(1)</script>" in " ".join(page.cells)


def test_html_tables_say_what_their_rows_and_columns_are() -> None:
    text = render_html(REPORT)

    assert text.count("<caption>") == text.count("<table") == 2
    header = re.findall(r'<th scope="col">([^<]*)</th>', text)
    assert header == ["coverage", "items", "share", *COLUMNS]
    assert '<th scope="row">001/FR-001</th>' in text
    assert re.search(r'<th scope="row">verified</th><td>1</td><td>50%</td>', text)


def test_markdown_is_two_tables_and_no_markup_of_the_documents() -> None:
    page = Page(pyromark.html(render_markdown(REPORT), options=pyromark.Options.ENABLE_TABLES))

    assert page.tags.count("table") == 2
    assert not {"img", "a", "script", "em"} & set(page.tags)
    assert make_printable(HOSTILE) in page.cells
    assert page.cells.count("001/FR-001") == 1
    rows = page.tags.count("tr")
    assert rows == (1 + 5) + (1 + 2)


def test_markdown_makes_no_links_of_addresses() -> None:
    text = "see https://example.org and WWW.example.org or a@example.org"
    report = replace(REPORT, items=(replace(PAID, text=text),))

    assert r"https\://example.org and WWW\.example.org or a\@example.org" in render_markdown(report)


@pytest.mark.parametrize("render", RENDERERS)
def test_control_characters_reach_no_format(render: Callable[[TraceReport], str]) -> None:
    text = render(REPORT)

    assert not set("\x00\x1b\u202e") & set(text)
    assert text == render(REPORT)


@pytest.mark.parametrize("render", RENDERERS)
def test_an_empty_trace_is_a_document_too(render: Callable[[TraceReport], str]) -> None:
    assert render(EMPTY).strip()
