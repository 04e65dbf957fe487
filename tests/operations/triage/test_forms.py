"""Every form that a failure is reported in, and where each is found to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.altered_code import alter_code
from headwater.errors import HeadwaterError
from headwater.operations.triage.report import NoPlaceError, Step, Verdict
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.triage.stats import TRACEBACK, script, trace

if TYPE_CHECKING:
    from headwater.operations.triage.report import TriageReport
    from tests.operations.builders import Checkout

TEST = "tests/001_sums/test_c2.py::test_fr_002"
WRONG = "def share(part: int, whole: int) -> int:\n    return 25\n"


def place(report: TriageReport) -> str:
    return next(one.text for one in report.evidence if one.step is Step.PLACE)


def find_row(checkout: Checkout, call: str) -> str:
    """The name of a row's test as pytest prints it."""
    text = checkout.read("tests/001_sums/test_c2.py")
    line = next(line for line in text.splitlines() if call in line and "id=" in line)
    key = line.partition('id="')[2].partition('"')[0]
    return f"{TEST}[{key}]"


def test_a_test_is_itself_whatever_component_is_named(checkout: Checkout) -> None:
    alter_code(checkout.root, "001/C2", WRONG)
    report = trace(checkout, test=TEST, component="C1")
    assert (report.component, report.verdict) == ("001/C2", Verdict.GENERATION)


def test_an_id_leads_to_what_implements_it(checkout: Checkout) -> None:
    model = script({"triage/case": ["", ""]})
    report = trace(checkout, model, text="xyzzy FR-003")
    assert place(report) == "the report names FR-003, which 001/C3 implements"
    assert report.verdict is Verdict.OPEN


def test_a_traceback_leads_to_the_deepest_line_of_derived_code(checkout: Checkout) -> None:
    """Paths may be another machine's, and the frames below may be a library's."""
    text = TRACEBACK.replace(
        "ZeroDivisionError", '  File "/usr/lib/python3/statistics.py", line 9, in mean\nValueError'
    )
    report = trace(checkout, ScriptedModel([]), text=text)
    assert report.component == "001/C1"
    assert "src/sums/averages.py:5, inside `average`, of 001/C1" in place(report)
    assert report.refs == ("001/FR-001",)


def test_a_failing_test_leads_to_its_row(checkout: Checkout) -> None:
    alter_code(checkout.root, "001/C2", WRONG)
    report = trace(checkout, test=find_row(checkout, "(3, 4)"))
    assert report.verdict is Verdict.GENERATION
    assert (report.component, report.refs) == ("001/C2", ("001/FR-002",))
    assert report.withdrawn == ("001/C2",)


def test_a_test_that_passes_is_not_reproduced(checkout: Checkout) -> None:
    alter_code(checkout.root, "001/C2", WRONG)
    report = trace(checkout, test=find_row(checkout, "(1, 4)"))
    assert report.verdict is Verdict.ABSENT


def test_the_name_of_a_test_function_stands_for_all_its_rows(checkout: Checkout) -> None:
    alter_code(checkout.root, "001/C2", WRONG)
    report = trace(checkout, test=TEST)
    assert report.verdict is Verdict.GENERATION


def test_the_output_of_a_test_run_is_read(checkout: Checkout) -> None:
    alter_code(checkout.root, "001/C2", WRONG)
    name = find_row(checkout, "(3, 4)")
    text = f"E  AssertionError: share(3, 4) returned 25, expected 75\nFAILED {name} - Assertion"
    report = trace(checkout, text=text)
    assert (report.verdict, report.component) == (Verdict.GENERATION, "001/C2")


def test_an_issue_that_names_a_call_needs_no_model_to_be_placed(checkout: Checkout) -> None:
    ruling = {"ruling": "silent"}
    model = script(
        {
            "change/sentence 001/FR-002": [{"choice": "none"}],
            "triage/ruling 001/FR-002 1": [ruling],
        }
    )
    text = "When the whole is 0, `share(1, 0)` crashes. It should return 0."
    report = trace(checkout, model, text=text)
    assert place(report) == "`share` is declared by the interface of 001/C2"
    assert (report.call, report.expected) == ("`share(1, 0)`", "`0`")
    assert report.verdict is Verdict.GAP


def test_an_issue_in_words_is_placed_and_put_into_a_call(checkout: Checkout) -> None:
    """A model chooses a number and fills a form; both are held to what there is."""
    model = script(
        {
            "triage/place": [{"choice": "1"}],
            "triage/case": [
                {"function": "label", "arguments": ["x y"], "outcome": "value", "value": "X-Y"}
            ],
            "triage/ruling 001/FR-003 1": [{"ruling": "silent"}],
            "change/sentence 001/FR-003": [{"choice": "none"}],
        }
    )
    text = "Labels with a blank: the capital letters of x y should be joined to X-Y."
    report = trace(checkout, model, text=text)
    assert (report.component, report.verdict) == ("001/C3", Verdict.GAP)
    assert [one.by_model for one in report.evidence if one.step is Step.CASE] == [True]
    assert report.change is not None
    assert report.change.draft is not None
    assert b"<!-- drafted: confirm -->" in report.change.draft.documents[report.change.path]


