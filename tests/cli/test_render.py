from __future__ import annotations

import pytest

from headwater.cli.render import align, clean, count, render_problem
from headwater.spec.model import Place, Problem, Severity


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain — text ü 漢字", "plain — text ü 漢字"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("two\nlines\tand\r", "two lines and\\r"),
        ("\u202eright to left", "\\u202eright to left"),
        ("\udcff", "\\udcff"),
        ("no\u00a0break\u3000wide", "no\u00a0break\u3000wide"),
    ],
)
def test_clean_makes_control_characters_visible(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_columns_are_aligned_whatever_their_colour() -> None:
    rows = [("a", "\x1b[32mgreen\x1b[0m", "x"), ("long", "b", "y"), ("only one",)]

    assert align(rows, indent=2).splitlines() == [
        "  a         \x1b[32mgreen\x1b[0m  x",
        "  long      b      y",
        "  only one",
    ]


def test_no_rows_are_no_lines() -> None:
    assert align([]) == ""


@pytest.mark.parametrize(("number", "text"), [(0, "0 tests"), (1, "1 test"), (2, "2 tests")])
def test_counts(number: int, text: str) -> None:
    assert count(number, "test") == text


def test_a_problem_reads_like_a_compiler_s() -> None:
    place = Place(path="specs/001-a/spec.md", line=3, column=5)
    problem = Problem(code="row-too-short", message="expected 2", place=place, hint="Add one.")
    warning = Problem(
        code="x", message="y", place=Place(path="a.md", line=1), severity=Severity.WARNING
    )

    assert render_problem(problem).replace("\x1b[31m", "").replace("\x1b[0m", "") == (
        "specs/001-a/spec.md:3:5: error[row-too-short]: expected 2\n    hint: Add one."
    )
    assert "a.md:1: " in render_problem(warning)
    assert "hint" not in render_problem(warning)
