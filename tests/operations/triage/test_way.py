"""The way on from a verdict: what is committed once agreed to, and what a build makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.altered_code import alter_code
from headwater.errors import HeadwaterError
from headwater.graph.states import State
from headwater.operations.building.report import Action
from headwater.operations.standing.survey import take_survey
from headwater.operations.triage.report import Verdict
from headwater.operations.triage.trace import go_on
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.build_actions import actions
from tests.operations.builders import SPEC_PATH, TARGETS, answer
from tests.operations.triage.stats import LABEL, ROOT, TRACEBACK, make_ports, script, trace

if TYPE_CHECKING:
    from tests.operations.builders import Checkout

WRONG = "def share(part: int, whole: int) -> int:\n    return 25\n"
RIGHT = """\
def average(numbers: list[int]) -> float:
    if not numbers:
        raise ValueError("empty")
    return sum(numbers) / len(numbers)
"""
STATEMENT = {
    "pattern": "if",
    "condition": "the whole is 0",
    "obligation": "MUST",
    "action": "be an invalid argument",
}


def state(checkout: Checkout, component: str) -> State:
    return take_survey(checkout.root, targets=TARGETS).states[component].state


def test_wrong_code_becomes_a_row_and_is_derived_again(checkout: Checkout) -> None:
    report = trace(checkout, text=TRACEBACK)
    go_on(checkout.root, report, ports=make_ports())
    assert "| `average([])` | raises `invalid_argument` |" in checkout.read(SPEC_PATH)
    assert state(checkout, "001/C1") is State.STALE
    message = checkout.git("log", "-1", "--format=%B")
    assert "Draft: triage specs/001-sums/spec.md" in message
    assert "Spec-Ref: 001/FR-001" in message

    built = checkout.build(ScriptedModel({"implement 001/C1": [answer(RIGHT)]}))
    assert built.succeeded
    assert actions(built)["001/C1"] is Action.GENERATED
    assert trace(checkout, text=TRACEBACK).verdict is Verdict.ABSENT


def test_wrong_code_that_a_test_shows_is_repaired_by_a_build(checkout: Checkout) -> None:
    """Its record says that it passed, which is what made it fresh."""
    alter_code(checkout.root, "001/C2", WRONG)
    assert state(checkout, "001/C2") is State.FRESH
    report = trace(checkout, example="share(3, 4) = 75")
    commit = go_on(checkout.root, report, ports=make_ports())
    assert checkout.head == commit
    assert state(checkout, "001/C2") is State.UNVERIFIED
    assert checkout.read("src/sums/shares.py") == WRONG
    assert checkout.git("status", "--porcelain") == ""

    built = checkout.build(ScriptedModel({"implement 001/C2": [answer(ROOT.code)]}))
    assert built.succeeded
    assert actions(built)["001/C2"] is Action.GENERATED
    assert trace(checkout, example="share(3, 4) = 75").verdict is Verdict.ABSENT


def test_a_gap_is_filled_by_a_row_and_a_sentence(checkout: Checkout) -> None:
    model = script(
        {
            "triage/ruling 001/FR-002 1": [{"ruling": "silent"}],
            "change/sentence 001/FR-002": [{"choice": "add"}],
            "change/statement 001/FR-002": [STATEMENT],
        }
    )
    report = trace(checkout, model, example="share(1, 0) = raises invalid_argument")
    assert report.change is not None
    assert [one.topic.value for one in report.change.differences] == ["requirement", "example"]
    assert "`check` would warn that FR-002 demands 2 things" in report.change.notes[0]
    go_on(checkout.root, report, ports=make_ports())
    text = checkout.read(SPEC_PATH)
    assert "If the whole is 0, then a share MUST be an invalid argument." in text
    assert "| `share(1, 0)` | raises `invalid_argument` |" in text
    assert state(checkout, "001/C2") is State.STALE


def test_a_sentence_that_check_refuses_is_left_out_and_the_row_stays(checkout: Checkout) -> None:
    """It forbids what the requirement demands."""
    statement = {
        "pattern": "always",
        "obligation": "MUST NOT",
        "action": "be given in percent, rounded to whole numbers",
    }
    model = script(
        {
            "triage/ruling 001/FR-002 1": [{"ruling": "silent"}],
            "change/sentence 001/FR-002": [{"choice": "add"}],
            "change/statement 001/FR-002": [statement],
        }
    )
    report = trace(checkout, model, example="share(1, 0) = raises invalid_argument")
    assert report.change is not None
    assert [one.topic.value for one in report.change.differences] == ["example"]
    assert report.change.notes[0].startswith("No sentence is proposed, the row alone: `check`")


def test_no_sentence_at_all_leaves_the_row(checkout: Checkout) -> None:
    empty = {**STATEMENT, "action": ""}
    model = script(
        {
            "triage/ruling 001/FR-002 1": [{"ruling": "silent"}],
            "change/sentence 001/FR-002": [{"choice": "add"}],
            "change/statement 001/FR-002": [empty, empty],
        }
    )
    report = trace(checkout, model, example="share(1, 0) = 0")
    assert report.change is not None
    assert "no model gave the new sentence" in report.change.notes[0]


def test_a_row_that_has_no_place_is_advice(checkout: Checkout) -> None:
    """A requirement that is a row of a table, and has no examples, can be given none."""
    head = checkout.read(SPEC_PATH).partition("- **FR-003**")[0]
    row = "| FR-003 | A label MUST be written in capital letters. |"
    checkout.write(SPEC_PATH, f"{head}| Id | Requirement |\n| --- | --- |\n{row}\n")
    checkout.commit()
    answers = {
        "write a test for 001/FR-003": ['assert label("ab") == "AB"\n'],
        "implement 001/C3": [answer(LABEL.code)],
    }
    assert checkout.build(ScriptedModel(answers)).succeeded
    model = script(
        {
            "triage/ruling 001/FR-003 1": [{"ruling": "silent"}],
            "change/sentence 001/FR-003": [{"choice": "none"}],
        }
    )
    report = trace(checkout, model, example='label(" x") = "X"')
    assert (report.verdict, report.change) == (Verdict.GAP, None)
    assert report.advice.startswith(
        'Add the row `| `label(" x")` | `"X"` |` to 001/FR-003 yourself: '
    )


def test_nothing_is_committed_onto_a_document_that_changed_meanwhile(checkout: Checkout) -> None:
    report = trace(checkout, text=TRACEBACK)
    checkout.write(SPEC_PATH, checkout.read(SPEC_PATH) + "\nMore.\n")
    before = checkout.look()
    with pytest.raises(HeadwaterError, match="changed since"):
        go_on(checkout.root, report, ports=make_ports())
    assert checkout.look() == before


def test_uncommitted_changes_of_the_spec_refuse_a_proposal(checkout: Checkout) -> None:
    checkout.write(SPEC_PATH, checkout.read(SPEC_PATH) + "\nMore.\n")
    with pytest.raises(HeadwaterError, match="expected no uncommitted changes"):
        trace(checkout, text=TRACEBACK)
