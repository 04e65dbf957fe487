"""Reports of test runs, whole and broken off."""

from __future__ import annotations

import json

from headwater.targets.interface import TestFile, TestResult, Verdict
from tests.targets.builders import TARGET

FILE = TestFile(
    path="tests/test_c1.py",
    text="",
    tests={"a": "tests/test_c1.py::test_a", "b": "tests/test_c1.py::test_b"},
)


def read(*events: dict[str, str] | str) -> list[TestResult]:
    lines = [event if isinstance(event, str) else json.dumps(event) for event in events]
    return list(TARGET.read_results("\n".join(lines), files=[FILE]))


def ended(test: str, outcome: str, message: str = "") -> dict[str, str]:
    return {
        "event": "ended",
        "node": f"tests/test_c1.py::{test}",
        "outcome": outcome,
        "message": message,
    }


def test_no_report_leaves_every_test_missing() -> None:
    assert read() == [
        TestResult(key="a", verdict=Verdict.MISSING),
        TestResult(key="b", verdict=Verdict.MISSING),
    ]


def test_damaged_lines_are_passed_over() -> None:
    results = read(ended("test_a", "passed"), "[1]", '{"event": "ended", "node": "tests/te')
    assert [result.verdict for result in results] == [Verdict.PASSED, Verdict.MISSING]


def test_a_teardown_that_fails_spoils_a_test_that_passed() -> None:
    [first, _] = read(ended("test_a", "passed"), ended("test_a", "error", "boom"))
    assert first == TestResult(key="a", verdict=Verdict.ERROR, message="boom")


def test_an_outcome_that_is_not_known_is_an_error() -> None:
    assert read(ended("test_a", "surprise"))[0].verdict is Verdict.ERROR


def test_tests_that_are_not_asked_for_are_passed_over() -> None:
    assert [result.key for result in read(ended("test_z", "passed"))] == ["a", "b"]
