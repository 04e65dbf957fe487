"""The checks that take a tool's word: coverage and security."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headwater.graph.facts import Coverage, Risk, RiskKind
from headwater.rules.articles.evidence import Evidence, Scan
from headwater.spec.model import Place, Problem, Severity
from tests.rules.articles.breaches import find
from tests.rules.articles.builders import CONSTITUTION, make_evidence, make_facts


@pytest.mark.parametrize(("floor", "found"), [(70, 0), (71, 1), (100, 1), (0, 0)])
def test_tests_must_run_as_much_as_the_floor_says(floor: int, found: int) -> None:
    coverage = {"src/x.py": Coverage(statements=10, missed=(4, 5, 9))}
    problems = find("coverage.floor", Evidence(coverage=coverage), percent=floor)
    assert len(problems) == found
    for problem in problems:
        assert "they run 70 %, and not lines 4, 5, 9 (src/x.py:4)" in problem.message


def test_a_file_without_statements_is_covered_and_one_out_of_scope_not_asked() -> None:
    coverage = {
        "src/x.py": Coverage(statements=0, missed=()),
        "tools/y.py": Coverage(statements=1, missed=(1,)),
    }
    evidence = Evidence(coverage=coverage)
    assert find("coverage.floor", evidence, percent=100, scope="src/**") == []


RISKY = replace(make_facts(), risks=(Risk(kind=RiskKind.EVALUATION, what="eval", line=3),))


def say(line: int, *, path: str = "src/x.py") -> Problem:
    return Problem(code="B307", message="Unsafe function", place=Place(path=path, line=line))


def test_own_rules_and_the_scanner_tell_a_line_once() -> None:
    scan = Scan("bandit", findings=(say(3), say(8), say(8, path="src/other.py")))
    evidence = make_evidence(RISKY, scan=scan)
    assert [problem.message for problem in find("security.scan", evidence)] == [
        "article I wants safe code; this runs text as code: `eval` (src/x.py:3)",
        "article I wants safe code; bandit says B307: Unsafe function (src/x.py:8)",
    ]


def test_a_scanner_that_was_not_run_is_told_and_own_rules_are_applied() -> None:
    evidence = make_evidence(RISKY, scan=Scan("bandit", skipped="it is not installed"))
    risk, skipped = find("security.scan", evidence)
    assert (risk.code, risk.severity) == ("security-risk", Severity.ERROR)
    assert (skipped.code, skipped.severity) == ("scanner-not-run", Severity.WARNING)
    assert skipped.place.path == CONSTITUTION
    assert "headwater[security]" in skipped.hint
