"""JSON values as the types that an interface declares, seen in the emitted rows."""

from __future__ import annotations

import ast

import pytest

from headwater.errors import HeadwaterError
from tests.targets.builders import SPEC, component, emit

TYPES = """\
import datetime as dt
from collections.abc import Awaitable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum, auto
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Callable, Dict, List, Literal, NamedTuple, NewType, Optional
from typing import TypeAlias, TypedDict, Union
from uuid import UUID

Money = Decimal
Matrix = list[list[float]]
Alias: TypeAlias = "list[Money]"
Odd = NewType("Odd")
Ring = Chain
Chain = Ring
Call = Callable[[int], int]
UserId = NewType("UserId", str)

class Colour(Enum):
    RED = "red"
    GREEN = "green"

class Size(IntEnum):
    SMALL = 1
    LARGE = 2

class Mode(Enum):
    FAST = auto()

@dataclass
class Entry:
    id: str
    amount: Decimal = Decimal(0)
    tags: list[str] = field(default_factory=list)
    cache: dict = field(default_factory=dict, init=False)

@dataclass
class Dated(Entry):
    on: date = date(2000, 1, 1)

class Point(NamedTuple):
    x: int
    y: float

class Options(TypedDict, total=False):
    limit: Decimal

class Account:
    def __init__(self, id: str, *, limit: Decimal) -> None: ...

class Opaque: ...
"""


def argument(annotation: str, value: str) -> str:
    """What the emitted test passes for a parameter of this type."""
    item = component(f"{TYPES}\ndef f(value: {annotation}) -> None: ...\n")
    text = emit(f"| Call | Result |\n| --- | --- |\n| `f({value})` | — |\n", item).text
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.param":
            return ast.unparse(node.args[0])[1:-2]
        if isinstance(node, ast.Lambda):
            return ast.unparse(node.body)[2:-1]
    raise AssertionError(text)


def expected(annotation: str, value: str) -> str:
    """What the emitted test compares a result of this type with."""
    item = component(f"{TYPES}\ndef f() -> {annotation}: ...\n")
    text = emit(f"| Call | Result |\n| --- | --- |\n| `f()` | `{value}` |\n", item).text
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.param":
            return ast.unparse(node.args[1])
    raise AssertionError(text)


