"""Running a reported call on the derived code, beside the tests that are there, in the sandbox."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from headwater.graph.resolve import resolve_calls
from headwater.graph.units import TestUnit
from headwater.operations.triage.ground import feature_of
from headwater.operations.triage.named_tests import prepare_tests
from headwater.spec.examples import Raises, TableKind
from headwater.targets.interface import Verdict as TestVerdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.operations.triage.ground import Ground
    from headwater.spec.examples import CallRow
    from headwater.steps.deriving.suites import AnyTest
    from headwater.steps.deriving.workbench import Workbench
    from headwater.targets.interface import TestResult

_REPORTED: Final = "triage-00000001"
_PROBED: Final = "triage-00000002"
# Nothing raises this, so that the failure says what happens in place of it.
_NEVER: Final = Raises(error="unsupported", message="triage asks what happens")
_TOLD: Final = (
    r"(?s)^.*?\) (?P<actual>(?:returned|raised) .*?), expected [^,]*triage asks what happens"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """What the derived code does.

    Attributes:
        failed: tests that are there and do not pass, with their results.
        passed: keys of those that do.
        actual: what the call comes to, `returned 5`; empty where none was tried.
        holds: whether that is what was reported as right; None where nothing was.
    """

    failed: tuple[tuple[AnyTest, TestResult], ...]
    passed: frozenset[str]
    actual: str = ""
    holds: bool | None = None


def try_case(
    ground: Ground, component: str, *, row: CallRow | None, claimed: bool, workbench: Workbench
) -> Tried:
    """Run the tests of a component's feature, and a call with them.

    Args:
        ground: the repository.
        component: where the failure is.
        row: the call, with the result that is reported as right.
        claimed: whether there is such a result; otherwise the row's is not looked at.
        workbench: the sandbox.

    Raises:
        HeadwaterError: a value does not fit what the plan declares.
        SandboxError: the sandbox could not be set up.
    """
    work = prepare_tests(ground.survey, feature_of(component), target=workbench.target)
    units = [] if row is None else _make_units(ground, component, row)
    suite = replace(work.suite, units=(*work.suite.units, *units))
    tests = suite.select(workbench.target, lambda _: True)
    support = workbench.target.emit_support(suite.feature)
    results = {one.key: one for one in workbench.run_tests({**work.files, **support}, tests=tests)}
    known = [(test, results[test.key]) for test in work.suite.tests]
    return Tried(
        failed=tuple(each for each in known if each[1].verdict is not TestVerdict.PASSED),
        passed=frozenset(
            test.key for test, result in known if result.verdict is TestVerdict.PASSED
        ),
        actual=_read_actual(results[_PROBED]) if row else "",
        holds=results[_REPORTED].verdict is TestVerdict.PASSED if row and claimed else None,
    )


def _make_units(ground: Ground, component: str, row: CallRow) -> Sequence[TestUnit]:
    """The reported row, and the same call with a result that nothing has."""
    number = feature_of(component)
    scope = ground.read_scope(number)
    touches = tuple(sorted(resolve_calls([row], scope=scope).touches, key=scope.order.__getitem__))
    return [
        TestUnit(
            key=key,
            ref=f"{number}/triage",
            kind=TableKind.CALL,
            rows=(made,),
            digest="",
            touches=touches or (component,),
            owner=component,
            exempt=False,
            place=row.place,
        )
        for key, made in ((_REPORTED, row), (_PROBED, replace(row, expected=_NEVER)))
    ]


def _read_actual(result: TestResult) -> str:
    """What happened, out of a failure that was sure to come; else how the run ended."""
    told = re.match(_TOLD, result.message)
    return told["actual"] if told else result.message or result.verdict.value
