"""A candidate's judgement: is it sound code, does it keep the articles, does it pass its tests?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.steps.deriving.law import find_breaches
from headwater.targets.interface import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.spec.model import Component, Problem
    from headwater.steps.deriving.law import Law
    from headwater.steps.deriving.workbench import Workbench
    from headwater.targets.interface import TestFile, TestResult


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """What is known of one candidate. `problems` stop it before any test runs.

    Those of them in `breaches` are articles that it breaks.
    """

    code: str
    problems: tuple[Problem, ...] = ()
    breaches: tuple[Problem, ...] = ()
    results: tuple[TestResult, ...] = ()

    @property
    def passed(self) -> frozenset[str]:
        """Keys of the tests that it passes."""
        return frozenset(result.key for result in self.results if result.verdict is Verdict.PASSED)

    @property
    def failures(self) -> tuple[TestResult, ...]:
        """The tests that it does not pass."""
        return tuple(result for result in self.results if result.verdict is not Verdict.PASSED)

    @property
    def accepted(self) -> bool:
        """No problem, and every test passes."""
        return not self.problems and not self.failures

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Greater is better: sound first, then tests passed, then the shorter code."""
        return (not self.problems, len(self.passed), -len(self.code))


def judge_candidate(
    component: Component,
    code: str,
    *,
    workbench: Workbench,
    law: Law,
    files: Mapping[str, str],
    dependencies: Sequence[Component],
    tests: Sequence[TestFile],
) -> Judgement:
    """Finish, inspect and test one candidate, in this order; stop at the first stage that fails.

    Args:
        component: whose file it is.
        code: the whole file, as the model gave it.
        workbench: where it is tried.
        law: the articles that it must keep.
        files: derived files that it may import, path to text.
        dependencies: the components that it may call.
        tests: the visible test files.
    """
    finished = workbench.finish(component, code, dependencies=dependencies)
    problems = workbench.inspect(component, finished)
    breaches = find_breaches(
        {component.files[0]: finished}, law=law, files=files, workbench=workbench
    )
    if problems or breaches:
        return Judgement(code=finished, problems=(*problems, *breaches), breaches=breaches)
    tried = {**files, component.files[0]: finished}
    return Judgement(code=finished, results=workbench.run_tests(tried, tests=tests))
