"""Expressions written as cells have them, and read back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.spec.read_expression import read_call, read_json
from headwater.spec.write_expression import write_expression, write_value

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1000, 1000)
    | st.decimals(-100, 100, places=2)
    | st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner),
    max_leaves=6,
)


@given(JSON)
def test_what_is_written_reads_as_it_was(value: object) -> None:
    assert read_json(write_value(value)).value == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1.50"), "1.50"),
        ({"a": [None, True, "ü"]}, '{"a": [null, true, "ü"]}'),
    ],
)
def test_values_as_cells_have_them(value: object, text: str) -> None:
    assert write_value(value) == text


@pytest.mark.parametrize(
    "text",
    [
        "f()",
        "fee(61)",
        'total([Entry("a", 5), Entry("b", amount=-1.50)], rate=2)',
        'C2.at({"k": f(1), "l": [true, null]}, [true, null])',
        "Account(3).balance",
        "Account(3).deposit(5)",
    ],
)
def test_expressions_are_written_as_they_are_read(text: str) -> None:
    assert write_expression(read_call(text)[1]) == text
