"""Names that hide what they are computed from, put right or left alone."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from headwater.targets.python.shadowing import undo_shadowing


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            """\
            def total(rows): ...


            def report(rows):
                total = total(rows)
                return f"{total:>5}" + str(total)
            """,
            """\
            def total(rows): ...


            def report(rows):
                total_value = total(rows)
                return f"{total_value:>5}" + str(total_value)
            """,
            id="a function of the module",
        ),
        pytest.param(
            """\
            from ledger import total as sum_up, total


            def report(rows):
                for total in total(rows):
                    print(total, "€", total)
            """,
            """\
            from ledger import total as sum_up, total


            def report(rows):
                for total_value in total(rows):
                    print(total_value, "€", total_value)
            """,
            id="an import",
        ),
        pytest.param(
            """\
            def sum(factors, limit):
                return sum(factor for factor in factors if factor < limit)
            """,
            """\
            import builtins
            def sum(factors, limit):
                return builtins.sum(factor for factor in factors if factor < limit)
            """,
            id="a builtin that the module's own function hides",
        ),
        pytest.param(
            """\
            import builtins

            def max(a, b, c):
                return max([a, b, c])
            """,
            """\
            import builtins

            def max(a, b, c):
                return builtins.max([a, b, c])
            """,
            id="the import is there",
        ),
    ],
)
def test_a_slip_with_one_reading_is_put_right(before: str, after: str) -> None:
    found = undo_shadowing(dedent(before))
    assert found == dedent(after)
    ast.parse(found)
    assert undo_shadowing(found) == found


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("def f(:\n", id="no Python"),
        pytest.param("def f(n):\n    return n\n", id="nothing hidden"),
        pytest.param(
            "def total(n): ...\n\ndef f(n):\n    total = 3\n    return total\n", id="never called"
        ),
        pytest.param(
            "def f(n):\n    total = total(n)\n    return total\n", id="nothing outside is meant"
        ),
        pytest.param(
            "def g(n): ...\n\ndef f(n):\n    def g(n): ...\n    g = g(n)\n    return g\n",
            id="a function inside",
        ),
        pytest.param(
            "def g(n): ...\n\ndef f(n, g_value):\n    g = g(g_value)\n    return g\n",
            id="the new name is taken",
        ),
        pytest.param("def sum(a, b):\n    return sum(a, b)\n", id="a call of its own"),
        pytest.param("def sum(a, *rest):\n    return sum(a, 1, 2)\n", id="any number fits"),
        pytest.param("def sum(a, b=0):\n    return sum(a)\n", id="a default fits"),
        pytest.param("def sum(a, b):\n    return sum(a, b=1)\n", id="by name"),
        pytest.param("def sum(a, b):\n    return sum(*a)\n", id="a star could fit"),
        pytest.param("def sum(a, b):\n    return sum(**a)\n", id="two stars could fit"),
        pytest.param("def sum(a, b):\n    return sum.total(a)\n", id="no plain call"),
    ],
)
def test_what_may_be_meant_is_left(code: str) -> None:
    assert undo_shadowing(code) == code


def test_what_will_be_imported_counts_too() -> None:
    code = "def f(n):\n    double = double(n)\n    return double\n"
    assert undo_shadowing(code) == code
    assert undo_shadowing(code, offered={"double"}) == (
        "def f(n):\n    double_value = double(n)\n    return double_value\n"
    )
