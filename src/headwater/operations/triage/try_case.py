"""Running what was reported on the derived code, beside the tests that are there, sandboxed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from headwater.errors import HeadwaterError
from headwater.graph.resolve import resolve_row
from headwater.graph.units import wrap_row
from headwater.operations.triage.ground import feature_of, list_errors
from headwater.operations.triage.named_tests import prepare_tests
from headwater.steps.probing.probe import CodeVersion, Prober
from headwater.targets.interface import Verdict as TestVerdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.graph.units import TestUnit
    from headwater.operations.triage.ground import Ground
    from headwater.spec.examples import Row
    from headwater.steps.deriving.feature import FeatureWork
    from headwater.steps.deriving.suites import AnyTest, Suite
    from headwater.steps.deriving.workbench import Workbench
    from headwater.targets.interface import Target, TestResult
    from headwater.targets.outcome import Outcome

_REPORTED: Final = "triage-00000001"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """What the derived code does.

    Attributes:
        failed: tests that are there and do not pass, with their results.
        passed: keys of those that do.
        actual: what the call comes to, `returned 5`; empty where none was tried.
        is_accident: whether that is a failure which no specification would ask for.
        holds: whether that is what was reported as right; None where nothing was.
    """

    failed: tuple[tuple[AnyTest, TestResult], ...]
    passed: frozenset[str]
    actual: str = ""
    is_accident: bool = False
    holds: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """The derived code of a feature, its tests, and the sandbox that they run in."""

    ground: Ground
    component: str
    work: FeatureWork
    workbench: Workbench

    def try_case(self, row: Row | None, *, claimed: bool) -> Tried:
        """Run the tests that are there, and a row with them.

        Args:
            row: it, with the result that is reported as right; None for none.
            claimed: whether there is such a result; otherwise the row's is not looked at.

        Raises:
            HeadwaterError: a value does not fit what the plan declares.
            SandboxError: the sandbox could not be set up.
        """
        suite = self.work.suite
        reported = () if row is None else (_make_unit(self.ground, self.component, row),)
        results = self._run(replace(suite, units=(*suite.units, *reported)))
        outcome = self.observe(row) if row else None
        known = [(test, results[test.key]) for test in suite.tests]
        passed = TestVerdict.PASSED
        return Tried(
            failed=tuple(each for each in known if each[1].verdict is not passed),
            passed=frozenset(test.key for test, result in known if result.verdict is passed),
            actual=outcome.said if outcome else "",
            is_accident=bool(outcome and outcome.accident),
            holds=results[_REPORTED].verdict is passed if reported and claimed else None,
        )

    def holds(self, row: Row) -> bool:
        """Whether the code does what a row says.

        Raises:
            HeadwaterError: a value does not fit what the plan declares.
            SandboxError: the sandbox could not be set up.
        """
        reported = _make_unit(self.ground, self.component, row)
        results = self._run(replace(self.work.suite, units=(reported,), written=()))
        return results[_REPORTED].verdict is TestVerdict.PASSED

    def find_misfit(self, row: Row) -> str:
        """What of a row does not fit the declared types; empty where all does."""
        reported = _make_unit(self.ground, self.component, row)
        alone = replace(self.work.suite, units=(reported,), written=())
        try:
            alone.select(self.workbench.target, lambda _: True)
        except HeadwaterError as error:
            return error.message
        return ""

    def observe(self, row: Row) -> Outcome:
        """What a row comes to.

        Raises:
            HeadwaterError: a value does not fit what the plan declares.
            SandboxError: the sandbox could not be set up.
        """
        unit = _make_unit(self.ground, self.component, row)
        suite = self.work.suite
        errors = list_errors(self.ground.read_scope(feature_of(self.component)))
        prober = Prober(feature=suite.feature, errors=frozenset(errors), workbench=self.workbench)
        version = CodeVersion(files=self.work.files, components=suite.components)
        found = prober.run([unit], version).get(unit.key)
        if not found:
            raise HeadwaterError(
                f"{row.cells[0]}: a value does not fit what the interface declares",
                hint="Write values of the declared types, or change the interface in the plan.",
            )
        return found[0]

    def _run(self, suite: Suite) -> dict[str, TestResult]:
        target = self.workbench.target
        tests = suite.select(target, lambda _: True)
        files = {**self.work.files, **target.emit_support(suite.feature)}
        return {one.key: one for one in self.workbench.run_tests(files, tests=tests)}


def open_trial(
    ground: Ground, component: str, *, open_workbench: Callable[[Target], Workbench]
) -> Trial:
    """What a component's failures are tried on.

    Raises:
        HeadwaterError: nothing was derived for it, or it is not as it was derived.
        SandboxError: there is no sandbox.
    """
    ground.refuse_unsettled(component)
    reading, number = ground.survey.reading, feature_of(component)
    target = reading.target_of(reading.summaries[number])
    if target is None or component not in ground.survey.lock.records:
        raise HeadwaterError(
            f"expected derived code of {component}, found that none was derived",
            hint=f"Run `headwater build {number}` first.",
        )
    return Trial(
        ground=ground,
        component=component,
        work=prepare_tests(ground.survey, number, target=target),
        workbench=open_workbench(target),
    )


def _make_unit(ground: Ground, component: str, row: Row) -> TestUnit:
    """The reported row as a test."""
    number = feature_of(component)
    scope = ground.read_scope(number)
    touches = tuple(sorted(resolve_row(row, scope=scope).touches, key=scope.order.__getitem__))
    return wrap_row(
        row,
        key=_REPORTED,
        ref=f"{number}/triage",
        touches=touches or (component,),
        owner=component,
    )
