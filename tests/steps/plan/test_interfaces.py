"""Interfaces follow from rows: names, types, records, classes, errors."""

from __future__ import annotations

import pytest

from tests.steps.plan.builders import draft, read_block, write_spec


@pytest.mark.parametrize(
    ("rows", "signature"),
    [
        ("`f(1)` | `2`", "def f(number: int) -> int: ..."),
        ("`f(1)` | `2`\n`f(1.5)` | `2`", "def f(value: float) -> int: ..."),
        ("`f(1)` | `2`\n`f(3)` | `2.5`", "def f(number: int) -> float: ..."),
        ("`f(1)` | ≈ `0.33`", "def f(number: int) -> float: ..."),
        ('`f("a")` | `/^id-/`', "def f(text: str) -> str: ..."),
        ("`f(true)` | `null`", "def f(flag: bool) -> None: ..."),
        ('`f("a")` | `null`\n`f("b")` | `3`', "def f(text: str) -> int | None: ..."),
        ("`f([1, 2])` | `[]`\n`f([])` | `[1]`", "def f(items: list[int]) -> list[int]: ..."),
        ("`f([[1], [2.5]])` | `true`", "def f(items: list[list[float]]) -> bool: ..."),
        ('`f(1)` | `"a"`\n`f(2)` | `1`', "def f(number: int) -> object: ..."),
        (
            '`f({"a": 1})` | `1`\n`f({"b": 2, "c": 3})` | `5`',
            "def f(values: dict[str, int]) -> int: ...",
        ),
        ("`f({})` | `0`", "def f(values: dict[str, object]) -> int: ..."),
        ("`f(1)` | raises `ValueError`", "def f(number: int) -> object: ..."),
        ("`f(1, 2)` | `3`", "def f(number_1: int, number_2: int) -> int: ..."),
        ("`f(10, rate=4)` | `3`", "def f(number: int, rate: int) -> int: ..."),
        ("`f(10, rate=4)` | `3`\n`f(1, 4)` | `2`", "def f(number: int, rate: int) -> int: ..."),
        (
            "`f(1)` | `2`\n`f(1, 3)` | `2`",
            "def f(number_1: int, number_2: int | None = None) -> int",
        ),
        (
            "`f(b=1)` | `2`\n`f(1, b=3)` | `2`",
            "def f(number: int | None = None, b: int | None = None)",
        ),
        ("`f(1, number=4)` | `3`", "def f(number_1: int, number: int) -> int: ..."),
        ('`f(g(1))` | `true`\n`g(1)` | `["a"]`', "def f(items: list[str]) -> bool: ..."),
    ],
)
def test_types_are_those_of_all_values_in_the_rows(rows: str, signature: str) -> None:
    drafted = draft(write_spec(f"It MUST hold.\n{rows}"))
    assert signature in drafted.text
    assert (drafted.trial.problems, drafted.trial.misfits) == ((), ())


def test_parameters_are_called_what_a_model_says() -> None:
    spec = write_spec("It MUST cost.\n`fee(30, 2.5)` | `5`")
    drafted = draft(spec, {"parameters fee": {"names": ["minutes", "rate"]}})
    assert "def fee(minutes: int, rate: float) -> int: ..." in drafted.text
    assert not any("Parameters" in note for note in drafted.notes)


@pytest.mark.parametrize(
    "names", [["minutes"], ["a", "a"], ["class", "b"], ["A b", "c"], ["_x", "y"]]
)
def test_names_that_there_cannot_be_are_not_taken(names: list[str]) -> None:
    spec = write_spec("It MUST cost.\n`fee(30, 2.5)` | `5`")
    drafted = draft(spec, {"parameters fee": [{"names": names}] * 2})
    assert "def fee(number: int, value: float) -> int: ..." in drafted.text
    assert "Parameters are named by their types alone: fee." in drafted.notes


ENTRY = (
    'It MUST parse.\n`parse("a 1")` | `{"name": "a", "size": 1}`\n'
    '`total([Entry("a", 1), Entry("b", 2)])` | `3`'
)


