"""Values near a value, and the pool of those that a difference is about."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.steps.probing.values import Pool, gather_pool, vary_value, write_json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
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
        ("ab", ["", "eur", "abab", "AB", "ba", "b", "a", " ab", "ab "]),
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


def test_elements_of_arrays_are_varied_one_by_one() -> None:
    found = list(vary_value([1, 2], pool=Pool()))
    assert found[:4] == [[], [1], [2], [2, 1]]
    assert [2, 2] in found
    assert [1, 3] in found


@given(JSON)
def test_no_value_is_near_itself(value: object) -> None:
    assert all(other != value for other in vary_value(value, pool=Pool()))


def test_the_pool_holds_what_stands_in_lines_that_differ() -> None:
    before = 'def fee(n):\n    if n > 7:\n        return "low"\n    return 3\n'
    now = 'def fee(n):\n    if n > 19.5:\n        return "high"\n    return 3\n'
    assert gather_pool(before, now) == Pool(numbers=(7, Decimal("19.5")), texts=("low", "high"))
    assert gather_pool(before, before) == Pool()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1.50"), "1.50"),
        ({"a": [None, True, "ü"]}, '{"a": [null, true, "ü"]}'),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_values_as_cells_have_them(value: object, text: str) -> None:
    assert write_json(value) == text
