"""Bounds in requirements that a call crosses, and those that it keeps."""

from __future__ import annotations

import pytest

from headwater.spec.examples import CallRow
from headwater.steps.change.cells import CALL_HEADER, read_row
from headwater.steps.triage.bounds import find_crossing, find_kept_bound


def call(text: str) -> CallRow:
    row, faults = read_row(CALL_HEADER, (f"`{text}`", "—"))
    assert isinstance(row, CallRow), faults
    return row


@pytest.mark.parametrize(
    ("sentence", "crossing", "keeping"),
    [
        ("More than 10 MUST be an invalid argument.", "f(11)", "f(10)"),
        ("An amount below zero MUST be refused.", "f(-1)", "f(0)"),
        ("A negative amount MUST be rejected.", "f(-0.5)", "f(0)"),
        ("At most 3 are taken; anything else MUST fail. Up to 3 or an error.", "f(4)", "f(3)"),
        ("It MUST be an error to pass no more than 5.", "f(6)", "f(5)"),
        ("At least 2, else an error MUST follow.", "f(1)", "f(2)"),
        ("A name longer than 3 characters MUST be refused.", 'f("abcd")', 'f("abc")'),
        ("A list of more than 2 items MUST be refused.", "f([1, 2, 3])", "f([1, 2])"),
        ("An empty text MUST be an invalid argument.", 'f("")', 'f(" ")'),
        ("A line with fewer than three words is an error.", 'f("a b")', 'f("a b c")'),
        ("More than 1.5 MUST be refused.", "f(x=1.6)", "f(x=1.5)"),
    ],
)
def test_a_bound_is_crossed_or_kept(sentence: str, crossing: str, keeping: str) -> None:
    found = find_crossing(sentence, call(crossing))
    assert found is not None
    assert found.quote in sentence
    assert find_crossing(sentence, call(keeping)) is None


def test_the_error_that_the_sentence_names_is_told() -> None:
    sentence = "The first MUST be found. Below zero it MUST be out of range."
    found = find_crossing(sentence, call("f(-1)"))
    assert found is not None
    assert (found.error, found.refuses) == ("out_of_range", True)


def test_an_error_of_an_interface_is_told() -> None:
    found = find_crossing("Over 9 MUST raise TooMuch.", call("f(10)"), errors=("TooMuch",))
    assert found is not None
    assert found.error == "TooMuch"


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("More than 10 MUST be billed twice.", "f(11)"),
        ("More than 10 MUST be refused.", "f(11, 4)"),
        ("More than 10 MUST NOT be refused.", "f(11)"),
    ],
)
def test_a_bound_does_not_decide(sentence: str, text: str) -> None:
    """It says nothing of a failure, or another argument may be meant."""
    found = find_crossing(sentence, call(text))
    assert found is not None
    assert not found.refuses


def test_a_sentence_whose_bounds_a_call_keeps_is_about_other_calls() -> None:
    text = "A line is read. A line with fewer than three words is an invalid argument."
    assert find_kept_bound(text, "is an invalid argument", call('f("a b c d")'))
    assert not find_kept_bound(text, "is an invalid argument", call('f("a")'))
    assert not find_kept_bound(text, "A line is read", call('f("a b c d")'))
    assert not find_kept_bound("Anything else is an error.", "is an error", call("f(1)"))


@pytest.mark.parametrize("text", ["f(true)", 'f("11")', "f([11])", "f(g(11))", "f()"])
def test_what_is_no_number_crosses_no_number(text: str) -> None:
    assert find_crossing("More than 10 MUST be refused.", call(text)) is None
