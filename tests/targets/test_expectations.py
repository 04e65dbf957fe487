"""How emitted tests compare results: the JSON form of Python values."""

from __future__ import annotations

import datetime as dt
import enum
import math
import uuid
from collections import OrderedDict, UserDict, deque
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.targets.python.emitted.expectations import (
    ANYTHING,
    matching,
    near,
    number,
    raises,
    same,
)
from headwater.targets.python.emitted.expectations import (
    given as given_arguments,
)
from headwater.targets.python.emitted.forms import json_form, show

if TYPE_CHECKING:
    from collections.abc import Iterator


class Colour(enum.Enum):
    RED = "red"


class Size(enum.IntEnum):
    SMALL = 1


@dataclass
class Entry:
    id: str
    n: object


class Point(NamedTuple):
    x: int
    y: float


class Thing:
    def __init__(self) -> None:
        self.id = "a"
        self._hidden = 1


class Whole:
    def __float__(self) -> float:
        return 2.0


class Bare:
    def __float__(self) -> float:
        raise ValueError


UTC = dt.UTC
NAIVE = dt.datetime.fromisoformat("2026-01-02T00:00:00")


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (1, 1),
        (1, 1.0),
        (1.0, 1.0),
        (1.0, number(1)),
        (1, number(1)),
        (0.1 + 0.2, 0.1 + 0.2),
        (Decimal("1.50"), Decimal("1.5")),
        (Decimal("1.50"), 1.5),
        (Decimal("1.50"), "1.50"),
        (Fraction(1, 2), 0.5),
        (Fraction(1, 3), "1/3"),
        (Whole(), 2.0),
        (True, True),
        (None, None),
        ("a", "a"),
        (b"ab", "ab"),
        (b"\xff", "/w=="),
        (Colour.RED, "red"),
        (Colour.RED, "RED"),
        (Size.SMALL, 1),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (dt.time(1, 2), "01:02:00"),
        (dt.datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02T00:00:00Z"),
        (dt.datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02T01:00:00+01:00"),
        (dt.timedelta(minutes=1), number(60)),
        (dt.timedelta(seconds=1.5), 1.5),
        (uuid.UUID(int=0), "00000000-0000-0000-0000-000000000000"),
        (Path("a/b"), "a/b"),
        ([1, [2]], [1, [2]]),
        ((1, 2), [1, 2]),
        (deque([1]), [1]),
        (range(3), [0, 1, 2]),
        ({2, 1, 10}, [10, 1, 2]),
        (frozenset({"b", "a"}), ["b", "a"]),
        ({1.0}, [number(1)]),
        ({"a": 1}, {"a": 1}),
        ({1: "a", None: 2}, {"1": "a", "null": 2}),
        ({Colour.RED: 1, dt.date(2026, 1, 2): 2}, {"red": 1, "2026-01-02": 2}),
        (OrderedDict(b=1, a=2), {"a": 2, "b": 1}),
        (UserDict({"a": 1}), {"a": 1}),
        (Entry("a", Decimal("1.0")), {"id": "a", "n": Decimal(1)}),
        (Point(1, 2.0), {"x": 1, "y": 2.0}),
        (Point(1, 2.0), [1, 2.0]),
        (Thing(), {"id": "a"}),
        ([Entry("a", [Colour.RED])], [{"id": "a", "n": ["red"]}]),
        (object(), ANYTHING),
        (0.33334, near("0.3333", "0.00005")),
        (1, near("1", "0")),
        (Decimal("0.5"), near("0.5", "0")),
        ("axc", matching("^a.c$")),
        (Colour.RED, matching("re")),
        (Decimal("1.5"), matching(r"1\.5")),
    ],
)
def test_these_are_the_same(actual: object, expected: object) -> None:
    assert same(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (True, 1),
        (1, True),
        (False, 0.0),
        (True, number(1)),
        (1.0, 1),
        (Decimal(1), 1),
        (None, False),
        ("1", 1),
        (1, "1"),
        (math.nan, math.nan),
        (math.inf, 1.0),
        (Decimal("1.50"), "1.5"),
        (Decimal("NaN"), 1.0),
        ("a", "b"),
        (b"ab", "ac"),
        (Colour.RED, "blue"),
        (NAIVE, "2026-01-02T00:00:00Z"),
        (NAIVE, "today"),
        ([1, 2], [1]),
        ([1], [2]),
        ("ab", ["a", "b"]),
        ([1], {"0": 1}),
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": 1, "b": 2}, {"a": 1}),
        ({"a": True}, {"a": 1}),
        ({1, 2}, [1, 2, 3]),
        ({1, 2}, "12"),
        (Entry, {"id": "a"}),
        (object(), {}),
        (Bare(), 1.0),
        (math.nan, near("0", "100")),
        (None, near("0", "100")),
        (True, near("1", "1")),
        ("0", near("0", "1")),
        ("abc", matching("^b")),
        (1, matching("1")),
        (None, matching("")),
    ],
)
def test_these_are_not(actual: object, expected: object) -> None:
    assert not same(actual, expected)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_json_is_its_own_form(value: object) -> None:
    assert json_form(value) == value
    assert same(value, value)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ('a"é\n', '"a\\"é\\n"'),
        ([1, "a", None, True], '[1, "a", None, True]'),
        ((1,), "(1,)"),
        (("a", 2), '("a", 2)'),
        ({"a": ["b"]}, '{"a": ["b"]}'),
        (Decimal("1.50"), "Decimal('1.50')"),
        (raises(ValueError, message="no"), 'ValueError("no")'),
        (raises(KeyError, OSError), "KeyError or OSError"),
        (near("1", "0.5"), "1 ± 0.5"),
        (matching("a"), "a match of /a/"),
        (number(1), "1"),
        (ANYTHING, "no error"),
        (given_arguments(1, a=2).named, '{"a": 2}'),
        ("x" * 400, '"' + "x" * 199 + " … " + "x" * 79 + '"'),
    ],
)
def test_values_are_shown_shortly(value: object, shown: str) -> None:
    assert show(value) == shown


def test_an_address_is_not_shown() -> None:
    assert " at 0x" not in show(object())


def test_a_value_that_cannot_show_itself_is_shown_all_the_same() -> None:
    class Broken:
        def __repr__(self) -> str:
            raise ValueError

    assert show(Broken()) == "<Broken whose repr raises ValueError>"


def test_an_endless_iterator_ends() -> None:
    def count() -> Iterator[int]:
        while True:
            yield 1

    assert not same(count(), [1])


def test_a_key_errors_message_may_be_read_without_its_quotes() -> None:
    assert raises(KeyError, message="gone").accepts(KeyError("gone"))
    assert raises(KeyError, message="'gone'").accepts(KeyError("gone"))
    assert not raises(KeyError, message="gone").accepts(KeyError("gone", 1))
    assert not raises(ValueError).accepts(KeyError("gone"))


def test_expectations_keep_what_they_were_given() -> None:
    found: Any = given_arguments(1, b=2)
    assert (found.arguments, found.named) == ((1,), {"b": 2})
