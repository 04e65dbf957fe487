"""The feature gate: the whole suite in one run, and who answers for a failure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.targets.interface import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.spec.model import Problem
    from headwater.steps.deriving.suites import Suite
    from headwater.steps.deriving.workbench import Measured, Workbench
    from headwater.targets.interface import TestResult


@dataclass(frozen=True, kw_only=True, slots=True)
class Charge:
    """A component that must be repaired, the tests it must pass, and what they said."""

    component: str
    keys: frozenset[str]
    reason: str


def check_feature(
    suite: Suite, *, files: Mapping[str, str], workbench: Workbench, measured: Sequence[str] = ()
) -> Measured:
    """Run every test of a feature in one batch, and measure what they run of some files."""
    target = workbench.target
    return workbench.measure_tests(
        {**files, **target.emit_support(suite.feature)},
        tests=suite.select(target, lambda _: True),
        measured=measured,
    )


def choose_uncovered(
    breaches: Sequence[Problem], *, owners: Mapping[str, str], tried: frozenset[str]
) -> Charge | None:
    """Who repairs the first file of which tests run too little: its owner, once.

    Args:
        breaches: with places in code.
        owners: path to component.
        tried: components that had their one repair.
    """
    for breach in breaches:
        component = owners[breach.place.path]
        if component not in tried:
            return Charge(component=component, keys=frozenset(), reason=breach.message)
    return None


def choose_charged(
    results: Sequence[TestResult],
    *,
    suite: Suite,
    owners: Mapping[str, tuple[str, ...]],
    needs: Mapping[str, tuple[str, ...]],
    tried: frozenset[str],
) -> Charge | None:
    """Who repairs the first failure: the owner of its ref, then what that depends on, in order.

    Args:
        results: of every test.
        suite: the tests.
        owners: for a ref, the components that implement it.
        needs: for a component of the feature, everything it depends on.
        tried: components that had their one repair.

    Returns:
        None when nothing failed, or nobody is left to charge.
    """
    tests = {test.key: test for test in suite.tests}
    failures = [result for result in results if result.verdict is not Verdict.PASSED]
    for failure in failures:
        test = tests[failure.key]
        first = (test.owner,) if test.owner else owners.get(test.ref, ())
        suspects = [*first, *(need for ref in first for need in needs.get(ref, ())), *test.touches]
        charged = next((ref for ref in suspects if ref not in tried), None)
        if charged is not None:
            return Charge(
                component=charged,
                keys=frozenset({failure.key}),
                reason="" if failure.key in suite.held_out else failure.message,
            )
    return None
