"""Rows that make weak examples stronger: proposed, run once more, and drafted for a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.operations.building.more_examples import draft_rows
from tests.operations.builders import SPEC_PATH, TARGETS
from tests.operations.measuring import find_weak, propose, read_strength

if TYPE_CHECKING:
    from tests.operations.builders import Checkout


def test_rows_are_drafted_in_a_table_of_their_own(weak: Checkout) -> None:
    before = weak.read(SPEC_PATH)
    strength = read_strength(weak)
    assert strength is not None

    rows = propose(weak, strength)
    drafted = draft_rows(weak.root, rows, targets=TARGETS)

    assert [(row.call, row.result, len(row.tells)) for row in rows] == [
        ("`fee(15)`", "`4`", 4),
        ("`fee(14)`", "`0`", 1),
    ]
    table = "<!-- drafted: confirm -->\n  | Call | Result |\n  | --- | --- |"
    added = f"\n\n  {table}\n  | `fee(15)` | `4` |\n  | `fee(14)` | `0` |"
    assert weak.read(SPEC_PATH).replace(added, "") == before
    assert weak.git("log", "-1", "--format=%H %s") == f"{weak.head} Draft examples for 001/FR-001"
    assert (drafted.commit, drafted.left_out) == (weak.head, ())
    assert find_weak(weak) == []


def test_more_rows_join_a_table_that_nobody_has_confirmed(weak: Checkout) -> None:
    strength = read_strength(weak)
    assert strength is not None
    rows = propose(weak, strength)

    draft_rows(weak.root, rows, targets=TARGETS)
    draft_rows(weak.root, rows, targets=TARGETS)

    spec = weak.read(SPEC_PATH)
    assert spec.count("<!-- drafted: confirm -->") == 1
    assert spec.count("| `fee(15)` | `4` |") == 2


def test_nothing_is_proposed_above_the_floor(weak: Checkout) -> None:
    strength = read_strength(weak)
    assert strength is not None

    assert propose(weak, strength, floor=0.4) == ()


def test_a_requirement_that_is_gone_is_left_out_and_named(weak: Checkout) -> None:
    strength = read_strength(weak)
    assert strength is not None
    rows = propose(weak, strength)
    weak.write(SPEC_PATH, weak.read(SPEC_PATH).replace("**FR-001**", "**FR-009**"))

    drafted = draft_rows(weak.root, rows, targets=TARGETS)

    assert (drafted.commit, drafted.rows) == ("", ())
    assert drafted.left_out == (f"001/FR-001: {SPEC_PATH}: there is no FR-001 any more",)


@pytest.mark.parametrize(
    ("call", "result"),
    [
        ("`fee(15)`", "`99`"),
        ("`gone(15)`", "`4`"),
        ("`fee(15)` | `4` |\n\n- **FR-002**: It MUST obey. | x", "`4`"),
        ("`fee(15)`", "`4` | `5`"),
        ("fee(", "`4`"),
    ],
)
def test_rows_that_somebody_made_up_in_a_record_are_not_proposed(
    weak: Checkout, call: str, result: str
) -> None:
    strength = read_strength(weak)
    assert strength is not None
    forged = replace(strength.survivors[0], call=call, result=result)

    assert propose(weak, replace(strength, survivors=(forged,) * 9)) == ()
