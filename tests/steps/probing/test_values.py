"""Values near a value."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.steps.probing.pool import Pool
from headwater.steps.probing.values import vary_value

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(-100, 100, places=2)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("value", "near"),
    [
        (5, [6, 4, 0, 99, 100, 98, -5, 1, -1, 10]),
        (True, [False]),
        (None, []),
        (Decimal("1.5"), [Decimal("2.5"), Decimal("0.5"), 0, 99, 100, 98, Decimal("-1.5")]),
        ("ab", ["", "eur", "a", "b", "abb", "AB", " ab", "ab ", "ba", "abab"]),
        ("aB c", ["", "eur", "aB ", "B c", "aB cc", "AB C", "ab c"]),
        ("", ["eur", "a", " "]),
        ([], []),
        ({}, []),
        ({"a": True}, [{"a": False}]),
    ],
)
def test_near_values(value: object, near: list[object]) -> None:
    found = list(vary_value(value, pool=Pool(numbers=(99,), texts=("eur",))))
    assert found[: len(near)] == near
    if not near:
        assert found == []


def test_arrays_grow_and_shrink_and_their_elements_are_varied_one_by_one() -> None:
    found = list(vary_value([1, 2], pool=Pool()))
    assert found[:6] == [[], [1], [2], [2, 1], [1, 2, 1, 2], [1, 2, 2]]
    assert found[6:9] == [[2, 2], [1, 3], [0, 2]]


def test_parts_of_objects_take_turns() -> None:
    found = vary_value({"a": 5, "b": True}, pool=Pool())
    assert list(islice(found, 3)) == [
        {"a": 6, "b": True},
        {"a": 5, "b": False},
        {"a": 4, "b": True},
    ]


def test_numbers_inside_of_texts_keep_their_width() -> None:
    found = set(vary_value("1:05", pool=Pool(numbers=(59,))))

    assert {"1:59", "2:05", "1:04", "1:06"} <= found
    assert not {"1:4", "1:060"} & found
    assert not [one for one in found if "-" in str(one)]


def test_runs_of_spaces_go_and_double() -> None:
    assert {"ab", "a  b"} <= set(vary_value("a b", pool=Pool()))


@pytest.mark.parametrize("value", [0, Decimal("0.0"), [3], {"a": 7}])
def test_what_is_below_zero_is_tried_only_where_that_is_asked_for(value: object) -> None:
    def list_signs(pool: Pool) -> list[str]:
        return [str(one) for one in vary_value(value, pool=pool) if "-" in str(one)]

    assert list_signs(Pool()) != []
    assert list_signs(Pool(numbers=(0,), below_zero=False)) == []


def test_what_is_below_zero_varies_below_zero() -> None:
    assert -2 in vary_value(-1, pool=Pool(below_zero=False))


@given(JSON)
def test_no_value_is_near_itself(value: object) -> None:
    assert all(other != value for other in vary_value(value, pool=Pool()))


@given(JSON)
def test_values_stay_of_their_kind(value: object) -> None:
    for other in vary_value(value, pool=Pool(numbers=(15, Decimal("1.5")))):
        assert isinstance(other, Decimal | int) == isinstance(value, Decimal | int)
        assert isinstance(other, bool) == isinstance(value, bool)
        assert isinstance(other, str | list | dict) == isinstance(value, str | list | dict)
