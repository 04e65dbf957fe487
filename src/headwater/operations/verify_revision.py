"""`headwater verify`: a revision rechecked from what it holds itself, its tests run again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.operations.building.recheck import (
    compare_history,
    compare_state,
    compare_tests,
    list_results,
)
from headwater.operations.building.retest import retest_feature
from headwater.operations.checking.vouched import list_vouched
from headwater.operations.standing.base_folder import lay_out_commit
from headwater.operations.standing.survey import take_survey
from headwater.spec.ids import split_ref
from headwater.spec.model import Severity
from headwater.targets.interface import Verdict
from headwater.workspace.history import resolve_revision
from headwater.workspace.repository import is_shallow, open_repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from headwater.operations.building.retest import Retest
    from headwater.operations.standing.survey import Survey
    from headwater.spec.model import Problem
    from headwater.steps.deriving.workbench import Workbench
    from headwater.targets.interface import Target, TestResult
    from headwater.workspace.kept_results import KeptResults


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifiedRecord:
    """A component, or a feature's own files, rechecked.

    Attributes:
        ref: `001/C1`, or the feature's number.
        name: the component's; empty where the plan has none.
        differences: what is not as the lock records it, one sentence each; empty when all of it is.
        tests: how many tests judged it now; 0 when none was run.
        passed: how many of them passed.
    """

    ref: str
    name: str
    differences: tuple[str, ...]
    tests: int
    passed: int

    @property
    def verified(self) -> bool:
        """Whether all is as recorded."""
        return not self.differences


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifyReport:
    """A revision, rechecked.

    Attributes:
        commit: its id.
        records: everything that has a record, or should have one.
        problems: errors in its documents.
        history: whether history is there that says which records were derived; a shallow clone
            lacks it.
        ran: whether tests were run.
    """

    commit: str
    records: tuple[VerifiedRecord, ...]
    problems: tuple[Problem, ...]
    history: bool
    ran: bool

    @property
    def verified(self) -> bool:
        """Whether the whole revision is as its lock records it."""
        return not self.problems and all(one.verified for one in self.records)


def verify_revision(
    path: Path,
    revision: str,
    *,
    targets: Mapping[str, Target],
    open_workbench: Callable[[Target], Workbench] | None,
    kept: KeptResults | None = None,
) -> VerifyReport:
    """Recheck a revision in a folder apart; nothing of the repository changes, no model is asked.

    Args:
        path: a folder of the repository.
        revision: a commit, as git names it.
        targets: languages that can be derived for, by name.
        open_workbench: opens the sandbox for a language; None to run no test.
        kept: results of earlier runs; None for none.

    Raises:
        HeadwaterError: git knows no such commit, it records nothing, or there is no sandbox.
    """
    repository = open_repository(path)
    commit = resolve_revision(repository, revision)
    with lay_out_commit(repository, commit) as folder:
        survey = take_survey(folder, targets=targets, kept=kept)
        if not survey.lock.files:
            raise HeadwaterError(
                f"expected lock records in {revision}, found none: nothing was derived there",
                hint="`headwater build` derives what the plans of a revision name.",
            )
        vouched = None if is_shallow(repository) else list_vouched(repository, commit)
        errors = tuple(one for one in survey.reading.problems if one.severity is Severity.ERROR)
        retest = partial(_retest, survey, open_workbench=open_workbench)
        return VerifyReport(
            commit=commit,
            records=tuple(
                record
                for number in _list_features(survey)
                for record in _recheck(
                    survey, number, vouched=vouched, retest=None if errors else retest(number)
                )
            ),
            problems=errors,
            history=vouched is not None,
            ran=open_workbench is not None and not errors,
        )


def _list_features(survey: Survey) -> tuple[str, ...]:
    """Features with a record, or with a component that should have one."""
    found = dict.fromkeys(split_ref(ref)[0] for ref in survey.states)
    return tuple(dict.fromkeys((*found, *survey.feature_states)))


def _retest(
    survey: Survey, number: str, *, open_workbench: Callable[[Target], Workbench] | None
) -> Retest | None:
    """The tests of a feature again; none where its language is not one that is known."""
    target = survey.reading.target_of(survey.reading.summaries[number])
    if target is None:
        return None
    workbench = open_workbench(target) if open_workbench else None
    return retest_feature(survey, number, target=target, workbench=workbench)


def _recheck(
    survey: Survey, number: str, *, vouched: frozenset[str] | None, retest: Retest | None
) -> Iterator[VerifiedRecord]:
    states = {ref: one for ref, one in survey.states.items() if split_ref(ref)[0] == number}
    own = survey.feature_states.get(number)
    for ref, state in {**states, **({number: own} if own else {})}.items():
        differences = [*compare_state(state)]
        results: tuple[TestResult, ...] = ()
        if vouched is not None:
            differences += compare_history(survey, ref, vouched=vouched)
        if retest is not None:
            differences += compare_tests(survey, ref, retest=retest)
            results = list_results(survey, ref, retest=retest)
        planned = survey.reading.index.components.get(ref)
        yield VerifiedRecord(
            ref=ref,
            name=planned.name if planned else "",
            differences=tuple(differences),
            tests=len(results),
            passed=sum(one.verdict is Verdict.PASSED for one in results),
        )
