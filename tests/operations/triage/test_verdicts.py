"""Every verdict, each with the evidence that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.altered_code import alter_code
from headwater.operations.triage.report import Step, Verdict
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.triage.stats import TRACEBACK, script, trace

if TYPE_CHECKING:
    from headwater.operations.triage.report import TriageReport
    from tests.operations.builders import Checkout

SILENT = {"ruling": "silent", "quote": ""}
# No sentence of the requirement is changed: the row is enough.
NO_SENTENCE = {"change/sentence 001/FR-003": [{"choice": "none"}]}


def reasons(report: TriageReport) -> str:
    return "\n".join(one.text for one in report.evidence if one.step is Step.VERDICT)


def test_code_that_breaks_a_row_is_wrong_whatever_the_report_says(checkout: Checkout) -> None:
    alter_code(checkout.root, "001/C2", "def share(part: int, whole: int) -> int:\n    return 25\n")
    report = trace(checkout, example="share(3, 4) = 80")
    assert report.verdict is Verdict.GENERATION
    assert (report.withdrawn, report.change) == (("001/C2",), None)
    assert "share(3, 4) returned 25, expected 75" in reasons(report)


def test_a_failing_test_of_another_function_decides_nothing(checkout: Checkout) -> None:
    alter_code(checkout.root, "001/C2", "def share(part: int, whole: int) -> int:\n    return 25\n")
    report = trace(checkout, example='label("ab") = "AB"')
    assert report.verdict is Verdict.ABSENT


def test_a_row_with_the_same_call_and_another_result_stands_against_the_report(
    checkout: Checkout,
) -> None:
    """However the call is written."""
    before = checkout.look()
    report = trace(checkout, example="average(numbers=[2, 4]) = 4")
    assert report.verdict is Verdict.OTHERWISE
    (cited,) = [one for one in report.evidence if one.step is Step.VERDICT]
    assert "001/FR-001 shows `average([2, 4])` → `3`, and the code keeps it" in cited.text
    assert cited.place.startswith("specs/001-sums/spec.md:9:")
    assert "headwater change" in report.advice
    assert not report.has_way
    assert checkout.look() == before


def test_what_the_call_does_already_is_not_reproduced(checkout: Checkout) -> None:
    report = trace(checkout, example="average([1, 2]) = 1.5")
    assert report.verdict is Verdict.ABSENT
    assert report.actual == "returned 1.5"


def test_a_traceback_that_ends_otherwise_here_is_not_reproduced(checkout: Checkout) -> None:
    text = TRACEBACK.replace("average([])", "average([4])")
    report = trace(checkout, text=text)
    assert report.verdict is Verdict.ABSENT
    assert report.actual == "returned 4.0"


def test_a_bound_that_the_call_crosses_decides_without_a_model(checkout: Checkout) -> None:
    report = trace(checkout, text=TRACEBACK)
    assert report.verdict is Verdict.GENERATION
    assert (report.call, report.expected) == ("`average([])`", "raises `invalid_argument`")
    assert "crosses “empty list”" in reasons(report)
    assert report.usage.calls == 0
    assert report.change is not None
    assert [(one.topic.value, one.now) for one in report.change.differences] == [
        ("example", "raises `invalid_argument`")
    ]


def test_a_report_against_a_bound_is_told_so(checkout: Checkout) -> None:
    """The code breaks the requirement too, so that the row is the requirement's."""
    report = trace(checkout, example="average([]) = 0")
    assert report.verdict is Verdict.GENERATION
    assert report.expected == "raises `invalid_argument`"
    assert "not `0` as the report wants" in reasons(report)


def test_a_requirement_that_a_model_quotes_both_times_decides(checkout: Checkout) -> None:
    quote = "MUST be written in capital letters"
    model = script(
        {
            "triage/ruling 001/FR-003 1": [{"ruling": "first", "quote": quote}],
            "triage/ruling 001/FR-003 2": [{"ruling": "second", "quote": quote}],
        }
    )
    report = trace(checkout, model, example='label("ß") = "ẞ"')
    assert report.verdict is Verdict.GENERATION
    assert f"001/FR-003 demands what the report wants: “{quote}”" in reasons(report)
    assert report.change is not None
    assert report.change.draft is not None
    assert b"drafted" not in report.change.draft.documents[report.change.path]


