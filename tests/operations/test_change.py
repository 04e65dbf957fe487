"""The small path: one requirement with its examples changes, and not one byte beside."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.testing.scripted_model import ScriptedModel
from tests.operations.changing_wallet import (
    FOLDER,
    SPEC,
    SPEC_PATH,
    STATEMENT,
    change,
    propose,
    script,
    start_wallet,
)

if TYPE_CHECKING:
    from tests.operations.builders import Checkout

CHANGED = Path(__file__).parent / "changed"


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    return start_wallet(repository)


def hold_to_snapshot(checkout: Checkout, name: str) -> None:
    """Compare the whole document with the file that shows it."""
    expected = CHANGED / name
    text = checkout.read(SPEC_PATH)
    if os.environ.get("RENEW_SNAPSHOTS"):
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")


def test_one_sentence_and_its_rows_change_and_every_other_byte_stays(checkout: Checkout) -> None:
    proposed = change(checkout, script())
    hold_to_snapshot(checkout, "sentence.md")
    old, new = SPEC.splitlines(), checkout.read(SPEC_PATH).splitlines()
    assert [line for line in old if line not in new] == [
        "  from the balance. Less than nothing is never left. *(refines FR-002)*",
        "  | `pay(3, 4)` | raises `invalid_argument` |",
    ]
    assert (proposed.ref, proposed.is_new) == ("001/FR-001", False)
    assert [(one.topic.value, one.change.value) for one in proposed.differences] == [
        ("requirement", "changed"),
        ("example", "changed"),
        ("example", "added"),
    ]
    assert "001/C1" in {one.node for one in proposed.touched}
    message = checkout.git("log", "-1", "--format=%B")
    assert f"Draft: change {SPEC_PATH}" in message
    assert "Spec-Ref: 001/FR-001" in message
    assert checkout.git("status", "--porcelain") == ""


def test_a_proposal_writes_nothing(checkout: Checkout) -> None:
    before = checkout.look()
    proposed = propose(checkout, script())
    assert proposed.draft is not None
    assert checkout.look() == before


def test_the_same_wish_again_asks_nothing_and_changes_nothing(checkout: Checkout) -> None:
    change(checkout, script())
    before, again = checkout.look(), ScriptedModel([])
    proposed = change(checkout, again)
    assert (proposed.draft, proposed.path) == (None, SPEC_PATH)
    assert again.requests == ()
    assert checkout.look() == before


def test_what_a_person_edited_since_stays(checkout: Checkout) -> None:
    change(checkout, script())
    edited = checkout.read(SPEC_PATH).replace("whole euros", "euros and cents")
    checkout.write(SPEC_PATH, edited)
    checkout.commit()
    change(
        checkout,
        script(
            {
                "change/statement 001/FR-001": [
                    {**STATEMENT, "obligation": "MUST NOT", "action": "pay"}
                ],
                "change/rows 001/FR-001": [{"rows": []}],
                "change/example 001/FR-001 1": ["", ""],
            }
        ),
    )
    text = checkout.read(SPEC_PATH)
    assert "euros and cents" in text
    assert "the wallet MUST NOT pay." in text


def test_a_new_requirement_stands_behind_the_last(checkout: Checkout) -> None:
    example = {"function": "show", "arguments": [1000], "outcome": "value", "value": "1000 EUR"}
    model = ScriptedModel(
        {
            "change/statement 001/new": [
                json.dumps({**STATEMENT, "pattern": "always", "action": "log all payments"})
            ],
            "change/example 001/new 1": [json.dumps(example)],
            "change/example 001/new 2": ["", ""],
        }
    )
    proposed = change(checkout, model, wish="log all payments", ref="new")
    hold_to_snapshot(checkout, "new.md")
    assert (proposed.ref, proposed.is_new, proposed.touched) == ("001/FR-004", True, ())
    assert proposed.notes == ("An example was left out: the answer is empty.",)


def test_an_output_of_a_command_changes(checkout: Checkout) -> None:
    model = script(
        {
            "change/statement 001/FR-003": [
                {
                    "pattern": "always",
                    "obligation": "MUST",
                    "action": "print what is left, without a line break",
                }
            ],
            "change/sentence 001/FR-003": [{"choice": "1"}],
            "change/rows 001/FR-003": [{"rows": [1]}],
            "change/output 001/FR-003": [{"stdout": "6", "exit": 0}],
            "change/example 001/FR-003 1": ["", ""],
        }
    )
    change(checkout, model, ref="FR-003", wish="no line break behind what is left")
    hold_to_snapshot(checkout, "output.md")


def test_a_row_may_go_and_with_the_last_its_table(checkout: Checkout) -> None:
    model = script(
        {
            "change/statement 001/FR-002": [
                {**STATEMENT, "condition": "nothing is left", "action": "show nothing"}
            ],
            "change/sentence 001/FR-002": [{"choice": "1"}],
            "change/rows 001/FR-002": [{"rows": [1]}],
            "change/result 001/FR-002": [{"outcome": "remove"}],
            "change/example 001/FR-002 1": ["", ""],
        }
    )
    change(checkout, model, ref="001/FR-002", wish="show nothing when nothing is left")
    hold_to_snapshot(checkout, "removed.md")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "| ID | Requirement |\n| --- | --- |\n| FR-002 | It MUST wait. |\n",
            "| ID | Requirement |\n| --- | --- |\n| FR-002 | It MUST close. |\n",
        ),
        (
            "#### FR-002: Waiting\n\nIt MUST wait. That is all.\n",
            "#### FR-002: Waiting\n\nIt MUST close. That is all.\n",
        ),
        (
            "* [ ] **FR-002** - `it` MUST wait (refines FR-001).\r\n",
            "* [ ] **FR-002** - `it` MUST close. (refines FR-001)\r\n",
        ),
        (
            "1. FR-002: It\n   MUST wait *(refines FR-001)*\n",
            "1. FR-002: It MUST close. *(refines FR-001)*\n",
        ),
    ],
    ids=["table", "heading", "crlf", "mark"],
)
def test_whatever_a_requirement_is_written_as(checkout: Checkout, before: str, after: str) -> None:
    head = (
        "# Feature Specification: W\n\n## Requirements\n\n- **FR-001**: It MUST be.\n\n### More\n\n"
    )
    (checkout.root / SPEC_PATH).write_bytes((head + before).encode())
    (checkout.root / f"{FOLDER}/plan.md").unlink()
    checkout.commit()
    answer = {"pattern": "always", "obligation": "MUST", "action": "close"}
    model = script(
        {
            "change/sentence 001/FR-002": [{"choice": "1"}],
            "change/statement 001/FR-002": [answer],
        }
    )
    change(checkout, model, ref="FR-002", wish="close")
    assert (checkout.root / SPEC_PATH).read_bytes().decode() == head + after
