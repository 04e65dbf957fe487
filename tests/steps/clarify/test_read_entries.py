"""Files of answers: what is read from them, and what is told with its line."""

from __future__ import annotations

import pytest

from headwater.steps.clarify.read_entries import read_entries


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
