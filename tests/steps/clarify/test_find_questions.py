"""What is open in a spec."""

from __future__ import annotations

import pytest

from headwater.steps.clarify.find_questions import find_questions
from headwater.steps.clarify.questions import QuestionKind, identify_question, split_options
from headwater.steps.clarify.topics import TOPICS, list_gaps
from tests.steps.clarify.parking import SPEC, spec_of


def gaps(requirement: str, *, more: str = "") -> set[str]:
    spec = spec_of(f"# S\n\n## Requirements\n\n- **FR-001**: {requirement}\n\n{more}")
    return {topic.name for topic, _ in list_gaps(spec)}


def test_marks_assumptions_and_gaps_are_open_each_once() -> None:
    found = find_questions(spec_of())
    assert [(one.kind, one.text) for one in found] == [
        (QuestionKind.MARK, "What happens when the clock is set back?"),
        (QuestionKind.MARK, "When does a day begin?"),
        (QuestionKind.ASSUMPTION, "Does this hold: All amounts are in one currency?"),
    ]
    day = found[1]
    assert (day.refs, day.options) == (("FR-003",), ("at midnight", "when the car enters"))
    assert str(day.place).endswith("spec.md:50:66")


def test_an_answered_question_is_open_no_more_but_a_mark_is() -> None:
    answered = SPEC.replace(
        "## User",
        "## Clarifications\n\n### Session 2026-01-01\n\n"
        "- Q: Does this hold: All amounts are in one currency? → A: later.\n"
        "- Q: When does a day begin? → A: at six.\n\n## User",
        1,
    )
    assert [one.kind for one in find_questions(spec_of(answered))] == [QuestionKind.MARK] * 2


@pytest.mark.parametrize(
    ("requirement", "gap"),
    [
        ("The system MUST sort the entries.", "errors"),
        ("The system MUST sort the list.", "empty input"),
        ("The system MUST import the list.", "limits"),
        ("The system MUST show the price.", "rounding"),
        ("The system MUST show the deadline.", "time zones"),
        ("The system MUST store the note.", "kept data"),
        ("The system MUST show an account.", "access"),
        ("The system MUST book the seat.", "concurrent use"),
        ("The system MUST answer a request.", "speed"),
        ("The system MUST show a page.", "accessibility"),
    ],
)
def test_a_topic_that_matters_and_is_not_spoken_of_is_a_gap(requirement: str, gap: str) -> None:
    assert gap in gaps(requirement)
    topic = next(one for one in TOPICS if one.name == gap)
    assert topic.question.endswith("?")


@pytest.mark.parametrize(
    ("more", "gap"),
    [
        ("- **FR-002**: The system MUST refuse a negative price.", "errors"),
        ("## Edge Cases\n\n- An empty list gives nothing.", "empty input"),
        ("- **FR-002**: The system MUST keep at most 9 entries.", "limits"),
        ("- **FR-002**: The system MUST round half up.", "rounding"),
        ("## Assumptions\n\n- Days count in UTC.", "time zones"),
    ],
)
def test_what_is_spoken_of_anywhere_is_no_gap(more: str, gap: str) -> None:
    requirement = "The system MUST store the price of each day in the list of entries."
    assert gap in gaps(requirement)
    assert gap not in gaps(requirement, more=more)


def test_words_that_only_begin_alike_make_no_gap() -> None:
    said = "The system MUST refuse feedback on sharp stories about storms, reported or not."
    assert gaps(said) == set()


def test_a_spec_in_another_language_shows_no_gaps() -> None:
    assert gaps("Die Kasse zeigt den Betrag.") == set()


@pytest.mark.parametrize(
    ("asked", "text", "options"),
    [
        ("Which? (a / b)", "Which?", ("a", "b")),
        ("Which currency? (euro)", "Which currency? (euro)", ()),
        ("auth method not specified - SSO, OAuth?", "auth method not specified - SSO, OAuth?", ()),
    ],
)
def test_suggestions_stand_behind_the_question(
    asked: str, text: str, options: tuple[str, ...]
) -> None:
    assert split_options(asked) == (text, options)


def test_an_id_is_that_of_the_words() -> None:
    assert identify_question("Which  one?") == identify_question("which one")
    assert identify_question("Which one?") != identify_question("Which two?")