@pytest.mark.parametrize(
    ("annotation", "value", "written"),
    [
        ("int", "4", "4"),
        ("float", "4", "4.0"),
        ("float", "1.50", "1.5"),
        ("float", "1e3", "1000.0"),
        ("bool", "true", "True"),
        ("str", r'"a\"b\n\u0007é"', "'a\"b\\n\\x07é'"),
        ("None", "null", "None"),
        ("bytes", '"ab"', "b'ab'"),
        ("bytes", '"é"', r"b'\xc3\xa9'"),
        ("bytearray", '"ab"', "bytearray(b'ab')"),
        ("Decimal", "1.50", "Decimal('1.50')"),
        ("Decimal", '"1.50"', "Decimal('1.50')"),
        ("Decimal", "3", "Decimal('3')"),
        ("Money", "3", "Decimal('3')"),
        ("Fraction", '"1/3"', "Fraction('1/3')"),
        (
            "UUID",
            '"12345678-1234-5678-1234-567812345678"',
            "UUID('12345678-1234-5678-1234-567812345678')",
        ),
        ("UserId", '"u-1"', "'u-1'"),
        ("Path", '"a/b"', "Path('a/b')"),
        ("date", '"2026-01-02"', "date.fromisoformat('2026-01-02')"),
        ("dt.date", '"2026-01-02"', "date.fromisoformat('2026-01-02')"),
        ("time", '"10:11:12"', "time.fromisoformat('10:11:12')"),
        ("datetime", '"2026-01-02T03:04:05Z"', "datetime.fromisoformat('2026-01-02T03:04:05Z')"),
        ("timedelta", "90", "timedelta(seconds=90)"),
        ("timedelta", "1.5", "timedelta(seconds=1.5)"),
        ("list[int]", "[1, 2]", "[1, 2]"),
        ("List[Decimal]", "[1]", "[Decimal('1')]"),
        ("Sequence[float]", "[1]", "[1.0]"),
        ("Matrix", "[[1]]", "[[1.0]]"),
        ("Iterator[int]", "[1]", "iter([1])"),
        ("Alias", "[1]", "[Decimal('1')]"),
        ("Annotated[Decimal, 'money']", "1", "Decimal('1')"),
        ("Odd", "1", "1"),
        ("Ring", "1", "1"),
        ("Call", "1", "1"),
        ("'not a type'", "1", "1"),
        ("1.5", "1", "1"),
        ("Entry[int]", '{"id": "a"}', "Entry(id='a')"),
        ("Matrix[int]", "[1]", "[1]"),
        ("tuple[int, str]", '[1, "a"]', "(1, 'a')"),
        ("tuple[Decimal, ...]", "[1]", "(Decimal('1'),)"),
        ("tuple[()]", "[]", "()"),
        ("tuple", "[1]", "(1,)"),
        ("set[int]", "[1, 2]", "{1, 2}"),
        ("set[int]", "[]", "set()"),
        ("frozenset[str]", '["a"]', "frozenset({'a'})"),
        ("frozenset[str]", "[]", "frozenset()"),
        ("dict[str, Decimal]", '{"a": 1}', "{'a': Decimal('1')}"),
        ("Dict[int, str]", '{"1": "a"}', "{1: 'a'}"),
        ("Mapping[date, int]", '{"2026-01-02": 1}', "{date.fromisoformat('2026-01-02'): 1}"),
        ("dict", '{"a": [1]}', "{'a': [1]}"),
        ("Optional[Decimal]", "null", "None"),
        ("Optional[Decimal]", "1", "Decimal('1')"),
        ("int | None", "null", "None"),
        ("Union[int, str]", '"a"', "'a'"),
        ("Decimal | date", '"2026-01-02"', "date.fromisoformat('2026-01-02')"),
        ("'Decimal | None'", "2", "Decimal('2')"),
        ("Literal['a', 'b']", '"b"', "'b'"),
        ("Any", '{"a": 1.50}', "{'a': 1.5}"),
        ("object", "[true]", "[True]"),
        ("Missing", "[1]", "[1]"),
        ("Colour", '"red"', "Colour.RED"),
        ("Colour", '"GREEN"', "Colour.GREEN"),
        ("list[Colour]", '["green"]', "[Colour.GREEN]"),
        ("Size", "2", "Size.LARGE"),
        ("Mode", '"fast"', "Mode.FAST"),
        ("Entry", '{"id": "a", "amount": 1.50}', "Entry(id='a', amount=Decimal('1.50'))"),
        (
            "Dated",
            '{"id": "a", "on": "2026-01-02"}',
            "Dated(id='a', on=date.fromisoformat('2026-01-02'))",
        ),
        ("list[Entry]", '[{"id": "a"}]', "[Entry(id='a')]"),
        ("Point", '{"x": 1, "y": 2}', "Point(x=1, y=2.0)"),
        ("Options", '{"limit": 1}', "{'limit': Decimal('1')}"),
        ("Account", '{"id": "a", "limit": 5}', "Account(id='a', limit=Decimal('5'))"),
    ],
)
def test_a_literal_becomes_the_declared_type(annotation: str, value: str, written: str) -> None:
    assert argument(annotation, value) == written


