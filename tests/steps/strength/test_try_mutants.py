"""Mutants in the real sandbox: told, missed, not run, endless, and harmful to the run itself."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from headwater.steps.strength.try_mutants import NotMeasurableError, try_mutants
from tests.operations.builders import TARGETS, make_workbench
from tests.steps.strength.builders import make_part, make_suite, try_part

if TYPE_CHECKING:
    from pathlib import Path

FEE = """\
def fee(minutes: int) -> int:
    if minutes < 0:
        raise ValueError(minutes)
    if minutes > 60:
        return 9
    return 4
"""


def test_tells_what_tests_notice_what_they_miss_and_what_none_runs(tmp_path: Path) -> None:
    found = try_part(tmp_path, make_part(FEE, ("fee(0)", "4"), ("fee(10)", "4")))

    noticed = found["4", "5"].trial
    assert len(noticed.killed) == 2
    missed = found["minutes > 60", "minutes >= 60"].trial
    assert (len(missed.reached), missed.killed) == (2, frozenset())
    assert found["9", "10"].trial.reached == frozenset()
    bound = found["minutes < 0", "minutes <= 0"].trial
    (killer,) = bound.killed
    assert killer in bound.reached


def test_another_error_is_noticed(tmp_path: Path) -> None:
    found = try_part(tmp_path, make_part(FEE, ("fee(-1)", "raises `ValueError`")))

    assert found["raise ValueError(minutes)", "raise RuntimeError(minutes)"].trial.killed
    assert found["raise ValueError(minutes)", "pass"].trial.killed


def test_a_mutant_that_never_ends_is_noticed_and_the_others_are_tried(tmp_path: Path) -> None:
    code = """\
    def count(n: int) -> int:
        while n > 3:
            n -= 1
        return n
    """
    found = try_part(tmp_path, make_part(dedent(code), ("count(5)", "3")))

    assert found["n -= 1", "pass"].trial.killed
    assert found["return n", "return None"].trial.killed
    assert all(one.trial.reached for one in found.values())


def test_a_mutant_that_ends_the_run_is_noticed_and_the_next_run_goes_on(tmp_path: Path) -> None:
    """With `False` this code forks without end, which the sandbox bounds for the run as a whole."""
    code = """\
    def work(n: int) -> int:
        import os
        quiet = True
        while not quiet:
            os.fork()
        return n + 1
    """
    found = try_part(tmp_path, make_part(dedent(code), ("work(1)", "2")))

    assert found["True", "False"].trial.killed
    assert found["n + 1", "n - 1"].trial.killed
    assert found["1", "2"].trial.killed


def test_a_mutant_cannot_write_into_the_files_of_the_next(tmp_path: Path) -> None:
    code = """\
    def work(n: int) -> int:
        if n > 100:
            open(__file__, "w").write("def work(n): return 0")
        return n
    """
    found = try_part(tmp_path, make_part(dedent(code), ("work(5)", "5")))

    assert found["n > 100", "n <= 100"].trial.killed == frozenset()
    assert found["100", "101"].trial.killed == frozenset()


def test_tests_that_fail_on_the_code_measure_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotMeasurableError, match=r"do not pass on the code as it is: FR-001-\w{8}"):
        try_part(tmp_path, make_part(FEE, ("fee(10)", "5")))


def test_code_that_ends_every_run_measures_nothing(tmp_path: Path) -> None:
    part = make_part("def fee(n: int) -> int:\n    return n\n", ("fee(1)", "1"))
    suite, files = make_suite(tmp_path, part)
    target = TARGETS["python"]
    killing = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n" + part.code

    with pytest.raises(NotMeasurableError, match="could not be run"):
        try_mutants(
            target.make_mutants(killing, path=part.path, most=9),
            files={**files, part.path: killing, **target.emit_support(suite.feature)},
            tests=suite.select(target, lambda _: True),
            workbench=make_workbench(),
        )


def test_commands_are_known_to_run_the_lines_that_they_run(tmp_path: Path) -> None:
    from tests.operations.timesheets import CODE, read_timesheet

    suite, files = read_timesheet(tmp_path)
    target = TARGETS["python"]
    tried = try_mutants(
        target.make_mutants(CODE["001/C6"], path="src/punch/cli.py", most=100),
        files={**files, **target.emit_support(suite.feature)},
        tests=suite.select(target, lambda test: test.touches == ("001/C6",)),
        workbench=make_workbench(),
    )
    by_change = {(one.mutant.before, one.mutant.after): one.trial for one in tried}

    (broken,) = by_change["return 1", "return None"].killed
    (billed,) = by_change["print(line)", "pass"].killed
    assert broken.startswith("US2.1-")
    assert billed.startswith("US1.1-")
    # `sys.exit(None)` is exit code 0: no test can notice.
    assert by_change["return 0", "return None"].reached == {billed}
    assert by_change["return 0", "return None"].killed == frozenset()
