"""The table of checks is current, and made of the checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from headwater.rules.articles.pages import BEGIN, END, render_check_table, renew_check_table
from headwater.rules.articles.registry import RULES

FORMATS = Path(__file__).parents[3] / "docs" / "formats.md"


def test_the_committed_table_is_that_of_the_checks() -> None:
    """`make docs` writes it."""
    text = FORMATS.read_text(encoding="utf-8")
    assert renew_check_table(text, RULES.values()) == text


def test_a_row_tells_arguments_and_which_may_be_left_out() -> None:
    table = render_check_table([RULES["imports.forbidden"], RULES["tests.before_code"]])
    assert "| `imports.forbidden` | `modules`: dotted names; [`handwritten`: `true` judges" in table
    assert "| `tests.before_code` | none | a task that" in table


def test_only_what_stands_between_the_marks_is_renewed() -> None:
    text = renew_check_table(f"# Before\n{BEGIN}\nold\n{END}\nAfter\n", [])
    assert text.startswith(f"# Before\n{BEGIN}\n\n| check |")
    assert text.endswith(f"\n\n{END}\nAfter\n")
    with pytest.raises(ValueError, match="marks"):
        renew_check_table("no marks", [])
