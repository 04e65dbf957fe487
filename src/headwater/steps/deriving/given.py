"""Code that a person wrote, judged as a candidate of a model is: by the same checks and tests.

Nothing is put in order first, no model is asked, and nothing is repaired: the bytes are right as
they are, or they are refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.steps.deriving.law import find_breaches, find_uncovered
from headwater.targets.interface import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.spec.model import Problem
    from headwater.steps.deriving.feature import FeatureWork
    from headwater.steps.deriving.suites import Choose
    from headwater.steps.deriving.workbench import Workbench
    from headwater.targets.interface import TestResult


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenJudgement:
    """What is known of given code; with `problems`, which have places in it, no test was run."""

    problems: tuple[Problem, ...] = ()
    results: tuple[TestResult, ...] = ()

    @property
    def failures(self) -> tuple[TestResult, ...]:
        """The tests that it does not pass."""
        return tuple(result for result in self.results if result.verdict is not Verdict.PASSED)

    @property
    def accepted(self) -> bool:
        """No problem, and every test passes."""
        return not self.problems and not self.failures


def judge_given(
    work: FeatureWork, given: Mapping[str, str], *, choose: Choose, workbench: Workbench
) -> GivenJudgement:
    """Inspect given code, hold it to the articles, and run tests on it.

    Args:
        work: the feature; its own files stand around the given ones.
        given: component to the text of its file.
        choose: the tests that judge it.
        workbench: where they run.
    """
    suite = work.suite
    paths = {ref: suite.components[ref].files[0] for ref in given}
    code = {paths[ref]: text for ref, text in given.items()}
    files = {**work.files, **code}
    problems = [
        problem
        for ref, text in given.items()
        for problem in workbench.inspect(suite.components[ref], text)
    ]
    if not problems:
        problems += find_breaches(code, law=work.law, files=files, workbench=workbench)
    if problems:
        return GivenJudgement(problems=tuple(problems))
    measured = tuple(code) if work.law.measures else ()
    run = workbench.measure_tests(
        {**files, **workbench.target.emit_support(suite.feature)},
        tests=suite.select(workbench.target, choose),
        measured=measured,
    )
    uncovered = find_uncovered(run.coverage, law=work.law, measured=measured)
    return GivenJudgement(problems=uncovered, results=run.results)
