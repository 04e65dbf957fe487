"""Requirements assembled from typed parts."""

from __future__ import annotations

import pytest

from headwater.steps.drafting.wording import judge_wording
from headwater.steps.specify.ears import Pattern, compose, find_faults


@pytest.mark.parametrize(
    ("pattern", "condition", "response", "sentence"),
    [
        ("always", "", "return the fee", "The system MUST return the fee."),
        ("always", "none", "The system shall returns the fee.", "The system MUST return the fee."),
        (
            "event",
            "When a car leaves,",
            "it prints the fee",
            "When a car leaves, the system MUST print the fee.",
        ),
        ("state", "it rains", "closes", "While it rains, the system MUST close."),
        (
            "unwanted",
            "if the amount is negative",
            "refuses it",
            "If the amount is negative, then the system MUST refuse it.",
        ),
        (
            "option",
            "PIN pads exist",
            "ask for it",
            "Where PIN pads exist, the system MUST ask for it.",
        ),
        ("always", "a car leaves", "apply it", "When a car leaves, the system MUST apply it."),
        ("event", "", "passes it on", "The system MUST pass it on."),
        ("always", "", "does not keep names", "The system MUST NOT keep names."),
        ("always", "", "never stores names", "The system MUST NOT store names."),
        ("always", "", "is silent", "The system MUST be silent."),
    ],
)
def test_the_sentence_follows_from_pattern_condition_and_response(
    pattern: str, condition: str, response: str, sentence: str
) -> None:
    assert compose(Pattern(pattern), condition=condition, response=response) == sentence


@pytest.mark.parametrize(
    ("response", "fault"),
    [
        ("the fee is 3.00", "begin the response with a verb"),
        ("3.00 per hour", "begin the response with a verb"),
        ("return", "says too little"),
        ("store it and MUST mail it", "one obligation"),
    ],
)
def test_what_makes_no_sentence_is_told(response: str, fault: str) -> None:
    assert any(fault in found for found in find_faults(response))
    assert find_faults("charge 3.00 per hour") == []


def test_unclear_words_are_told_as_the_rules_tell_them() -> None:
    assert judge_wording("The system MUST answer within 200 ms.") == []
    assert "quickly" in judge_wording("The system MUST answer quickly.")[0]
