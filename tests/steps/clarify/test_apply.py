"""Answers and corrections in a spec: where they belong, all or none, and no other byte."""

from __future__ import annotations

import json

import pytest

from headwater.engine.progress import SilentObserver
from headwater.llm.interface import ModelError
from headwater.steps.clarify.find_questions import find_questions
from headwater.steps.clarify.read_entries import read_entries
from headwater.steps.clarify.reword import Reword, find_losses
from headwater.steps.drafting.drafter import Drafter
from headwater.steps.drafting.settings import DraftSettings
from headwater.testing.scripted_model import ScriptedAnswer, ScriptedModel
from tests.steps.clarify.parking import DAY, SPEC, apply, lines_changed, spec_of

DAY_BEGINS = "{question: 'When does a day begin?', answer: at midnight}"

REFUSAL = "If the number of minutes is negative, then the system MUST refuse the number."
LIMIT = "The system MUST limit the fee of one day to 24.00."
FROM_MIDNIGHT = "From midnight on, the system MUST limit the fee of one day to 24.00."


def reword_with(*answers: ScriptedAnswer) -> tuple[Reword, ScriptedModel]:
    model = ScriptedModel(answers)
    settings = DraftSettings(attempts=2)
    return Reword(
        drafter=Drafter(models=(model,), settings=settings, observer=SilentObserver())
    ), model


def say(text: str) -> str:
    return json.dumps({"text": text})


def test_without_a_model_an_answer_is_put_in_as_it_is_written() -> None:
    gone, came = lines_changed(apply(f"- {DAY_BEGINS}"))
    assert len(gone) == 1
    assert came == [
        "## Clarifications",
        f"### Session {DAY}",
        "- Q: When does a day begin? → A: at midnight.",
        f"- **FR-003**: {LIMIT} When does a day begin: at midnight.",
    ]


def test_a_model_words_the_sentence_that_the_answer_goes_into() -> None:
    reword, model = reword_with(
        say("The system MUST limit the fee from midnight to 30.00."),
        say(FROM_MIDNIGHT),
    )
    _, came = lines_changed(apply(f"- {DAY_BEGINS}", reword=reword))
    assert (
        "- **FR-003**: From midnight on, the system MUST limit the fee of one day to 24.00." in came
    )
    assert "use the numbers" in model.requests[1].prompt
    assert spec_of().requirements[2].tables  # the rows and their mark stay
    assert apply(f"- {DAY_BEGINS}").data.count(b"drafted: confirm") == 4


@pytest.mark.parametrize(
    "answers",
    [
        ["", "{}"],
        [say("The system MUST be nice."), say("Limit it at midnight.")],
        [say("The system MUST limit a day to 24.00 (confirmed 2026-01-01)."), say("## x")],
        [ModelError("no connection")],
    ],
)
def test_a_wording_that_loses_something_is_not_taken(answers: list[ScriptedAnswer]) -> None:
    reword, _ = reword_with(*answers)
    assert apply(f"- {DAY_BEGINS}", reword=reword) == apply(f"- {DAY_BEGINS}")


def test_a_model_that_cannot_be_reached_is_asked_once() -> None:
    reword, model = reword_with(ModelError("no connection"))
    text = SPEC.replace("charge nothing.", "charge nothing. [NEEDS CLARIFICATION: To whom?]")
    applied = apply(
        f"- {DAY_BEGINS}\n- {{question: 'To whom?', answer: all}}", text=text, reword=reword
    )
    assert (applied.answered, len(model.requests), reword.failed) == (2, 1, "no connection")


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


STORING = "# S\n\n## Requirements\n\n- **FR-001**: The system MUST store the note.\n"


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


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("answers: [", "expected YAML", 1),
        ("question: x", "expected a list", 1),
        ("- x", "expected an entry", 1),
        ("-\n  question: a", "needs `answer`", 2),
        ("- {question: a, answer: b, row: c}", "has no `row`", 1),
        ("- {answer: b}", "expected an answer or a correction", 1),
        ("- {question: a, answer: [1]}", "a text as the value", 1),
        ("- {question: a, question: b, answer: c}", "twice", 1),
        ("- {row: FR-001, result: 1}", "a ref and a call", 1),
        ("- {row: 'FR-001: f(', result: 1}", "`f(`", 1),
        ("- {row: 'FR-001: f(1)', result: True}", "`True`", 1),
        ("- {row: 'FR-001: f(1)', result: }", "expected a value", 1),
        ("- {text: FR-001, answer: ''}", "found none", 1),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_line(
    text: str, message: str, line: int
) -> None:
    entries, (problem,) = read_entries(text, path="answers.yaml")
    assert entries == ()
    assert message in problem.message
    assert problem.place.line == line
    assert problem.hint


def test_an_empty_answer_leaves_its_question_open() -> None:
    assert read_entries("- {question: a, answer: ''}\n- {question: b, answer: }", path="") == (
        (),
        (),
    )
    assert read_entries("", path="") == ((), ())


def test_values_are_taken_as_they_are_written() -> None:
    entries, _ = read_entries("- {question: a, answer: yes}\n- {question: b, answer: 3.0}", path="")
    assert [one.answer for one in entries if hasattr(one, "answer")] == ["yes", "3.0"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("The system MUST keep data for 30 days in Berlin.", ""),
        ("The system MUST keep data for 31 days in Berlin.", "numbers"),
        ("The system MUST keep data for 30 days.", "Berlin"),
        ("The system keeps data for 30 days in Berlin.", "one MUST"),
        ("The system MUST go to Berlin in 30 days.", "loses"),
    ],
)
def test_nothing_is_lost_or_invented_by_a_wording(text: str, fault: str) -> None:
    faults = find_losses(text, said="The system MUST keep data.", answer="30 days, in Berlin")
    assert [fault in one for one in faults] == ([True] if fault else [])
