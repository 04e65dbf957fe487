"""The verdict on a failure: by tests and rows where these tell, else by requirements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.contradictions import find_same_rows, rows_contradict
from headwater.graph.units import TestUnit
from headwater.operations.triage.ground import feature_of, list_done, list_errors
from headwater.operations.triage.judge_prose import ProseJudge
from headwater.operations.triage.report import Evidence, Step, Verdict
from headwater.steps.change.row_questions import show_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from headwater.operations.triage.find_case import Case, CaseFinder
    from headwater.operations.triage.ground import Ground
    from headwater.operations.triage.located import Located
    from headwater.operations.triage.model_access import ModelAccess
    from headwater.operations.triage.try_case import Tried
    from headwater.spec.examples import Row
    from headwater.steps.deriving.suites import AnyTest
    from headwater.targets.interface import TestResult


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A verdict with its reasons.

    Attributes:
        case: the call, with a result where one was reported or is demanded.
        ref: the requirement that decides, or that a new row belongs to; empty where tests told.
        failing: components whose tests fail.
    """

    verdict: Verdict
    evidence: tuple[Evidence, ...]
    case: Case | None = None
    ref: str = ""
    failing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Judge:
    """Judges one failure.

    Attributes:
        ground: the repository.
        place: where it is.
        case: the call; None where the report holds none.
        tried: what the derived code does.
        holds: tries another row on it.
        finder: completes a case with a result that a requirement demands.
        models: asked only where prose has to decide.
    """

    ground: Ground
    place: Located
    case: Case | None
    tried: Tried
    holds: Callable[[Row], bool]
    finder: CaseFinder
    models: ModelAccess

    def judge(self) -> Judged:
        """The verdict.

        Raises:
            ModelError: a model could not be reached, or refused.
        """
        return (
            self._judge_by_tests()
            or self._judge_by_result()
            or self._judge_by_rows()
            or self._judge_by_prose()
        )

    def _judge_by_tests(self) -> Judged | None:
        """Generation is wrong where code fails a test that is there and is about this."""
        failed = [each for each in self.tried.failed if self._is_about(each[0])]
        if failed:
            # What spans components is charged to all that it touches, as `build` does.
            owners = (
                ref for test, _ in failed for ref in ((test.owner,) if test.owner else test.touches)
            )
            return Judged(
                verdict=Verdict.GENERATION,
                evidence=tuple(_describe_failed(failed)),
                failing=tuple(dict.fromkeys(owners)),
            )
        if self.place.tests is None:
            return None
        text = f"{', '.join(self.place.tests.keys)} passes here"
        return Judged(verdict=Verdict.ABSENT, evidence=(Evidence(step=Step.VERDICT, text=text),))

    def _is_about(self, test: AnyTest) -> bool:
        """Whether a test was named, or calls what the report calls; without either, all count."""
        if self.place.tests is not None:
            return test.key in self.place.tests.keys
        touched = {test.owner, *test.touches}
        if touched.isdisjoint(self.place.components):
            return False
        return self.case is None or self.case.claim.function in _list_called(test)

    def _judge_by_rows(self) -> Judged | None:
        """A row with the same call and another result: report and spec disagree."""
        case = self.case
        if case is None:
            return None
        number = feature_of(self.place.component)
        units = self.ground.survey.reading.load_units(number)
        for unit, row in find_same_rows(case.row, units, scope=self.finder.scope):
            if case.claim.wanted and not rows_contradict(row, case.row):
                continue
            return Judged(
                verdict=Verdict.OTHERWISE,
                evidence=(_cite_row(unit, row, passes=unit.key in self.tried.passed),),
                case=case,
                ref=unit.ref,
            )
        return None

    def _judge_by_result(self) -> Judged | None:
        case = self.case
        if case is None:
            text = "every test of the component passes, and the report holds no call to try"
            evidence = Evidence(step=Step.VERDICT, text=text)
            return Judged(verdict=Verdict.OPEN, evidence=(evidence,))
        told = self.finder.clues.error
        name = told.partition(":")[0].rpartition(".")[2]
        if self.tried.holds:
            text = "that is what the report wants"
        elif told and not case.claim.wanted and name not in self.tried.actual:
            text = f"the report ends in {told}, which the call does not come to here"
        else:
            return None
        evidence = Evidence(step=Step.RESULT, text=text)
        return Judged(verdict=Verdict.ABSENT, evidence=(evidence,), case=case)

    def _judge_by_prose(self) -> Judged:
        assert self.case is not None, "without a case the result decides"
        judge = ProseJudge(
            ground=self.ground,
            place=self.place,
            tried=self.tried,
            holds=self.holds,
            finder=self.finder,
            errors=list_errors(self.finder.scope),
            models=self.models,
        )
        ruled = judge.judge(self.case)
        return Judged(
            verdict=ruled.verdict, evidence=ruled.evidence, case=ruled.case, ref=ruled.ref
        )


def _list_called(test: AnyTest) -> frozenset[str]:
    if isinstance(test, TestUnit):
        return list_done(test.rows)
    return frozenset(re.findall(r"\w+", test.code))


def _describe_failed(failed: Sequence[tuple[AnyTest, TestResult]]) -> Iterator[Evidence]:
    for test, result in failed:
        written = not isinstance(test, TestUnit)
        author = " (which a model wrote, and which may be wrong itself)" if written else ""
        yield Evidence(
            step=Step.VERDICT,
            text=f"the code fails the test {test.key} of {test.ref}{author}: {result.message}",
            place=str(test.place),
        )


def _cite_row(unit: TestUnit, row: Row, *, passes: bool) -> Evidence:
    kept = "the code keeps it" if passes else "the code breaks it too"
    return Evidence(
        step=Step.VERDICT,
        text=f"{unit.ref} shows {show_row(row)}, and {kept}",
        place=str(row.place),
    )
