"""Each check: what it finds in code, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.rules.articles.calls_forbidden import ForbiddenCalls
from headwater.rules.articles.complexity_max import MaximumComplexity
from headwater.rules.articles.imports_forbidden import ForbiddenImports
from headwater.spec.model import Place, Severity
from tests.rules.articles.builders import make_check, make_facts

if TYPE_CHECKING:
    from headwater.rules.articles.interface import Rule


@pytest.mark.parametrize(
    ("modules", "imported", "found"),
    [
        (["requests"], "requests", True),
        (["requests"], "requests.adapters", True),
        (["requests"], "requests_mock", False),
        (["requests"], "vendored.requests", False),
        (["urllib.request"], "urllib.request", True),
        (["urllib.request"], "urllib.request.Request", True),
        (["urllib.request"], "urllib", False),
        (["urllib.request"], "urllib.parse", False),
        (["requests", "httpx"], "httpx", True),
    ],
)
def test_a_forbidden_module_forbids_its_submodules_and_nothing_else(
    modules: list[str], imported: str, found: bool
) -> None:
    check = make_check("imports.forbidden", modules=modules)
    facts = make_facts(imports=((imported, 3),))
    assert bool(ForbiddenImports().check(facts, check=check, article="I")) is found


def test_a_forbidden_import_is_told_once_a_line_with_article_and_place() -> None:
    """`from requests import get, post` imports two names and is one problem."""
    check = make_check("imports.forbidden", modules=["requests"], severity=Severity.WARNING)
    facts = make_facts(imports=(("os", 1), ("requests.get", 3), ("requests.post", 3)))
    (problem,) = ForbiddenImports().check(facts, check=check, article="II")
    assert problem.message == "article II forbids importing `requests` (src/x.py:3)"
    assert problem.place == Place(path="src/x.py", line=3)
    assert problem.code == "forbidden-import"
    assert problem.severity is Severity.WARNING
    assert "constitution.md:7" in problem.hint


@pytest.mark.parametrize(
    ("calls", "called", "found"),
    [
        (["eval"], "eval", True),
        (["eval"], "ast.literal_eval", False),
        (["eval"], "model.eval", False),
        (["subprocess.*"], "subprocess.run", True),
        (["subprocess.*"], "subprocess", False),
        (["subprocess.*"], "asyncio.subprocess.run", False),
        (["*.execute"], "cursor.execute", True),
        (["time.time"], "time.TIME", False),
    ],
)
def test_a_forbidden_call_is_a_whole_name_or_a_wildcard(
    calls: list[str], called: str, found: bool
) -> None:
    check = make_check("calls.forbidden", calls=calls)
    facts = make_facts(calls=((called, 3),))
    assert bool(ForbiddenCalls().check(facts, check=check, article="I")) is found


def test_forbidden_calls_are_told_line_by_line() -> None:
    check = make_check("calls.forbidden", calls=["os.*", "os.system"])
    facts = make_facts(calls=(("os.system", 9), ("os.system", 4), ("os.system", 4), ("print", 1)))
    problems = ForbiddenCalls().check(facts, check=check, article="III")
    assert [problem.message for problem in problems] == [
        "article III forbids calling `os.system` (src/x.py:4)",
        "article III forbids calling `os.system` (src/x.py:9)",
    ]
    assert {problem.code for problem in problems} == {"forbidden-call"}


def test_complexity_is_allowed_up_to_the_maximum() -> None:
    check = make_check("complexity.max", max=5)
    facts = make_facts(complexities=(("fine", 5, 1), ("Parser.read", 6, 20)))
    (problem,) = MaximumComplexity().check(facts, check=check, article="IV")
    assert problem.message == (
        "article IV allows a complexity of 5; `Parser.read` has 6 (src/x.py:20)"
    )
    assert problem.place == Place(path="src/x.py", line=20)
    assert problem.code == "complexity-above-max"


@pytest.mark.parametrize(
    ("rule", "arguments", "codes"),
    [
        (ForbiddenImports(), {"modules": ["a", "b.c"]}, []),
        (ForbiddenImports(), {}, ["missing"]),
        (ForbiddenImports(), {"modules": "requests"}, ["type"]),
        (ForbiddenImports(), {"modules": []}, ["type"]),
        (ForbiddenImports(), {"modules": ["a", 1]}, ["type"]),
        (ForbiddenImports(), {"modules": [""]}, ["type"]),
        (ForbiddenImports(), {"modules": None}, ["type"]),
        (ForbiddenImports(), {"module": ["a"]}, ["missing", "unknown"]),
        (ForbiddenCalls(), {"calls": ["eval"]}, []),
        (ForbiddenCalls(), {"calls": {"eval": 1}, "max": 1}, ["unknown", "type"]),
        (MaximumComplexity(), {"max": 1}, []),
        (MaximumComplexity(), {"max": 0}, ["type"]),
        (MaximumComplexity(), {"max": True}, ["type"]),
        (MaximumComplexity(), {"max": "10"}, ["type"]),
        (MaximumComplexity(), {"max": 2.5}, ["type"]),
        (MaximumComplexity(), {"max": [10]}, ["type"]),
    ],
)
def test_wrong_arguments_are_problems_of_the_constitution(
    rule: Rule, arguments: dict[str, object], codes: list[str]
) -> None:
    check = replace(make_check(rule.name), arguments=arguments)
    problems = rule.read_arguments(check)
    assert [problem.code.removeprefix("check-argument-") for problem in problems] == codes
    for problem in problems:
        assert problem.place == check.place
        assert rule.name in problem.hint
        assert problem.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("rule", "arguments", "clause"),
    [
        (ForbiddenImports(), {"modules": ["a", "b"]}, "do not import `a`, `b`"),
        (ForbiddenCalls(), {"calls": ["eval", "os.*"]}, "do not call `eval`, `os.*`"),
        (
            MaximumComplexity(),
            {"max": 8},
            "keep every function's cyclomatic complexity at 8 or below",
        ),
    ],
)
def test_a_check_reads_as_a_short_clause(
    rule: Rule, arguments: dict[str, object], clause: str
) -> None:
    assert rule.render(replace(make_check(rule.name), arguments=arguments)) == clause
