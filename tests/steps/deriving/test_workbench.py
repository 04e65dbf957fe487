"""Files tried in the sandbox, and what becomes of runs that end badly."""

from __future__ import annotations

from dataclasses import replace

from headwater.sandbox.interface import Limits
from headwater.targets.interface import TestResult, Verdict
from tests.operations.builders import TARGETS, make_workbench
from tests.targets.builders import component, emit

DEMO = component("def f(n: int) -> int: ...")
TESTS = emit("| Call | Result |\n| --- | --- |\n| `f(1)` | `2` |\n| `f(3)` | `6` |\n", DEMO)
SUPPORT = dict(TARGETS["python"].emit_support("001-demo"))


def run(code: str, *, seconds: float = 20.0) -> tuple[TestResult, ...]:
    workbench = replace(make_workbench(), limits=Limits(seconds=seconds))
    return workbench.run_tests({**SUPPORT, "src/demo.py": code}, tests=[TESTS])


def test_every_test_has_a_result() -> None:
    results = run("def f(n: int) -> int:\n    return 2\n")
    assert [result.key for result in results] == list(TESTS.tests)
    assert [result.verdict for result in results] == [Verdict.PASSED, Verdict.FAILED]


def test_without_tests_nothing_runs() -> None:
    assert make_workbench().run_tests({}, tests=[]) == ()
    empty = replace(TESTS, tests={})
    assert make_workbench().run_tests({}, tests=[empty]) == ()


def test_a_run_that_is_ended_says_how() -> None:
    """The first test holds the run until the sandbox ends it; the second never starts."""
    results = run("import time\n\n\ndef f(n: int) -> int:\n    time.sleep(60)\n", seconds=2.0)
    assert [result.verdict for result in results] == [Verdict.MISSING] * 2
    assert results[1].message == "the test run was ended: timed out"


def test_a_run_that_leaves_says_with_which_code() -> None:
    results = run("import os\n\n\ndef f(n: int) -> int:\n    os._exit(7)\n")
    assert [result.verdict for result in results] == [Verdict.MISSING] * 2
    assert results[1].message == "the test run ended with exit code 7 before this test"


def test_code_cannot_write_its_own_report() -> None:
    """A report that is a link, or gone, counts as none; what it points at is not read."""
    name = TARGETS["python"].report_path
    link = f"import os\n\nos.remove('{name}')\nos.symlink('src/demo.py', '{name}')\nos._exit(0)\n"
    assert {result.verdict for result in run(link)} == {Verdict.MISSING}
    folder = f"import os\n\nos.remove('{name}')\nos.mkdir('{name}')\nos._exit(0)\n"
    assert {result.verdict for result in run(folder)} == {Verdict.MISSING}
    pipe = f"import os\n\nos.remove('{name}')\nos.mkfifo('{name}')\nos._exit(0)\n"
    assert {result.verdict for result in run(pipe)} == {Verdict.MISSING}


def test_files_are_formatted_in_place() -> None:
    formatted = make_workbench().format({"a.py": "x = (1)\n", "b/c.py": "y=2\n"})
    assert formatted == {"a.py": "x = 1\n", "b/c.py": "y = 2\n"}


def test_what_does_not_parse_comes_back_as_it_was() -> None:
    assert make_workbench().finish(DEMO, "def f(:\n", dependencies=()) == "def f(:\n"


def test_a_report_of_problems_has_places_in_the_file() -> None:
    (problem,) = make_workbench().inspect(
        DEMO, '__all__ = ["f"]\n\n\ndef f(n: int) -> int:\n    return m\n'
    )
    assert (problem.place.path, problem.place.line) == ("src/demo.py", 5)
