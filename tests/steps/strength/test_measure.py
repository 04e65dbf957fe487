"""Whole components measured: scores by requirement, and rows that would tell what survives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.graph.strength import RefStrength, Survivor
from headwater.steps.strength.measure import measure_component
from tests.operations.builders import make_workbench
from tests.operations.timesheets import read_timesheet
from tests.steps.strength.builders import make_part, make_suite

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.steps.strength.measure import Measurement
    from tests.operations.builders import Part

FEE = """\
def fee(minutes: int) -> int:
    if minutes > 60:
        raise ValueError(minutes)
    return 4
"""


def measure(
    root: Path, *parts: Part, most: int = 100, held_out: frozenset[str] = frozenset()
) -> Measurement:
    suite, files = make_suite(root, *parts)
    return measure_component(
        "001/C1",
        suite=replace(suite, held_out=held_out),
        files=files,
        most=most,
        workbench=make_workbench(),
    )


def find_call(strength: RefStrength, after: str) -> tuple[str, str]:
    (survivor,) = [one for one in strength.survivors if one.after == after]
    return survivor.call, survivor.result


def test_the_example_lacks_one_row_and_it_is_found(tmp_path: Path) -> None:
    """No row of the shipped example has 59 minutes, where an hour of 59 would show."""
    suite, files = read_timesheet(tmp_path)

    made = measure_component(
        "001/C1", suite=suite, files=files, most=100, workbench=make_workbench()
    )

    reading, writing = made.refs
    assert (reading.ref, writing.ref) == ("001/FR-001", "001/FR-002")
    assert writing.survivors == (
        Survivor(
            path="src/punch/durations.py",
            line=9,
            before="60",
            after="59",
            call="`format_duration(119)`",
            result='`"01:59"`',
        ),
    )
    # `int("")` raises the same error one line later: nothing can tell, and nothing is found.
    assert [(one.before, one.call) for one in reading.survivors] == [("raise ValueError(text)", "")]
    assert writing.score == pytest.approx(9 / 10)
    assert (made.mutants, made.killed, made.unreached) == (19, 17, 0)


def test_a_proposed_row_is_what_the_code_does(tmp_path: Path) -> None:
    part = make_part(FEE, ("fee(10)", "4"), ("fee(99)", "raises `ValueError`"))

    (strength,) = measure(tmp_path, part).refs

    call, result = find_call(strength, "61")
    assert (call, result) == ("`fee(61)`", "raises `ValueError`")
    assert find_call(strength, "minutes >= 60") == ("`fee(60)`", "`4`")


def test_signs_that_mean_something_to_a_test_runner_mean_nothing_in_a_row(tmp_path: Path) -> None:
    part = make_part("def cut(text: str) -> str:\n    return text[:3]\n", ('cut("a::")', '"a::"'))

    (strength,) = measure(tmp_path, part).refs

    assert find_call(strength, "4") == ('`cut("a:::")`', '`"a::"`')


def test_an_error_that_no_example_names_is_no_proposal(tmp_path: Path) -> None:
    (strength,) = measure(tmp_path, make_part(FEE, ("fee(10)", "4"))).refs

    assert find_call(strength, "61") == ("", "")
    assert find_call(strength, "minutes >= 60") == ("`fee(60)`", "`4`")


def test_rows_that_are_held_out_are_not_varied(tmp_path: Path) -> None:
    part = make_part(FEE, ("fee(10)", "4"))
    (unit,) = make_suite(tmp_path, part)[0].units

    (strength,) = measure(tmp_path, part, held_out=frozenset({unit.key})).refs

    assert strength.survivors
    assert {one.call for one in strength.survivors} == {""}


def test_what_only_others_notice_counts_for_no_requirement(tmp_path: Path) -> None:
    """Rows of FR-001 fix the bound; the one row of FR-002 runs it and misses it."""
    code = """\
def fee(minutes: int) -> int:
    if minutes > 60:
        return 9
    return 4
"""
    suite, files = make_suite(tmp_path, make_part(code, ("fee(60)", "4"), ("fee(61)", "9")))
    other = replace(suite.units[0], key="FR-002-x", ref="001/FR-002")

    made = measure_component(
        "001/C1",
        suite=replace(suite, units=(*suite.units, other)),
        files=files,
        most=100,
        workbench=make_workbench(),
    )

    first, second = made.refs
    assert (first.score, second.score) == (1, 1)
    assert (first.killed, first.elsewhere) == (made.mutants, 0)
    assert second.elsewhere == second.reached - second.killed > 0


def test_no_more_mutants_than_wanted(tmp_path: Path) -> None:
    made = measure(tmp_path, make_part(FEE, ("fee(10)", "4")), most=2)

    assert made.mutants == 2


def test_a_component_without_tests_has_nothing_that_notices(tmp_path: Path) -> None:
    suite, files = make_suite(tmp_path, make_part(FEE, ("fee(10)", "4")))

    made = measure_component(
        "001/C1",
        suite=replace(suite, units=()),
        files=files,
        most=100,
        workbench=make_workbench(),
    )

    assert made.refs == ()
    assert made.mutants == made.unreached > 0