@pytest.mark.parametrize(
    ("annotation", "value", "reason"),
    [
        ("int", "1.5", "`1.5` is no integer"),
        ("int", "true", "`true` is no integer"),
        ("float", '"1"', '`"1"` is no number'),
        ("bool", "1", "`1` is no boolean"),
        ("str", "1", "`1` is no text"),
        ("None", "1", "`1` is not null"),
        ("bytes", "1", "`1` is no text, from which bytes are made"),
        ("Decimal", '"x"', '`"x"` is no Decimal'),
        ("Fraction", '"1/0"', '`"1/0"` is no Fraction'),
        ("date", '"2026-13-01"', '`"2026-13-01"` is no date'),
        ("timedelta", '"1 h"', '`"1 h"` is no number of seconds'),
        ("list[int]", '["a"]', '`"a"` is no integer'),
        ("list[int]", '{"a": 1}', '`{"a": 1}` is no array'),
        ("dict[str, int]", "[1]", "`[1]` is no object"),
        ("dict[int, int]", '{"a": 1}', '`"a"` is no integer'),
        ("dict[int, int]", '{"null": 1}', '`"null"` is no integer'),
        ("Dated", '{"on": "2026-01-02"}', "`Dated` needs `id`"),
        ("tuple[int, int]", "[1]", "a tuple of 2 is declared, the array has 1"),
        ("int | date", '"x"', '`"x"` is no `int | date`'),
        ("Literal['a']", '"c"', "`\"c\"` is none of 'a'"),
        ("Colour", '"blue"', '`"blue"` is no member of `Colour`: RED, GREEN'),
        ("Entry", '{"id": "a", "x": 1}', "`Entry` has no `x`"),
        ("Entry", "{}", "`Entry` needs `id`"),
        ("Entry", "[1]", "`[1]` is no `Entry`"),
        ("Opaque", '{"id": "a"}', '`{"id": "a"}` is no `Opaque`'),
    ],
)
def test_a_value_that_does_not_fit_is_an_error_at_its_row(
    annotation: str, value: str, reason: str
) -> None:
    with pytest.raises(HeadwaterError) as caught:
        argument(annotation, value)
    assert caught.value.message.startswith(f"{SPEC}:9:1: `f({value})`: {reason}")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("annotation", "value", "written"),
    [
        ("int", "1", "1"),
        ("float", "1", "1.0"),
        ("Any", "1", "number(1)"),
        ("Any", '{"a": [1, 1.5, true, null]}', "{'a': [number(1), 1.5, True, None]}"),
        ("Missing", "1", "number(1)"),
        ("Decimal", "1.50", "Decimal('1.50')"),
        ("Decimal", '"1.50"', "'1.50'"),
        ("timedelta", "90", "number(90)"),
        ("int | None", "1", "1"),
        ("int | float", "1", "number(1)"),
        ("str | int", '"a"', "'a'"),
        ("Optional[str]", "null", "None"),
        ("date", '"2026-01-02"', "'2026-01-02'"),
        ("list[float]", "[1]", "[1.0]"),
        ("set[int]", "[1]", "[1]"),
        ("tuple[int, float]", "[1, 2]", "[1, 2.0]"),
        ("dict[str, float]", '{"a": 1}', "{'a': 1.0}"),
        ("dict", '{"a": 1}', "{'a': number(1)}"),
        ("Colour", '"red"', "'red'"),
        ("Entry", '{"id": "a", "amount": 1}', "{'id': 'a', 'amount': Decimal('1')}"),
        ("Opaque", '{"n": 1}', "{'n': number(1)}"),
        ("Awaitable[int]", "1", "1"),
        ("Coroutine[Any, Any, float]", "1", "1.0"),
        ("Annotated[float, 1]", "1", "1.0"),
        ("Point", "[1, 2]", "[number(1), number(2)]"),
        ("Any", '"a"', "'a'"),
    ],
)
def test_an_expected_value_keeps_to_json_with_the_declared_numbers(
    annotation: str, value: str, written: str
) -> None:
    assert expected(annotation, value) == written


@pytest.mark.parametrize(
    ("annotation", "value", "reason"),
    [
        ("int", '"a"', '`"a"` is no integer, but `int` is declared'),
        ("str", "null", "`null` is no text, but `str` is declared"),
        ("None", "1", "`1` is not null, but `None` is declared"),
        ("list[int]", "[1.5]", "`1.5` is no integer, but `int` is declared"),
        ("int | None", '"a"', '`"a"` is none of the declared `int | None`'),
        ("Colour", '"blue"', '`"blue"` is no member of `Colour`'),
    ],
)
def test_an_expected_value_of_another_type_is_an_error(
    annotation: str, value: str, reason: str
) -> None:
    with pytest.raises(HeadwaterError, match=rf"^{SPEC}:9:1: ") as caught:
        expected(annotation, value)
    assert reason in caught.value.message
