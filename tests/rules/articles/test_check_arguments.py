"""Arguments of checks: which are wrong, and how a check reads as a clause."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headwater.rules.articles.arguments import find_argument_problems
from headwater.rules.articles.interface import Demand
from headwater.rules.articles.registry import RULES
from headwater.spec.model import Severity
from tests.rules.articles.builders import make_check


@pytest.mark.parametrize(
    ("name", "arguments", "codes"),
    [
        ("imports.forbidden", {"modules": ["a", "b.c"]}, []),
        ("imports.forbidden", {}, ["missing"]),
        ("imports.forbidden", {"modules": "requests"}, ["type"]),
        ("imports.forbidden", {"modules": []}, ["type"]),
        ("imports.forbidden", {"modules": ["a", 1]}, ["type"]),
        ("imports.forbidden", {"modules": [""]}, ["type"]),
        ("imports.forbidden", {"modules": None}, ["type"]),
        ("imports.forbidden", {"module": ["a"]}, ["missing", "unknown"]),
        ("imports.forbidden", {"modules": ["a"], "handwritten": "yes"}, ["type"]),
        ("calls.forbidden", {"calls": ["eval"]}, []),
        ("calls.forbidden", {"calls": {"eval": 1}, "max": 1}, ["unknown", "type"]),
        ("complexity.max", {"max": 1}, []),
        ("complexity.max", {"max": 0}, ["type"]),
        ("complexity.max", {"max": True}, ["type"]),
        ("complexity.max", {"max": "10"}, ["type"]),
        ("complexity.max", {"max": 2.5}, ["type"]),
        ("complexity.max", {"max": [10]}, ["type"]),
        ("coverage.floor", {"percent": 0}, []),
        ("coverage.floor", {"percent": 101}, ["type"]),
        ("coverage.floor", {"percent": -1}, ["type"]),
        ("secrets.forbidden", {}, []),
        ("tests.before_code", {"max": 1}, ["unknown"]),
    ],
)
def test_wrong_arguments_are_problems_of_the_constitution(
    name: str, arguments: dict[str, object], codes: list[str]
) -> None:
    check = replace(make_check(name), arguments=arguments)
    problems = list(find_argument_problems(RULES[name], check))
    assert [problem.code.removeprefix("check-argument-") for problem in problems] == codes
    for problem in problems:
        assert problem.place == check.place
        assert name in problem.hint
        assert problem.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("name", "arguments", "clause"),
    [
        ("imports.forbidden", {"modules": ["a", "b"]}, "do not import `a`, `b`"),
        ("calls.forbidden", {"calls": ["eval", "os.*"]}, "do not call `eval`, `os.*`"),
        (
            "complexity.max",
            {"max": 8},
            "keep every function's cyclomatic complexity at 8 or below",
        ),
        ("layers", {"layers": ["a", "b"]}, "imports point one way only: `a` → `b`"),
        ("documents.required", {"paths": ["SECURITY.md"]}, ""),
    ],
)
def test_a_check_reads_as_a_short_clause(
    name: str, arguments: dict[str, object], clause: str
) -> None:
    check = replace(make_check(name), arguments=arguments)
    assert RULES[name].render(Demand(article="I", check=check)) == clause
