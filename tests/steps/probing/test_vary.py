"""Variations of calls: near, of the same kind, and written so that they read as themselves."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest

from headwater.spec.read_expression import read_call
from headwater.spec.write_expression import write_expression
from headwater.steps.probing.calls import find_function
from headwater.steps.probing.pool import Pool
from headwater.steps.probing.vary import vary_calls, vary_expression

if TYPE_CHECKING:
    from headwater.graph.units import TestUnit
    from headwater.operations.standing.survey import Survey

CALLS = (
    "fee(61)",
    'total([Entry("shop", 5), Entry("shop", 7)], rate=2)',
    'C2.read({"a": make(1), "b": [true, null]})',
    "Account(3).balance",
)


def vary(text: str, *numbers: int) -> list[str]:
    """The variations of a call, as they are written."""
    _, call = read_call(text)
    return [write_expression(one) for one in vary_expression(call, pool=Pool(numbers=numbers))]


@pytest.mark.parametrize("text", CALLS)
def test_every_variation_is_a_call_and_another_one(text: str) -> None:
    found = vary(text)

    assert found
    for other in found:
        assert write_expression(read_call(other)[1]) == other
    assert text not in found


def test_numbers_of_the_code_and_their_neighbours_are_tried() -> None:
    assert {"fee(15)", "fee(14)", "fee(16)", "fee(62)", "fee(60)", "fee(0)"} <= set(
        vary("fee(61)", 15)
    )


def test_arguments_take_turns_and_one_changes_at_a_time() -> None:
    found = vary("fee(1, rate=5)")

    assert found[:4] == ["fee(2, rate=5)", "fee(1, rate=6)", "fee(0, rate=5)", "fee(1, rate=4)"]
    assert all("fee(1, " in one or ", rate=5)" in one for one in found)


def test_arrays_of_calls_grow_and_shrink() -> None:
    assert vary("total([f(1), f(2)])")[:3] == [
        "total([f(1)])",
        "total([f(1), f(2), f(2)])",
        "total([f(2), f(2)])",
    ]


def test_what_a_method_is_called_on_is_varied_too() -> None:
    assert vary("Account(3).deposit(5)")[:2] == ["Account(3).deposit(6)", "Account(4).deposit(5)"]


def list_units(survey: Survey, *names: str) -> list[TestUnit]:
    """The examples that call one of some functions."""
    return [
        unit
        for unit in survey.reading.load_units("001")
        if (row := unit.lone_call) and find_function(row.expression) in names
    ]


def test_examples_are_varied_in_turns_and_none_is_tried_again(survey: Survey) -> None:
    units = list_units(survey, "double", "shout")
    pool = Pool(numbers=(40,))

    found = list(islice(vary_calls(units, pool=pool, known=["double(0)"]), 6))

    texts = [text for _, text in found]
    assert {find_function(read_call(text)[1]) for text in texts} == {"double", "shout"}
    assert not {"double(1)", "double(0)"} & set(texts)
    assert "double(2)" in texts
    for unit, text in found:
        assert unit.lone_call is not None
        called = find_function(unit.lone_call.expression)
        assert find_function(read_call(text)[1]) == called
    every = [text for _, text in vary_calls(units, pool=pool)]
    assert {"double(0)", "double(40)"} <= set(every)
    assert len(every) == len(set(every))
