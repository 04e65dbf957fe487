"""Tests that edited code does not pass, as problems in the document that says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from headwater.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.graph.units import TestUnit
    from headwater.steps.deriving.suites import AnyTest, Suite
    from headwater.targets.interface import TestResult

CONTRADICTS: Final = "edit-contradicts"


def describe_contradictions(
    failures: Iterable[TestResult], *, suite: Suite, path: str
) -> tuple[Problem, ...]:
    """What the code in a file contradicts, each at its row or at the requirement's prose.

    Args:
        failures: of tests of `suite`.
        suite: the feature's tests.
        path: the file that was edited.
    """
    tests = {test.key: test for test in suite.tests}
    rows = _number_rows(suite.units)
    return tuple(
        Problem(
            code=CONTRADICTS,
            message=f"{path} contradicts {_name_test(tests[found.key], rows)}: {found.message}",
            place=tests[found.key].place,
            hint="Change the code, or change what it contradicts first: "
            f'`headwater change "…" --ref {tests[found.key].ref}`.',
        )
        for found in failures
    )


def _number_rows(units: Iterable[TestUnit]) -> dict[str, int]:
    """The number, from 1, that the first row of each unit has among the rows of its ref."""
    numbers: dict[str, int] = {}
    counted: dict[str, int] = {}
    for unit in units:
        numbers[unit.key] = counted.get(unit.ref, 0) + 1
        counted[unit.ref] = counted.get(unit.ref, 0) + len(unit.rows)
    return numbers


def _name_test(test: AnyTest, rows: Mapping[str, int]) -> str:
    if test.key in rows:
        return f"{test.ref}, row {rows[test.key]}"
    return f"{test.ref}, by the test that a model wrote of its prose"
