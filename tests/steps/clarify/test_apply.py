"""Answers in a spec: where they belong, all or none, and no other byte."""

from __future__ import annotations

import json

import pytest

from headwater.steps.clarify.find_questions import find_questions
from tests.steps.clarify.parking import (
    DAY,
    DAY_BEGINS,
    SPEC,
    STORING,
    apply,
    lines_changed,
    spec_of,
)

LIMIT = "The system MUST limit the fee of one day to 24.00."


def test_without_a_model_an_answer_is_put_in_as_it_is_written() -> None:
    gone, came = lines_changed(apply(f"- {DAY_BEGINS}"))
    assert len(gone) == 1
    assert came == [
        "## Clarifications",
        f"### Session {DAY}",
        "- Q: When does a day begin? → A: at midnight.",
        f"- **FR-003**: {LIMIT} When does a day begin: at midnight.",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("keeps it for [NEEDS CLARIFICATION: How long?].", "keeps it for 30 days."),
        ("keeps it. [NEEDS CLARIFICATION: How long?]", "keeps it. How long: 30 days."),
        ("[NEEDS CLARIFICATION: How long?]", "How long: 30 days."),
    ],
)
def test_where_a_mark_stands_decides_how_an_answer_is_put_in(before: str, after: str) -> None:
    text = f"# S\n\n## Requirements\n\n- **FR-001**: {before}\n"
    applied = apply("- {question: 'How long?', answer: 30 days}", text=text)
    assert f"- **FR-001**: {after}\n" in applied.data.decode()


def test_an_edge_case_becomes_a_sentence() -> None:
    answers = "- {question: 'What happens when the clock is set back?', answer: The fee stays}"
    assert "- When the clock is set back, the fee stays." in lines_changed(apply(answers))[1]


HOLDS = "Does this hold: All amounts are in one currency?"


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("yes", f"- All amounts are in one currency. (confirmed {DAY})"),
        (
            "no",
            f"- It does not hold that all amounts are in one currency. (confirmed {DAY})",
        ),
        ("Amounts are in euro", f"- Amounts are in euro. (confirmed {DAY})"),
    ],
)
def test_an_assumption_is_confirmed_or_changed(answer: str, line: str) -> None:
    applied = apply(json.dumps([{"question": HOLDS, "answer": answer}]))
    assert line in lines_changed(applied)[1]
    (assumption,) = spec_of(applied.data.decode()).assumptions
    assert assumption.date == DAY


def test_a_box_is_ticked() -> None:
    text = SPEC.replace("- All amounts are in one currency. (open)", "- [ ] All is in euro.")
    answer = json.dumps([{"question": "Does this hold: All is in euro?", "answer": "yes"}])
    assert (
        f"- [x] All is in euro. (confirmed {DAY})"
        in lines_changed(apply(answer, text=text), text=text)[1]
    )


def test_an_answer_to_a_gap_becomes_a_requirement_or_an_edge_case() -> None:
    applied = apply(
        json.dumps(
            [
                {"question": "How long is data kept, and who can delete it?", "answer": "30 days"},
                {
                    "question": "What must the system refuse, and what happens then?",
                    "answer": "The system MUST refuse an empty note",
                },
                {
                    "question": "What happens when two people change the same thing at the same "
                    "time?",
                    "answer": "The last one wins",
                },
            ]
        ),
        text=STORING,
    )
    spec = spec_of(applied.data.decode())
    assert spec.problems == ()
    assert [(one.id, one.text) for one in spec.requirements[1:]] == [
        ("FR-002", "For kept data, the system MUST hold to this: 30 days."),
        ("FR-003", "The system MUST refuse an empty note."),
    ]
    assert [one.text for one in spec.edge_cases] == [
        "When two people change the same thing at the same time, the last one wins."
    ]
    assert len(spec.answers) == 3
    assert applied.refs == ("FR-002", "FR-003")


def test_a_gap_that_does_not_matter_is_only_noted_and_not_asked_again() -> None:
    question = "How long is data kept, and who can delete it?"
    answer = json.dumps([{"question": question, "answer": "out of scope"}])
    text = apply(answer, text=STORING).data.decode()
    assert len(spec_of(text).requirements) == 1
    assert question not in {one.text for one in find_questions(spec_of(text))}


def test_a_second_session_of_a_day_goes_on_with_the_first() -> None:
    first = apply(f"- {DAY_BEGINS}").data.decode()
    second = apply(json.dumps([{"question": HOLDS, "answer": "yes"}]), text=first).data.decode()
    assert (second.count("## Clarifications"), second.count("### Session")) == (1, 1)
    assert [one.answer for one in spec_of(second).answers] == ["at midnight.", "yes."]


def test_the_same_answers_again_change_nothing() -> None:
    answers = f"- {DAY_BEGINS}\n- {{row: 'FR-001: park_fee(60)', result: 4.0}}\n- confirm: FR-002\n"
    once = apply(answers)
    again = apply(answers, text=once.data.decode())
    assert (once.answered, once.corrections) == (1, 2)
    assert (again.answered, again.corrections, again.repeated) == (0, 0, 3)
    assert again.data == once.data


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{confirm: FR-9}", "there is no FR-9"),
        ("{confirm: US1.1}", "no example table"),
        ("{row: 'FR-001: park_fee(1)', result: 2}", "FR-001 has no row `park_fee(1)`; it has"),
        ("{drop: 'FR-003: park_fee(1440)'}", "without a row"),
        ("{question: q-000000, answer: x}", "no open question `q-000000`"),
        ("{question: 'Why?', answer: x}", "no open question `Why?`"),
        ("{text: US1.1, answer: x y}", "only a requirement's text"),
        ("{text: FR-001, answer: 'x [NEEDS CLARIFICATION: y]'}", "no plain text"),
        ("{add: 'US1: f(1)', result: 2}", "no table that a row can be added to"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line_and_nothing_is_written(
    entry: str, message: str
) -> None:
    applied = apply(f"# mine\n- {DAY_BEGINS}\n- {entry}\n")
    (problem,) = applied.problems
    assert message in problem.message
    assert str(problem.place) == "answers.yaml:3"
    assert applied.data.decode() == SPEC


def test_two_entries_about_one_thing_are_refused() -> None:
    twice = "- {row: 'FR-001: park_fee(60)', result: 1}\n- {drop: 'FR-001: park_fee(60)'}\n"
    assert "already" in apply(twice).problems[0].message
    assert "answered twice" in apply(f"- {DAY_BEGINS}\n- {DAY_BEGINS}\n").problems[0].message
    both = apply(f"- {DAY_BEGINS}\n- {{text: FR-003, answer: The system MUST stop.}}\n")
    assert "same place" in both.problems[0].message
    assert both.data.decode() == SPEC


def test_another_answer_than_before_is_refused() -> None:
    text = apply(f"- {DAY_BEGINS}").data.decode()
    applied = apply(f"- {DAY_BEGINS.replace('midnight', 'noon')}", text=text)
    assert "was answered before with “at midnight.”" in applied.problems[0].message


def test_line_breaks_of_the_document_are_kept() -> None:
    text = SPEC.replace("\n", "\r\n")
    applied = apply(f"- {DAY_BEGINS}\n- {{add: 'FR-001: park_fee(62)', result: 6.0}}", text=text)
    assert b"\n" not in applied.data.replace(b"\r\n", b"")
