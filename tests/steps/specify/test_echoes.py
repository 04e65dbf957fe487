"""What a small model says where it has nothing to say does not reach the document."""

from __future__ import annotations

import pytest

from headwater.steps.specify.echoes import asks_for_technology, is_echo, says_nothing
from tests.steps.specify.drafted import draft
from tests.steps.specify.parking import IDEA, answer_parking, say


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("What does the idea leave open and only its owner can decide?", True),
        ("When does a day begin?", False),
        ("Which currency is charged?", False),
    ],
)
def test_a_question_in_the_words_of_its_prompt_is_an_echo(text: str, *, echo: bool) -> None:
    assert is_echo(text, template="specify/choices", said=[IDEA]) is echo


def test_words_that_the_idea_has_too_are_no_echo() -> None:
    assert is_echo("the amount is 0", template="specify/edges", said=[IDEA])
    assert not is_echo("the amount is 0", template="specify/edges", said=["An amount of 0 is due."])


@pytest.mark.parametrize(
    ("question", "technical"),
    [
        ("Which programming language is used?", True),
        ("Which database stores the fees?", True),
        ("How are refunds paid?", False),
    ],
)
def test_technology_is_not_asked_for(question: str, *, technical: bool) -> None:
    assert asks_for_technology(question, idea=IDEA) is technical
    assert not asks_for_technology(question, idea="A database server for programming contests.")


@pytest.mark.parametrize(
    ("assumption", "empty"),
    [
        ("The idea does not specify the exact duration of a stay.", True),
        ("It is not said how long a day is.", True),
        ("All amounts are in one currency.", False),
        ("Cars do not leave twice.", False),
    ],
)
def test_an_assumption_has_to_assume_something(assumption: str, *, empty: bool) -> None:
    assert says_nothing(assumption) is empty


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("What is open that only its owner can decide?", ["yes", "no"]),
        ("What does the idea say about the price?", ["yes", "no"]),
        ("Which database is it?", ["one", "another"]),
        ("What is charged?", ["The system charges 3.00 for each started hour", "nothing"]),
    ],
)
def test_a_spec_asks_none_of_them(question: str, options: list[str]) -> None:
    script = answer_parking()
    part = {"requirement": "FR-001", "question": question, "options": options}
    script["specify/choices choices"] = [say(choices=[part], assumptions=[])]
    assert not any(one.question for one in draft(script).requirements)


def test_a_spec_assumes_none_of_them_and_has_no_echo_for_an_edge() -> None:
    script = answer_parking()
    script["specify/choices choices"] = [
        say(choices=[], assumptions=["The idea does not say it.", "Clocks are right."])
    ]
    none = {"requirement": "FR-002", "outcome": "none"}
    script["specify/edges edge cases"] = [
        say(edges=[{"situation": "the amount is 0", **none}, {"situation": "a car flies", **none}])
    ]
    spec = draft(script)
    assert spec.assumptions == ("Clocks are right.",)
    assert [(one.situation, one.outcome) for one in spec.edges] == [("a car flies", "")]
