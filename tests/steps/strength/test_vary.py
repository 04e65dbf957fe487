"""Variations of calls: near, of the same kind, and written so that they read as themselves."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.spec.read_expression import read_call, read_json
from headwater.spec.write_expression import write_expression, write_value
from headwater.steps.strength.vary import vary_expression, vary_value

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1000, 1000)
    | st.decimals(-100, 100, places=2)
    | st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner),
    max_leaves=6,
)
CALLS = (
    "fee(61)",
    'total([Entry("shop", 5), Entry("shop", 7)], rate=2)',
    'C2.read({"a": make(1), "b": [true, null]})',
    "Account(3).balance",
)


def vary(text: str, *near: int) -> list[str]:
    """The variations of a call, as they are written."""
    _, call = read_call(text)
    return [write_expression(one) for one in vary_expression(call, near=near)]


@given(JSON)
def test_what_is_written_reads_as_it_was(value: object) -> None:
    assert read_json(write_value(value)).value == value


@pytest.mark.parametrize("text", CALLS)
def test_expressions_are_written_as_they_are_read(text: str) -> None:
    assert write_expression(read_call(text)[1]) == text


@pytest.mark.parametrize("text", CALLS)
def test_every_variation_is_a_call_and_another_one(text: str) -> None:
    found = vary(text)

    assert found
    for other in found:
        assert write_expression(read_call(other)[1]) == other
    assert set(found) != {text}


@given(JSON)
def test_values_stay_of_their_kind(value: object) -> None:
    for other in vary_value(value, near=(15,)):
        assert isinstance(other, Decimal | int) == isinstance(value, Decimal | int)
        assert isinstance(other, bool) == isinstance(value, bool)
        assert isinstance(other, str | list | dict) == isinstance(value, str | list | dict)


def test_numbers_of_the_code_and_their_neighbours_are_tried() -> None:
    assert {"fee(15)", "fee(14)", "fee(16)", "fee(62)", "fee(60)", "fee(0)"} <= set(
        vary("fee(61)", 15)
    )


def test_numbers_inside_of_texts_keep_their_width() -> None:
    found = vary('parse("1:05")', 59)

    assert {'parse("1:59")', 'parse("2:05")', 'parse("1:04")', 'parse("1:060")'} & set(found) == {
        'parse("1:59")',
        'parse("2:05")',
        'parse("1:04")',
    }


def test_what_is_below_zero_is_tried_only_beside_what_is() -> None:
    assert not [one for one in vary("fee(0)") if "-" in one]
    assert "fee(-2)" in vary("fee(-1)")


def test_texts_and_arrays_grow_and_shrink_and_turn_around() -> None:
    assert {'f("")', 'f("a b")', 'f(" ab")', 'f("AB")'} & set(vary('f("ab")')) == {
        'f("")',
        'f(" ab")',
        'f("AB")',
    }
    assert {"f([1])", "f([1, 2, 2])", "f([2, 1])", "f([1, 3])"} <= set(vary("f([1, 2])"))


def test_one_value_changes_at_a_time() -> None:
    assert all("fee(1, " in one or ", 5)" in one for one in vary("fee(1, 5)"))
