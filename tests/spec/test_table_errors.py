"""Every error in an example table is located to its cell, or to the character in it."""

from __future__ import annotations

import pytest

from tests.spec.builders import at, spec_of, spec_with

CALL = "| Call | Result |\n| --- | --- |\n"
RUN = "| Run | Stdin | Stdout | Exit |\n| --- | --- | --- | --- |\n"


@pytest.mark.parametrize(
    ("table", "errors"),
    [
        # Rows counted against their raw bytes.
        (CALL + "| f(1) |", [("row-too-short", 5, 7)]),
        (CALL + "| f(1)", [("row-too-short", 5, 7)]),
        (CALL + "| f(1) | 2 | 3 |", [("row-too-long", 5, 14)]),
        (CALL + '| `f("a|b")` | 2 |', [("row-too-long", 5, 16)]),
        (CALL + "| f(1) | 2 |\nand so on", [("table-stuck-prose", 6, 1)]),
        (CALL + "| f(1) | 2 |\na \\| b", [("table-stuck-prose", 6, 1)]),
        (CALL.strip(), [("table-empty", 3, 3)]),
        # Headers.
        (
            "| Call | Outcome |\n| --- | --- |\n| f(1) | 2 |",
            [("table-column-unknown", 3, 10), ("table-column-missing", 3, 10)],
        ),
        ("| Call |\n| --- |\n| f(1) |", [("table-column-missing", 3, 3)]),
        (
            "| Call | Result | Result |\n| --- | --- | --- |\n| f(1) | 2 | 3 |",
            [("table-column-twice", 3, 19)],
        ),
        ("| Run | |\n| --- | --- |\n| w | 2 |", [("table-column-unknown", 3, 8)]),
        # Calls, located at the offending character.
        (CALL + "| | 2 |", [("expression", 5, 2)]),
        (CALL + "| 5 | 2 |", [("call-expected", 5, 3)]),
        (CALL + "| `a = b` | 2 |", [("call-expected", 5, 8)]),
        (CALL + "| `f` | 2 |", [("call-expected", 5, 4)]),
        (CALL + "| `f(1` | 2 |", [("expression", 5, 7)]),
        (CALL + "| `f(1,)` | 2 |", [("expression", 5, 8)]),
        (CALL + "| `f(1 2)` | 2 |", [("expression", 5, 8)]),
        (CALL + "| `f(1)(2)` | 2 |", [("expression", 5, 8)]),
        (CALL + "| `f(1) g` | 2 |", [("expression", 5, 9)]),
        (CALL + "| `f(a.)` | 2 |", [("expression", 5, 8)]),
        (CALL + '| `"a".upper()` | 2 |', [("expression", 5, 7)]),
        (CALL + "| `C2.f` | 2 |", [("expression", 5, 8)]),
        (CALL + "| `f(a=1, 2)` | 2 |", [("expression", 5, 11)]),
        (CALL + "| `f(a=1, a=2)` | 2 |", [("argument-twice", 5, 11)]),
        (CALL + "| `f({1: 2})` | 2 |", [("expression", 5, 7)]),
        (CALL + '| `f({"é": 1, "é": 2})` | 2 |', [("key-twice", 5, 15)]),
        (CALL + '| `f({"a" 1})` | 2 |', [("expression", 5, 11)]),
        (CALL + '| `f({"a": 1` | 2 |', [("expression", 5, 13)]),
        (CALL + "| `f({` | 2 |", [("expression", 5, 7)]),
        (CALL + "| `f('a')` | 2 |", [("string-quotes", 5, 6)]),
        (CALL + "| `f(“a”)` | 2 |", [("string-quotes", 5, 6)]),
        (CALL + '| `f("a)` | 2 |', [("string-not-closed", 5, 6)]),
        (CALL + '| `f("\\|\\|", "\\q")` | 2 |', [("string-escape", 5, 15)]),
        (CALL + '| `f("\\ud800")` | 2 |', [("string-surrogate", 5, 6)]),
        (CALL + "| `f(01)` | 2 |", [("number", 5, 6)]),
        (CALL + "| `f(1.)` | 2 |", [("number", 5, 6)]),
        (CALL + "| `f(.5)` | 2 |", [("expression", 5, 6)]),
        (CALL + "| `f(+1)` | 2 |", [("number", 5, 6)]),
        (CALL + "| `f(1_000)` | 2 |", [("number", 5, 6)]),
        (CALL + "| `f(1e999)` | 2 |", [("number-not-finite", 5, 6)]),
        (CALL + f"| `f({'9' * 1001})` | 2 |", [("number-not-finite", 5, 6)]),
        (CALL + "| `f(NaN)` | 2 |", [("value-foreign", 5, 6)]),
        (CALL + "| `f(-Infinity)` | 2 |", [("number", 5, 6)]),
        (CALL + "| `f(True)` | 2 |", [("value-foreign", 5, 6)]),
        (CALL + "| `f(a & b)` | 2 |", [("unexpected", 5, 8)]),
        (CALL + "| a = `f()` | 2 |", [("unexpected", 5, 7)]),
        (CALL + f"| `f({'[' * 60})` | 2 |", [("expression-too-deep", 5, 55)]),
        (CALL + "| `a = f()` | — |\n| `a = g()` | — |", [("name-bound-twice", 6, 4)]),
        (CALL + "| `true = f()` | — |", [("name-reserved", 5, 4)]),
        (CALL + "| `C1 = f()` | — |", [("name-reserved", 5, 4)]),
        # Results.
        (CALL + "| f(1) | |", [("cell-empty", 5, 9)]),
        (CALL + "| f(1) | ``|", [("unexpected", 5, 10)]),
        (CALL + "| f(1) | two |", [("value-expected", 5, 10)]),
        (CALL + "| f(1) | [g()] |", [("value-expected", 5, 10)]),
        (CALL + "| f(1) | 1 2 |", [("expression", 5, 12)]),
        (CALL + "| f(1) | raises |", [("raises", 5, 16)]),
        (CALL + "| f(1) | raises `A` 5 |", [("raises", 5, 21)]),
        (CALL + "| f(1) | raises `A` because |", [("value-expected", 5, 21)]),
        (CALL + '| f(1) | raises `A` "a\\q" |', [("string-escape", 5, 23)]),
        (CALL + "| f(1) | ≈ |", [("approximation", 5, 10)]),
        (CALL + "| f(1) | ≈ one |", [("approximation", 5, 11)]),
        (CALL + "| f(1) | ≈ 1 ± -1 |", [("approximation", 5, 16)]),
        (CALL + "| f(1) | ≈ 1e999 |", [("number-not-finite", 5, 12)]),
        (CALL + "| f(1) | // |", [("pattern", 5, 11)]),
        (CALL + "| f(1) | /a |", [("pattern", 5, 11)]),
        (CALL + "| f( | raises |", [("expression", 5, 5), ("raises", 5, 14)]),
        # Commands.
        (RUN + '| w "x | — | — | 0 |', [("command-line", 5, 3)]),
        (RUN + "| | — | — | 0 |", [("cell-empty", 5, 2)]),
        (RUN + '| "" | — | — | 0 |', [("cell-empty", 5, 3)]),
        (RUN + "| w | /x/ | — | 0 |", [("text-expected", 5, 7)]),
        (RUN + "| w | — | 5 | 0 |", [("text-expected", 5, 11)]),
        (RUN + "| w | — | | 0 |", [("cell-empty", 5, 10)]),
        (RUN + "| w | — | — | 256 |", [("exit-code", 5, 15)]),
        (RUN + "| w | — | — | true |", [("exit-code", 5, 15)]),
        (RUN + "| w | — | — | |", [("cell-empty", 5, 14)]),
    ],
)
def test_every_error_is_located(table: str, errors: list[tuple[str, int, int]]) -> None:
    """The place is the cell's, or the offending character's inside it; the row is left out."""
    spec = spec_with(table)
    assert [at(p) for p in spec.problems] == errors
    assert all(p.message for p in spec.problems)
    for each in spec.requirements[0].tables:
        assert each.problems == spec.problems
        bad = {line for _, line, _ in errors}
        assert not bad & {row.place.line for row in each.rows}


def test_good_rows_beside_bad_ones_are_read() -> None:
    spec = spec_with(CALL + "| f(1) | 2 |\n| f( | 3 |\n| f(3) | 4 |")
    [table] = spec.requirements[0].tables
    assert [row.place.line for row in table.rows] == [5, 7]
    assert len(table.problems) == 1


def test_a_column_counts_characters_not_bytes() -> None:
    spec = spec_of(
        '- **FR-001**: a\n\n  | Call | Result |\n  | --- | --- |\n  | `f("éé", ?)` | 2 |\n'
    )
    assert [at(p) for p in spec.problems] == [("unexpected", 5, 14)]
