"""Each check of code: what it finds, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.graph.facts import CodedType, Coverage, Risk, RiskKind
from headwater.rules.articles.arguments import find_argument_problems
from headwater.rules.articles.evidence import Evidence, Scan
from headwater.rules.articles.interface import Demand
from headwater.rules.articles.registry import RULES
from headwater.rules.notes import NotedType
from headwater.spec.model import Place, Problem, Severity
from tests.rules.articles.builders import CONSTITUTION, make_check, make_evidence, make_facts

if TYPE_CHECKING:
    from headwater.graph.facts import CodeFacts


def find(name: str, evidence: Evidence, **arguments: object) -> list[Problem]:
    """What a check of article I with these arguments finds."""
    scope = str(arguments.pop("scope", "**"))
    severity = Severity(arguments.pop("severity", "error"))
    check = replace(make_check(name, scope=scope, severity=severity), arguments=arguments)
    assert list(find_argument_problems(RULES[name], check)) == []
    return list(RULES[name].find(evidence, Demand(article="I", check=check)))


def find_messages(name: str, *facts: CodeFacts, **arguments: object) -> list[str]:
    return [problem.message for problem in find(name, make_evidence(*facts), **arguments)]


# --- Imports and calls ---------------------------------------------------------------------------


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
    facts = make_facts(imports=((imported, 3),))
    assert bool(find_messages("imports.forbidden", facts, modules=modules)) is found


def test_a_forbidden_import_is_told_once_a_line_with_article_and_place() -> None:
    """`from requests import get, post` imports two names and is one problem."""
    facts = make_facts(imports=(("os", 1), ("requests.get", 3), ("requests.post", 3)))
    (problem,) = find(
        "imports.forbidden", make_evidence(facts), modules=["requests"], severity="warning"
    )
    assert problem.message == "article I forbids importing `requests` (src/x.py:3)"
    assert problem.place == Place(path="src/x.py", line=3)
    assert problem.code == "forbidden-import"
    assert problem.severity is Severity.WARNING
    assert f"{CONSTITUTION}:7" in problem.hint


NET = make_facts(path="src/shop/net.py", imports=(("socket", 4),))
MIDDLE = make_facts(path="src/shop/middle.py", imports=(("shop.net", 2),))
CORE = make_facts(path="src/shop/core.py", imports=(("shop.middle.send", 1),))


def test_a_forbidden_import_is_found_through_other_files_with_the_way_there() -> None:
    evidence = make_evidence(CORE, MIDDLE, NET, judged="src/shop/core.py")
    (problem,) = find("imports.forbidden", evidence, modules=["socket"])
    assert problem.message == (
        "article I forbids importing `socket`, which this reaches through src/shop/middle.py:2 → "
        "src/shop/net.py:4 (src/shop/core.py:1)"
    )


def test_what_another_judged_file_imports_is_its_own_breach_alone() -> None:
    messages = find_messages("imports.forbidden", CORE, MIDDLE, NET, modules=["socket"])
    assert messages == ["article I forbids importing `socket` (src/shop/net.py:4)"]


def test_modules_that_import_one_another_come_to_an_end() -> None:
    one = make_facts(path="src/a.py", imports=(("b", 1),))
    other = make_facts(path="src/b.py", imports=(("a", 1),))
    assert find_messages("imports.forbidden", one, other, modules=["socket"]) == []


def test_a_package_that_a_module_stands_in_is_reached_too() -> None:
    package = replace(
        make_facts(path="src/shop/__init__.py", imports=(("socket", 4),)), module="shop"
    )
    evidence = make_evidence(
        make_facts(path="src/core.py", imports=(("shop.near", 2),)), package, judged="src/core.py"
    )
    (problem,) = find("imports.forbidden", evidence, modules=["socket"])
    assert "src/shop/__init__.py:4" in problem.message


@pytest.mark.parametrize(
    ("imported", "found"),
    [("attrs", False), ("json", False), ("shop.net", False), ("requests.get", True)],
)
def test_only_allowed_own_and_standard_modules_may_be_imported(imported: str, found: bool) -> None:
    facts = make_facts(imports=((imported, 2),), standard=frozenset({"json"}))
    evidence = make_evidence(facts, own=frozenset({"shop"}))
    messages = [one.message for one in find("imports.allowed", evidence, modules=["attrs"])]
    assert messages == ["article I does not allow importing `requests` (src/x.py:2)"] * found


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
    facts = make_facts(calls=((called, 3),))
    assert bool(find_messages("calls.forbidden", facts, calls=calls)) is found


def test_forbidden_calls_are_told_line_by_line() -> None:
    facts = make_facts(calls=(("os.system", 9), ("os.system", 4), ("os.system", 4), ("print", 1)))
    assert find_messages("calls.forbidden", facts, calls=["os.*", "os.system"]) == [
        "article I forbids calling `os.system` (src/x.py:4)",
        "article I forbids calling `os.system` (src/x.py:9)",
    ]


def test_a_call_is_known_by_a_name_that_other_files_pass_on() -> None:
    first = make_facts(path="src/a.py", exports={"go": "subprocess.run"})
    second = make_facts(path="src/b.py", exports={"start": "a.go"})
    caller = make_facts(calls=(("b.start", 5), ("b.other", 6)))
    evidence = make_evidence(first, second, caller, judged="src/x.py")
    (problem,) = find("calls.forbidden", evidence, calls=["subprocess.*"])
    assert problem.message == "article I forbids calling `subprocess.run` (src/x.py:5)"


def test_names_that_stand_for_one_another_come_to_an_end() -> None:
    first = make_facts(path="src/a.py", exports={"go": "b.go"})
    second = make_facts(path="src/b.py", exports={"go": "a.go"}, calls=(("a.go", 1),))
    assert find_messages("calls.forbidden", first, second, calls=["eval"]) == []


# --- Layers --------------------------------------------------------------------------------------

LAYERS = ["shop.cli", "shop.core", "src/shop/store/**"]
CLI = make_facts(path="src/shop/cli.py", imports=(("shop.core", 1),))
STORE = make_facts(path="src/shop/store/file.py", imports=(("shop.cli.main", 3),))


def test_a_lower_layer_may_not_import_a_higher_one() -> None:
    core = make_facts(path="src/shop/core.py", imports=(("shop.store.file", 1), ("shop.core", 2)))
    assert find_messages("layers", CLI, core, STORE, layers=LAYERS) == [
        (
            "article I puts `shop.cli` above `src/shop/store/**`, which may not import it "
            "(src/shop/store/file.py:3)"
        )
    ]


def test_a_way_round_through_a_file_of_no_layer_is_found() -> None:
    core = make_facts(path="src/shop/core.py", imports=(("odds", 7),))
    odds = make_facts(path="src/odds.py", imports=(("shop.cli", 2),))
    assert find_messages("layers", CLI, core, odds, layers=LAYERS) == [
        (
            "article I puts `shop.cli` above `shop.core`, which may not import it, as it does "
            "through src/odds.py:2 → src/shop/cli.py (src/shop/core.py:7)"
        )
    ]


def test_a_package_whose_name_begins_alike_is_of_another_layer() -> None:
    core = make_facts(path="src/shop/core.py", imports=(("shop.client", 1),))
    assert find_messages("layers", CLI, core, layers=LAYERS) == []


# --- Sizes and shapes ----------------------------------------------------------------------------


def test_complexity_is_allowed_up_to_the_maximum() -> None:
    facts = make_facts(complexities=(("fine", 5, 1), ("Parser.read", 6, 20)))
    (problem,) = find("complexity.max", make_evidence(facts), max=5)
    assert problem.message == (
        "article I allows a complexity of 5; `Parser.read` has 6 (src/x.py:20)"
    )
    assert problem.place == Place(path="src/x.py", line=20)
    assert problem.code == "complexity-above-max"


def test_lines_are_allowed_up_to_the_maximum() -> None:
    facts = make_facts(complexities=(("fine", 5, 1), ("Parser.read", 6, 20)), lines=25)
    assert find_messages("functions.lines", facts, max=5) == [
        "article I allows functions of 5 lines; `Parser.read` has 6 (src/x.py:20)"
    ]
    assert find_messages("module.lines", facts, max=24) == [
        "article I allows files of 24 lines; this one has 25 (src/x.py:25)"
    ]
    assert find_messages("module.lines", facts, max=25) == []


def make_types(*names: str, path: str = "src/x.py") -> CodeFacts:
    """A file with the abstract type `Store` and classes that implement it."""
    types = [CodedType(name="Store", bases=("Protocol",), members=("read",), line=3)]
    types += [CodedType(name=name, bases=(), members=("read",), line=9) for name in names]
    return replace(make_facts(path=path), types=tuple(types))


def test_an_abstract_type_with_one_implementation_is_needless() -> None:
    (message,) = find_messages("abstraction.needless", make_types("FileStore"))
    assert "only `FileStore` implements `Store` (src/x.py:3)" in message
    assert find_messages("abstraction.needless", make_types("FileStore", "MemoryStore")) == []
    assert find_messages("abstraction.needless", make_types()) == []


def test_an_abstract_type_that_a_plan_gives_a_reason_for_is_left_alone() -> None:
    decided = make_evidence(make_types("FileStore"), decided=frozenset({"Store"}))
    assert find("abstraction.needless", decided) == []
    other = NotedType("001/C2", "OtherStore", (), ("read",), "plan.md", 9)
    planned = make_evidence(make_types("FileStore"), planned_types=(other,))
    assert find("abstraction.needless", planned) == []


def test_an_abstract_type_of_a_plan_is_the_plans_breach_alone() -> None:
    types = (
        NotedType("001/C1", "Store", ("ABC",), ("read",), "plan.md", 5),
        NotedType("001/C1", "FileStore", ("Store",), ("read",), "plan.md", 9),
    )
    of_plan = Evidence(planned_types=types, judges_plans=True)
    (problem,) = find("abstraction.needless", of_plan)
    assert str(problem.place) == "plan.md:5"
    of_code = make_evidence(make_types("FileStore"), planned_types=types)
    assert find("abstraction.needless", of_code) == []


# --- Coverage ------------------------------------------------------------------------------------


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


# --- Security ------------------------------------------------------------------------------------

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


# --- Whose code ----------------------------------------------------------------------------------


def test_peoples_own_files_are_judged_only_where_the_check_says_so() -> None:
    facts = make_facts(path="tools/mine.py", calls=(("eval", 1),))
    evidence = Evidence(handwritten=frozenset({facts.path}), code={facts.path: facts})
    assert find("calls.forbidden", evidence, calls=["eval"]) == []
    assert find("calls.forbidden", evidence, calls=["eval"], handwritten=False) == []
    assert find("calls.forbidden", evidence, calls=["eval"], handwritten=True)
    assert find("calls.forbidden", evidence, calls=["eval"], handwritten=True, scope="src/**") == []


# --- Arguments and clauses -----------------------------------------------------------------------


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
