"""Sentences assembled from typed parts, and the sentences that there are."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from headwater.spec.model import Source
from headwater.spec.read_spec import read_spec
from headwater.spec.splice import find_prose
from headwater.steps.change.candidates import Candidate, find_named, rank_candidates
from headwater.steps.change.sentences import cut_sentences
from headwater.steps.change.statement import (
    StatementAnswer,
    find_faults,
    find_subject,
    write_statement,
)


def state(**parts: str) -> StatementAnswer:
    return StatementAnswer.model_validate(
        {"pattern": "always", "obligation": "MUST", "action": "close", **parts}
    )


@pytest.mark.parametrize(
    ("parts", "subject", "expected"),
    [
        ({}, "the wallet", "The wallet MUST close."),
        ({"obligation": "MUST NOT"}, "Punch", "Punch MUST NOT close."),
        (
            {"pattern": "when", "condition": "When it rains,", "action": "Close."},
            "The wallet",
            "When it rains, the wallet MUST close.",
        ),
        (
            {"pattern": "if", "condition": "HTTP fails"},
            "Punch",
            "If HTTP fails, then Punch MUST close.",
        ),
        (
            {"action": "The wallet MUST open its door"},
            "the wallet",
            "The wallet MUST open its door.",
        ),
        ({"pattern": "while", "condition": "`n` is 0"}, "it", "While `n` is 0, it MUST close."),
        ({"action": "# close\n the   door"}, "it", "It MUST close the door."),
    ],
)
def test_parts_make_a_sentence(parts: dict[str, str], subject: str, expected: str) -> None:
    assert write_statement(state(**parts), subject=subject) == expected


@pytest.mark.parametrize(
    "action",
    [
        "close | open",
        "close <b>",
        "close *(retired: x)*",
        "a ``` b",
        "close `x",
        "a\u202eb",
        "x" * 240,
    ],
)
def test_markup_makes_no_sentence(action: str) -> None:
    with pytest.raises(ValidationError):
        state(action=action)


def test_numbers_and_names_must_be_given() -> None:
    answer = state(action="wait 5 seconds for `lock`")
    assert find_faults(answer, known="wait 5 seconds; `lock`") == []
    assert len(find_faults(answer, known="wait 50 seconds")) == 2
    assert find_faults(state(pattern="when"), known="")
    assert find_faults(state(action="MUST "), known="") == []


def test_who_must_is_who_must_most_often() -> None:
    texts = ["The wallet MUST pay.", "When it rains, the wallet MUST close.", "It closes."]
    assert find_subject(texts[1:]) == "the wallet"
    assert find_subject(["Nothing here."]) == "the system"
    assert find_subject(["If a, then Punch SHALL stop."]) == "Punch"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One MUST. Two MUST.", ["One MUST.", "Two MUST."]),
        ("`a.b` MUST be, e.g. here. *(refines FR-002)*", ["`a.b` MUST be, e.g. here."]),
        ("*(changes FR-002)* It MUST\n  be “so. so” here", ["It MUST be “so. so” here"]),
        ("Ünï MUST. `ß` MUST.", ["Ünï MUST.", "`ß` MUST."]),
        ("", []),
    ],
)
def test_sentences_keep_code_and_leave_marks(text: str, expected: list[str]) -> None:
    source = Source(path="spec.md", data=f"- **FR-001**: {text}\n\n- **FR-002**: B.\n".encode())
    requirement = read_spec(source).requirements[0]
    found = cut_sentences(source, find_prose(source, requirement), name="FR-001")
    assert [one.text for one in found] == expected
    assert all(" ".join(source.text(one.span).split()) == one.text for one in found)


def test_rare_words_names_and_numbers_decide_which_is_meant() -> None:
    known = [
        Candidate(ref="001/FR-001", text="The wallet MUST pay at most 500 euros a day."),
        Candidate(ref="001/FR-002", text="The wallet MUST show the balance. `read_balance(3)`"),
        Candidate(ref="001/FR-003", text="The wallet MUST print receipts."),
    ]

    def rank(wish: str) -> list[str]:
        return [one.ref for one in rank_candidates(wish, known)]

    assert rank("raise the 500 limit")[0] == "001/FR-001"
    assert rank("read_balance is slow")[0] == "001/FR-002"
    assert rank("no receipt for tips")[0] == "001/FR-003"
    assert rank("umbrella") == []
    assert [one.ref for one in find_named("as FR-002 says", known)] == ["001/FR-002"]
    assert find_named("as 002/FR-002 says", known) == []
