"""Corrections in a spec: each changes its line and no other."""

from __future__ import annotations

import pytest

from tests.steps.clarify.parking import STORING, apply, lines_changed, spec_of

REFUSAL = "If the number of minutes is negative, then the system MUST refuse the number."


@pytest.mark.parametrize(
    ("correction", "gone", "came"),
    [
        (
            "{row: 'FR-001: park_fee( 60 )', result: 4.50}",
            ["  | `park_fee(60)` | `3.0` |"],
            ["  | `park_fee(60)` | `4.50` |"],
        ),
        (
            "{row: 'FR-001: park_fee(60)', result: raises not_found}",
            ["  | `park_fee(60)` | `3.0` |"],
            ["  | `park_fee(60)` | raises `not_found` |"],
        ),
        ("{drop: 'FR-001: park_fee(61)'}", ["  | `park_fee(61)` | `6.0` |"], []),
        ("{add: '001/FR-001: park_fee(62)', result: 6.0}", [], ["  | `park_fee(62)` | `6.0` |"]),
        ("{add: 'FR-001: park_fee(61)', result: 6.0}", [], []),
        (
            "{text: FR-004, answer: The system MUST refuse it.}",
            [f"- **FR-004**: {REFUSAL}"],
            ["- **FR-004**: The system MUST refuse it."],
        ),
    ],
)
def test_a_correction_changes_its_line_and_no_other(
    correction: str, gone: list[str], came: list[str]
) -> None:
    applied = apply(f"- {correction}")
    assert lines_changed(applied) == (gone, came)
    assert applied.corrections == bool(gone or came)
    assert spec_of(applied.data.decode()).problems == ()


def test_confirming_takes_the_marks_of_one_requirement_out() -> None:
    applied = apply("- confirm: FR-002")
    assert applied.data.count(b"<!-- drafted: confirm -->") == 3
    assert apply("- confirm: FR-002", text=applied.data.decode()).corrections == 0


def test_a_requirement_without_a_table_gets_one() -> None:
    applied = apply("- {add: 'FR-001: size(\"a|b\")', result: 3}", text=STORING)
    spec = spec_of(applied.data.decode())
    assert spec.problems == ()
    assert spec.requirements[0].tables[0].rows[0].cells == ('`size("a\\|b")`', "`3`")