def test_a_requirement_that_demands_what_happens_stands_against_the_report(
    checkout: Checkout,
) -> None:
    quote = "written in capital letters"
    model = script(
        {
            "triage/ruling 001/FR-003 1": [{"ruling": "second", "quote": quote}],
            "triage/ruling 001/FR-003 2": [{"ruling": "first", "quote": quote}],
        }
    )
    report = trace(checkout, model, example='label("x") = "x"')
    assert report.verdict is Verdict.OTHERWISE
    assert report.advice.endswith("--ref 001/FR-003`.")


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (SILENT, None, "is silent on it"),
        (
            {"ruling": "first", "quote": "capital letters"},
            {"ruling": "first", "quote": "capital letters"},
            "two answers in swapped order did not agree",
        ),
        (
            {"ruling": "first", "quote": "capital letters"},
            SILENT,
            "two answers in swapped order did not agree",
        ),
    ],
)
def test_a_requirement_that_does_not_decide_leaves_a_gap(
    checkout: Checkout, first: object, second: object, why: str
) -> None:
    """A model that always takes the first answer says nothing."""
    rulings = {"triage/ruling 001/FR-003 1": [first], "triage/ruling 001/FR-003 2": [second]}
    model = script({**{name: one for name, one in rulings.items() if one != [None]}, **NO_SENTENCE})
    report = trace(checkout, model, example='label(" x") = "X"')
    assert report.verdict is Verdict.GAP
    assert why in reasons(report)
    assert report.change is not None
    assert report.change.ref == "001/FR-003"


@pytest.mark.parametrize(
    ("quote", "why"),
    [
        ("labels are trimmed", "does not stand in the requirement"),
        ("capital", "is one word"),
    ],
)
def test_a_quote_that_proves_nothing_is_refused(checkout: Checkout, quote: str, why: str) -> None:
    answer = {"ruling": "first", "quote": quote}
    model = script({"triage/ruling 001/FR-003 1": [answer, answer], **NO_SENTENCE})
    report = trace(checkout, model, example='label(" x") = "X"')
    assert report.verdict is Verdict.GAP
    assert why in reasons(report)
    assert report.refused == 2


def test_a_failure_is_demanded_only_by_words_about_failing(checkout: Checkout) -> None:
    answer = {"ruling": "first", "quote": "rounded to whole numbers"}
    sentence = {"change/sentence 001/FR-002": [{"choice": "none"}]}
    model = script({"triage/ruling 001/FR-002 1": [answer, answer], **sentence})
    report = trace(checkout, model, example="share(1, 0) = raises invalid_argument")
    assert report.verdict is Verdict.GAP
    assert "speaks of no failure" in reasons(report)


def test_without_a_wanted_result_a_requirement_may_demand_one(checkout: Checkout) -> None:
    quote = "given in percent, rounded to whole numbers"
    model = script(
        {
            "triage/demanded 001/FR-002": [{"outcome": "value", "value": 0, "quote": quote}],
            "triage/ruling 001/FR-002 1": [{"ruling": "first", "quote": quote}],
            "triage/ruling 001/FR-002 2": [{"ruling": "second", "quote": quote}],
        }
    )
    report = trace(checkout, model, text="Traceback (most recent call last):\n  share(1, 0)\n")
    assert report.verdict is Verdict.GENERATION
    assert report.expected == "`0`"


def test_without_a_wanted_result_a_gap_is_a_question(checkout: Checkout) -> None:
    model = script({"triage/demanded 001/FR-002": [{"outcome": "unsaid"}]})
    report = trace(checkout, model, text="share(1, 0)")
    assert report.verdict is Verdict.GAP
    assert report.question == (
        'What should `share(1, 0)` come to? It raised ZeroDivisionError("division by zero"). '
        "Say `headwater triage --example 'share(1, 0) = …'`."
    )
    assert not report.has_way


def test_values_are_shown_to_a_model_as_they_are(checkout: Checkout) -> None:
    same = "def label(text: str) -> str:\n    return text.upper() if len(text) == 2 else text\n"
    alter_code(checkout.root, "001/C3", same)
    model = script({"triage/ruling 001/FR-003 1": [SILENT], **NO_SENTENCE})
    trace(checkout, model, example='label("printed") = "P"')
    assert 'Second: it returns "printed".' in model.requests[0].prompt


def test_a_report_that_holds_no_call_is_a_question(checkout: Checkout) -> None:
    text = TRACEBACK.replace("average([])", "average(numbers)")
    report = trace(checkout, ScriptedModel([]), text=text)
    assert report.verdict is Verdict.OPEN
    assert report.question.startswith("Which call fails")