def test_an_object_is_the_record_whose_constructor_takes_its_values() -> None:
    drafted = draft(write_spec(ENTRY))
    assert read_block(drafted, "C1") == (
        "from dataclasses import dataclass\n\n\n@dataclass(frozen=True)\nclass Entry:\n"
        "    name: str\n    size: int\n\n\ndef parse(text: str) -> Entry: ...\n\n\n"
        "def total(entries: list[Entry]) -> int: ..."
    )
    assert drafted.trial.problems == ()


def test_a_model_says_whether_objects_are_records_and_of_what_name() -> None:
    spec = write_spec('It MUST parse.\n`parse("a 1")` | `{"name": "a", "size": 1}`')
    record = draft(spec, {"record parse": {"kind": "record", "name": "Line"}})
    assert "class Line:\n    name: str\n    size: int" in record.text
    assert "def parse(text: str) -> Line: ..." in record.text
    mapping = draft(spec, {"record parse": {"kind": "mapping", "name": "Line"}})
    assert "def parse(text: str) -> dict[str, object]: ..." in mapping.text


def test_keys_that_are_no_names_make_a_mapping_and_nobody_is_asked() -> None:
    drafted = draft(write_spec('It MUST parse.\n`f(1)` | `{"a b": 1, "c d": "x"}`'))
    assert "-> dict[str, object]: ..." in drafted.text
    assert not any("Objects" in note for note in drafted.notes)


@pytest.mark.parametrize(
    ("kind", "imported"), [("date", "from datetime import date"), ("text", "def due(")]
)
def test_a_text_is_a_date_when_it_looks_like_one_and_a_model_says_so(
    kind: str, imported: str
) -> None:
    spec = write_spec('It MUST be due.\n`due("2026-01-02")` | `3`')
    answers = {"parameters due": {"names": ["day"]}, "meaning day of due": {"kind": kind}}
    block = read_block(draft(spec, answers), "C1")
    assert block.startswith(imported)
    assert f"day: {'date' if kind == 'date' else 'str'}" in block


def test_richer_types_are_given_up_where_rows_do_not_fit_them() -> None:
    """The dates of the first rows are dates; that of the nested list is no day."""
    spec = write_spec('It MUST be due.\n`due("2026-02-30")` | `3`')
    answers = {"parameters due": {"names": ["day"]}, "meaning day of due": {"kind": "date"}}
    drafted = draft(spec, answers)
    assert "def due(day: str) -> int: ..." in drafted.text
    assert "Dates and decimals are taken as texts; examples fit nothing else." in drafted.notes


def test_values_with_members_are_of_a_class() -> None:
    spec = write_spec(
        'It MUST hold money.\n`acct = Account("a", 5)` | —\n`acct.deposit(3)` | `null`\n'
        "`acct.balance` | `8`\n`acct.spend(9)` | raises `Overdrawn`"
    )
    drafted = draft(spec, {"parameters Account": {"names": ["owner", "held"]}})
    assert read_block(drafted, "C1") == (
        "class Overdrawn(Exception): ...\n\n\nclass Account:\n    balance: int\n\n"
        "    def __init__(self, owner: str, held: int) -> None: ...\n\n"
        "    def deposit(self, number: int) -> None: ...\n\n"
        "    def spend(self, number: int) -> object: ..."
    )
    assert (drafted.trial.problems, drafted.trial.misfits) == ((), ())


def test_what_a_function_gives_and_rows_use_is_a_class_of_its_own() -> None:
    spec = write_spec(
        'It MUST hold money.\n`acct = open_account("a")` | —\n`acct.deposit(3)` | `3`'
    )
    drafted = draft(spec)
    assert "def open_account(text: str) -> Acct: ..." in drafted.text
    assert "    def deposit(self, number: int) -> int: ..." in drafted.text
    assert (drafted.trial.problems, drafted.trial.misfits) == ((), ())