def test_what_happens_now_is_not_what_a_report_wants(checkout: Checkout) -> None:
    """A model that took the present result for the wanted one is told so, and asked again."""
    now = {"function": "label", "arguments": ["x y"], "outcome": "value", "value": "X Y"}
    model = script(
        {
            "triage/place": [{"choice": "1"}],
            "triage/case": [now],
            "triage/wanted label": [
                {"outcome": "value", "value": "X Y"},
                {"outcome": "value", "value": "X-Y"},
            ],
            "triage/ruling 001/FR-003 1": [{"ruling": "silent"}],
            "change/sentence 001/FR-003": [{"choice": "none"}],
        }
    )
    text = "Labels with a blank: x y in capital letters gave X Y. It should have been X-Y."
    report = trace(checkout, model, text=text)
    assert (report.verdict, report.expected) == (Verdict.GAP, '`"X-Y"`')
    wanted = [one.prompt for one in model.requests if "Now it returned" in one.prompt]
    assert len(wanted) == 2
    assert "that is what it comes to now" in wanted[1]


def test_a_result_of_another_type_is_asked_for_again(checkout: Checkout) -> None:
    model = script(
        {
            "triage/place": [{"choice": "1"}],
            "triage/case": [
                {"function": "label", "arguments": ["x y"], "outcome": "value", "value": 7},
                {"function": "label", "arguments": ["x y"], "outcome": "value", "value": "7"},
            ],
            "triage/ruling 001/FR-003 1": [{"ruling": "silent"}],
            "change/sentence 001/FR-003": [{"choice": "none"}],
        }
    )
    report = trace(checkout, model, text="Capital letters of labels: x y should be 7 in all.")
    assert (report.verdict, report.expected) == (Verdict.GAP, '`"7"`')
    assert any("`7` is no text" in one.prompt for one in model.requests)


def test_a_value_that_is_not_in_the_report_is_refused(checkout: Checkout) -> None:
    invented = {"function": "label", "arguments": ["zebra"], "outcome": "unsaid"}
    model = script({"triage/place": [{"choice": "1"}], "triage/case": [invented, invented]})
    report = trace(checkout, model, text="Capital letters of labels are wrong for blanks.")
    assert report.verdict is Verdict.OPEN
    assert "does not stand in the report" in model.requests[-1].prompt
    assert report.question


def test_a_component_that_is_named_is_where_it_is(checkout: Checkout) -> None:
    report = trace(checkout, ScriptedModel([]), text="share(1, 4) == 25", component="C2")
    assert place(report) == "001/C2 was named by the one who asks"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"text": 'File "/a/other.py", line 3, in f\n'}, "none of /a/other.py was derived"),
        ({"text": "zzz"}, "no requirement shares its words"),
        ({"test": "tests/test_mine.py::test_x"}, "expected a derived test"),
        ({"text": "label", "component": "C9"}, "expected one component 'C9', found none"),
    ],
)
def test_what_names_nothing_derived_is_refused(
    checkout: Checkout, given: dict[str, str], message: str
) -> None:
    with pytest.raises(NoPlaceError, match=message):
        trace(checkout, ScriptedModel([]), **given)


def test_a_model_may_say_that_no_requirement_is_meant(checkout: Checkout) -> None:
    model = script({"triage/place": [{"choice": "none"}]})
    with pytest.raises(NoPlaceError):
        trace(checkout, model, text="The whole capital of the bank is wrong.")


@pytest.mark.parametrize("row", ["average", "average([])", "average(numbers) = 3", "= 3"])
def test_a_row_that_is_none_is_refused(checkout: Checkout, row: str) -> None:
    with pytest.raises(HeadwaterError, match="expected a call and its result"):
        trace(checkout, example=row)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("averag([1]) = 1", "no interface declares the function `averag`"),
        ("average() = 1", "`numbers`"),
        ("average([1], 2) = 1", "average"),
        ("average([1]) = raises Nothing", "Nothing"),
        ('average("x") = 1', 'report:1: `average."x".`: `"x"` is no array'),
        ("average([1]) = {}", "is no number"),
    ],
)
def test_a_row_that_does_not_fit_the_interface_is_refused(
    checkout: Checkout, row: str, message: str
) -> None:
    with pytest.raises(HeadwaterError, match=message):
        trace(checkout, example=row)


def test_code_that_is_not_as_it_was_derived_is_not_judged(checkout: Checkout) -> None:
    checkout.write("src/sums/averages.py", "def average(numbers):\n    return 0\n")
    with pytest.raises(HeadwaterError, match="found it edited") as caught:
        trace(checkout, example="average([]) = 0")
    assert "headwater revert" in caught.value.hint


def test_code_that_is_not_up_to_date_is_built_first(checkout: Checkout) -> None:
    spec = checkout.read("specs/001-sums/spec.md")
    checkout.write("specs/001-sums/spec.md", spec.replace("An average", "A mean"))
    with pytest.raises(HeadwaterError, match="found it stale") as caught:
        trace(checkout, example="average([]) = 0")
    assert "headwater build" in caught.value.hint
