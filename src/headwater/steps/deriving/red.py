"""The red check: a test that cannot fail, or that breaks by its own fault, proves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.targets.interface import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.spec.model import Component
    from headwater.steps.deriving.workbench import Workbench
    from headwater.targets.interface import TestFile, TestResult


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejected:
    """A test that may not judge code, and why."""

    key: str
    reason: str


def check_red(
    tests: Sequence[TestFile],
    *,
    components: Sequence[Component],
    support: Mapping[str, str],
    exempt: frozenset[str],
    workbench: Workbench,
) -> tuple[Rejected, ...]:
    """Run tests against stubs of their components; every one must fail for the right reason.

    Right is that the stub was reached or an assertion failed.

    Args:
        tests: the test files.
        components: every component that the tests touch, and what these depend on.
        support: files that the tests share.
        exempt: keys of tests that touch only declared types, which a stub has whole.
        workbench: where they run.
    """
    stubs: dict[str, str] = dict(support)
    for component in components:
        stubs.update(workbench.target.emit_stub(component))
    results = workbench.run_tests(stubs, tests=tests)
    rejected = (_reject(result) for result in results if result.key not in exempt)
    return tuple(found for found in rejected if found is not None)


def _reject(result: TestResult) -> Rejected | None:
    match result.verdict:
        case Verdict.STUB | Verdict.FAILED:
            return None
        case Verdict.PASSED:
            reason = "it passes against a stub that does nothing, so it cannot fail"
        case Verdict.ERROR:
            reason = f"it breaks by its own fault: {result.message}"
        case Verdict.MISSING:
            reason = f"it did not run to its end: {result.message}"
    return Rejected(key=result.key, reason=reason)
