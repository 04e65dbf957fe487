"""Examples as a doctest session, for prompts."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.targets.builders import TARGET, by_ref, component, units_of

HEADER = "| Call | Result |\n| --- | --- |\n"
BANK = component(
    dedent(
        """\
        from dataclasses import dataclass
        from decimal import Decimal

        class Overdrawn(ValueError): ...

        @dataclass
        class Entry:
            day: str
            amount: Decimal

        class Account:
            def __init__(self, name: str) -> None: ...
            def deposit(self, amount: Decimal) -> Decimal: ...

        def total(entries: list[Entry]) -> Decimal: ...
        def check(text: str) -> bool: ...
        def ratio(a: float, b: float) -> float: ...
        def find(text: str) -> Entry: ...
        """
    ),
    path="src/bank.py",
    commands={"bank": ("python", "-m", "bank")},
)


def session(rows: str, header: str = HEADER) -> str:
    return TARGET.render_examples(units_of(f"{header}{rows}\n", BANK), components=by_ref(BANK))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('`check("a")` | `true`', '>>> check("a")\nTrue'),
        ('`check("a")` | `null`', '>>> check("a")\nNone'),
        ("`ratio(1, b=3)` | ≈ `0.333`", ">>> ratio(1.0, b=3.0)\n0.333"),
        ('`find("a")` | `{"day": "m", "amount": "1.5"}`', None),
        (
            "`total([])` | raises `Overdrawn`",
            ">>> total([])\nTraceback (most recent call last):\nOverdrawn",
        ),
        (
            '`check("")` | raises `ValueError` `"is empty"`',
            '>>> check("")\nTraceback (most recent call last):\nValueError: is empty',
        ),
        (
            '`check("")` | raises `not_found`',
            '>>> check("")\nTraceback (most recent call last):\nLookupError',
        ),
        ('`check("a")` | `/^t.*/`', '>>> check("a")\n# matches /^t.*/'),
        ('`check("a")` | —', '>>> check("a")'),
    ],
)
def test_a_call_is_what_a_person_would_type(row: str, expected: str | None) -> None:
    found = session(f"| {row} |")
    if expected is None:
        assert found.startswith('>>> find("a")\nEntry(day="m", amount=Decimal("1.5"))')
    else:
        assert found == expected


def test_values_take_their_declared_types() -> None:
    found = session('| `total([Entry("m", 1.50)])` | `1.50` |')
    assert found == '>>> total([Entry("m", Decimal("1.50"))])\nDecimal("1.50")'


def test_what_does_not_fit_its_type_stays_as_it_was_written() -> None:
    assert session("| `check(1)` | `true` |") == ">>> check(1)\nTrue"
    assert session('| `ratio(1, 2)` | `"half"` |') == '>>> ratio(1.0, 2.0)\n"half"'


def test_a_sequence_binds_names_and_goes_on() -> None:
    found = session('| `a = Account("x")` | — |\n| `a.deposit(1.5)` | `1.5` |')
    assert found == ('>>> a = Account("x")\n>>> a.deposit(Decimal("1.5"))\nDecimal("1.5")')


def test_commands_are_shown_with_what_they_read_and_print() -> None:
    found = session(
        '| `bank add` | `"1\\n"` | `"ok\\n"` | — | `0` |\n| `bank` | — | — | `/usage/` | `2` |',
        "| Run | Stdin | Stdout | Stderr | Exit |\n| --- | --- | --- | --- | --- |\n",
    )
    assert found == (
        '$ bank add  # standard input: "1\\n"\n# output: "ok\\n"\n# exit code: 0\n'
        "$ bank\n# error output matches /usage/\n# exit code: 2"
    )


def test_without_examples_there_is_nothing() -> None:
    assert TARGET.render_examples((), components=by_ref(BANK)) == ""


def test_names_stay_as_declared_where_two_components_share_one() -> None:
    """The test file tells them apart; the module that is to be written knows only its own."""
    other = component("def ratio(a: float, b: float) -> float: ...", path="src/o.py", number=2)
    units = units_of(f"{HEADER}| `C1.ratio(1, 2)` | `0.5` |", BANK)
    found = TARGET.render_examples(units, components=by_ref(BANK, other))
    assert found == ">>> ratio(1.0, 2.0)\n0.5"
