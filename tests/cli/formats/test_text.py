from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.cli.formats.choose import load_format
from headwater.cli.formats.excerpt import list_excerpt_lines
from headwater.cli.width import measure
from tests.cli.formats.samples import FINDINGS, STALE, make_checked, make_problem

if TYPE_CHECKING:
    from headwater.cli.formats.interface import Checked

CHARACTERS = st.sampled_from("ab 漢字ｗé\t́\x1b\u202e—|")


def show(excerpt: str, column: int = 0, *, width: int = 60) -> list[str]:
    problem = make_problem(line=7, column=column, excerpt=excerpt)
    return [click.unstyle(line) for line in list_excerpt_lines(problem, width=width, colour="red")]


def render(name: str, checked: Checked) -> str:
    return click.unstyle(load_format(name)(checked))


@pytest.mark.parametrize(
    ("excerpt", "column", "expected"),
    [
        ("a quick brown fox", 3, [" 7 | a quick brown fox", "   |   ^"]),
        ("漢字 quick", 4, [" 7 | 漢字 quick", "   |      ^"]),
        ("a\tquick", 3, [" 7 | a   quick", "   |     ^"]),
        ("\t\tquick", 2, [" 7 |         quick", "   |     ^"]),
        ("cafe\u0301 quick", 7, [" 7 | cafe\u0301 quick", "   |      ^"]),
        ("a\x1b[2Jb", 6, [" 7 | a\\x1b[2Jb", "   |         ^"]),
        ("at the end", 11, [" 7 | at the end", "   |           ^"]),
        ("past the end", 99, [" 7 | past the end", "   |             ^"]),
        ("the whole line", 0, [" 7 | the whole line"]),
        ("   ", 1, []),
        ("", 1, []),
    ],
)
def test_a_caret_stands_under_the_place(excerpt: str, column: int, expected: list[str]) -> None:
    assert show(excerpt, column) == expected


def test_a_long_line_is_cut_around_its_place() -> None:
    line = "start " + "x" * 200 + " HERE " + "y" * 200

    shown, caret = show(line, line.index("HERE") + 1)

    assert shown.startswith(" 7 | …x")
    assert shown.endswith("y…")
    assert shown[caret.index("^") :].startswith("HERE")
    assert measure(shown) <= 60


@given(st.text(CHARACTERS, max_size=120), st.integers(1, 121), st.integers(50, 90))
def test_nothing_is_wider_than_the_terminal(excerpt: str, column: int, width: int) -> None:
    for line in show(excerpt, column, width=width):
        assert measure(line) <= width
        assert line.isprintable() or "\u0301" in line


@given(st.text(CHARACTERS, max_size=60), st.text(CHARACTERS, max_size=60))
def test_the_caret_is_below_the_sign_at_the_place(before: str, after: str) -> None:
    shown, caret = show(f"{before}X{after}", len(before) + 1)

    columns = caret.index("^")
    found = next(number for number in range(len(shown)) if measure(shown[:number]) == columns)
    assert shown[found:].lstrip("\u0301").startswith("X")


def test_a_rule_that_finds_much_does_not_hide_the_others() -> None:
    many = [make_problem(line=number, message="much") for number in range(1, 8)]
    checked = replace(
        make_checked(*many, make_problem("rare-rule", line=9), unsettled=(STALE,) * 5), limit=3
    )

    for name in ("text", "concise"):
        text = render(name, checked)
        assert text.count("error[sample-rule]") == 3
        assert text.count("error[rare-rule]") == 1
        assert text.count("001/C1 is stale") == 3
        assert "not shown: 4 sample-rule, 2 not fresh (`--max-findings 0` shows all)" in text
        assert "by rule: sample-rule 7, rare-rule 1\n" in text
        assert "8 errors" in text


@pytest.mark.parametrize("name", ["text", "concise"])
def test_no_limit_shows_all(name: str) -> None:
    checked = replace(make_checked(*(make_problem(line=n) for n in range(1, 80))), limit=0)

    text = render(name, checked)

    assert text.count("error[sample-rule]") == 79
    assert "not shown" not in text


def test_concise_is_one_line_a_finding() -> None:
    lines = render("concise", make_checked(*FINDINGS)).splitlines()

    assert len(lines) == len(FINDINGS) + 2
    assert all(": error[" in line or ": warning[" in line for line in lines[:-2])


def test_the_width_is_the_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = make_checked(make_problem(excerpt="x" * 500, column=1))
    monkeypatch.setenv("COLUMNS", "70")

    lines = render("text", checked).splitlines()

    assert max(map(measure, lines)) == 70
