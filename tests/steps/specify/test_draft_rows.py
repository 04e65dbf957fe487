"""Example rows of a draft: those that come out the same twice, and fit what is called."""

from __future__ import annotations

import json

import pytest

from headwater.steps.specify.render import render_result
from tests.steps.specify.drafted import draft
from tests.steps.specify.parking import IDEA, REFUSED, answer_parking, give_outcomes, give_rows, say


def test_rows_that_come_out_differently_the_second_time_are_left_out_and_told() -> None:
    spec = draft()
    assert [row.call for row in spec.requirements[2].rows] == ["park_fee(1440)"]
    assert any("FR-003: 1 of 2 example rows left out" in note for note in spec.notes)


def test_a_requirement_whose_rows_never_come_out_twice_has_none() -> None:
    script = answer_parking()
    script["specify/recheck FR-001"] = [give_outcomes(4.0, 5.0)]
    spec = draft(script)
    assert spec.requirements[0].rows == ()
    assert any(note.startswith("FR-001 has no example") for note in spec.notes)


def test_rows_that_contradict_each_other_are_asked_for_again() -> None:
    script = answer_parking()
    wrong = give_rows((15, 5.0), (16, 3.0))
    script["specify/examples FR-001"] = [give_rows((15, 0.0), (60, 3.0))]
    script["specify/recheck FR-001"] = [give_outcomes(0.0, 3.0)]
    script["specify/examples FR-002"] = [wrong, give_rows((15, 0.0), (16, 3.0))]
    script["specify/recheck FR-002"] = [give_outcomes(3.0)]
    spec = draft(script)
    assert [row.call for row in spec.requirements[1].rows] == ["park_fee(16)"]


@pytest.mark.parametrize(
    "wrong",
    [
        give_rows((15, 0.0)),
        json.dumps({"rows": [{"arguments": {"hours": 1}, "because": "", "error": "none"}]}),
        say(rows=[{"arguments": {"minutes": 1}, "because": "", "error": "timeout", "result": 1}]),
        say(rows=[{"arguments": {"minutes": "x"}, "because": "", "error": "none", "result": 1}]),
        "",
        "{",
    ],
)
def test_rows_of_another_form_are_refused_and_the_rest_stands(wrong: str) -> None:
    script = answer_parking()
    script["specify/examples FR-004"] = [wrong, wrong]
    del script["specify/recheck FR-004"]
    spec = draft(script)
    assert spec.requirements[3].rows == ()
    assert len(spec.requirements[0].rows) == 2


def test_examples_that_a_sentence_lists_stay_with_its_rule() -> None:
    listed = "30 minutes cost 3.00, 90 minutes 6.00"
    spec = draft(idea=IDEA.replace("per started hour.", f"per started hour: {listed}."))
    assert f" ({listed})." in spec.requirements[0].text
    assert ("park_fee(30)", "3") in {(row.call, row.result) for row in spec.requirements[0].rows}


@pytest.mark.parametrize(
    ("result", "cell"),
    [
        ("3.0", "`3.0`"),
        (f"raises {REFUSED}", f"raises `{REFUSED}`"),
        ('"a|b"', '`"a\\|b"`'),
        ("≈ 0.3", "≈ `0.3`"),
        ("—", "—"),
    ],
)
def test_results_are_written_as_the_reader_takes_them(result: str, cell: str) -> None:
    assert render_result(result) == cell
