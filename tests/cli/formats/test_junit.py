from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from headwater.cli.formats.junit import render
from headwater.operations.checking.check_report import FailOn
from headwater.spec.model import Severity
from tests.cli.formats.samples import SAMPLE, SPEC_PATH, make_checked, make_problem

if TYPE_CHECKING:
    from headwater.cli.formats.interface import Checked


def read(checked: Checked) -> ET.Element:
    return ET.fromstring(render(checked))


def test_counts_are_those_of_the_cases() -> None:
    root = read(SAMPLE)

    for holder in (root, *root.iter("testsuite")):
        counts = {name: int(holder.attrib[name]) for name in ("tests", "failures", "skipped")}
        assert counts == {
            "tests": len([*holder.iter("testcase")]),
            "failures": len([*holder.iter("failure")]),
            "skipped": len([*holder.iter("skipped")]),
        }
    assert [suite.attrib["name"] for suite in root] == sorted(SAMPLE.report.documents)


def test_no_two_cases_have_one_name() -> None:
    """GitLab takes the first of several, and passes over the others."""
    cases = [*read(make_checked(*[make_problem(line=n) for n in range(1, 5)])).iter("testcase")]

    assert len({(case.attrib["classname"], case.attrib["name"]) for case in cases}) == 5
    assert len(cases) == 5


def test_a_name_stays_when_a_finding_moves() -> None:
    names = [
        [case.attrib["name"] for case in read(make_checked(make_problem(line=n))).iter("testcase")]
        for n in (7, 70)
    ]

    assert names[0] == names[1]


def test_a_warning_fails_only_where_warnings_do() -> None:
    checked = make_checked(make_problem(severity=Severity.WARNING))

    assert read(checked).attrib["failures"] == "0"
    assert read(checked).attrib["skipped"] == "1"
    assert read(replace(checked, fail_on=FailOn.WARNING)).attrib["failures"] == "1"


def test_a_document_without_findings_passes() -> None:
    suites = {suite.attrib["name"]: suite for suite in read(make_checked())}

    (case,) = suites[SPEC_PATH]
    assert case.attrib["name"] == "no findings"
    assert len(case) == 0


@given(st.text(), st.text())
def test_any_text_is_xml_that_can_be_read(message: str, excerpt: str) -> None:
    problem = make_problem(path=f"specs/{message}", message=message, hint=message, excerpt=excerpt)

    (failure,) = read(make_checked(problem)).iter("failure")

    assert failure.attrib["type"] == "sample-rule"
