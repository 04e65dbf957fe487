"""Files tried in the sandbox, and what becomes of runs that end badly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.graph.facts import Coverage
from headwater.sandbox.interface import Limits
from headwater.targets.interface import TestResult, Verdict
from headwater.targets.python.target import PythonTarget
from tests.operations.builders import TARGETS, make_workbench
from tests.targets.builders import component, emit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.targets.interface import ToolCommand

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


class WithoutScanner(PythonTarget):
    """As where the scanner is not installed."""

    def scan_command(self, paths: Sequence[str]) -> ToolCommand | None:
        return None


def test_a_scanner_that_is_not_installed_is_told() -> None:
    workbench = replace(make_workbench(), target=WithoutScanner())
    scan = workbench.scan({"src/x.py": "eval('1')\n"})
    assert (scan.scanner, scan.skipped, scan.findings) == ("bandit", "it is not installed", ())


def test_a_scan_finds_places_and_runs_nothing() -> None:
    pytest.importorskip("bandit")
    code = "import os\n\nos.remove('src/x.py')\nassert eval('1')\n"
    scan = make_workbench().scan({"src/x.py": code, "src/y.py": "value = 1\n"})
    assert scan.skipped == ""
    assert ("B101", "src/x.py:4") in {(one.code, str(one.place)) for one in scan.findings}
    assert {one.place.path for one in scan.findings} == {"src/x.py"}


def test_what_tests_run_is_measured_for_the_files_that_are_asked_for() -> None:
    code = "def f(n: int) -> int:\n    if n > 9:\n        return 0\n    return 2 * n\n"
    files = {**SUPPORT, "src/demo.py": code, "src/never.py": "value = 1\n"}
    paths = ("src/demo.py", "src/never.py")
    run = make_workbench().measure_tests(files, tests=[TESTS], measured=paths)
    assert {result.verdict for result in run.results} == {Verdict.PASSED}
    assert run.coverage["src/demo.py"] == Coverage(statements=4, missed=(3,))
    assert run.coverage["src/never.py"].percent == 0


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
