"""Rows that the idea itself gives."""

from __future__ import annotations

import pytest

from headwater.steps.specify.given_rows import read_given_rows
from headwater.steps.specify.operations import Operation, ValueType

SENTENCE = (
    "A longer stay costs 250 cents an hour: 16 minutes cost 250, 1 hour 250, and 2 days cost 4000."
)


def make_operation(*parameters: str, result: ValueType = ValueType.INTEGER) -> Operation:
    given = tuple((name, ValueType.INTEGER) for name in parameters)
    return Operation(name="fee", parameters=given, result=result, errors=(), shows=("FR-001",))


def read(operation: Operation, sentence: str = SENTENCE) -> list[tuple[str, str]]:
    rows = (one.row for one in read_given_rows(operation, sentence))
    return [(row.call, row.result) for row in rows]


def test_times_come_in_the_unit_of_the_parameter() -> None:
    expected = [("fee(16)", "250"), ("fee(60)", "250"), ("fee(2880)", "4000")]
    assert read(make_operation("minutes")) == expected


def test_a_number_without_a_unit_is_taken_as_it_is() -> None:
    sentence = "Points are doubled for members: 3 gives 6, 5 gives 10."
    assert read(make_operation("points"), sentence) == [("fee(3)", "6"), ("fee(5)", "10")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The first 15 minutes are free.",
        "Weights are rounded up to grams: 5 kg cost 3, 7 kg cost 4.",
        "Stays are summed up: 24 hours and 1 minute cost 2250, and nothing else costs 3 and 4.",
    ],
)
def test_what_is_no_plain_pair_in_the_right_unit_gives_no_row(sentence: str) -> None:
    assert read(make_operation("minutes"), sentence) == []


def test_only_operations_from_one_number_to_another_get_such_rows() -> None:
    assert read(make_operation("minutes", "rate")) == []
    assert read(make_operation("minutes", result=ValueType.TEXT)) == []
