"""`headwater check`: everything that is wrong, and everything that is not fresh."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from headwater.graph.structure import check_buildable
from headwater.operations.approvals import find_lost_approvals
from headwater.operations.articles import find_all_broken
from headwater.operations.base_folder import lay_out_commit
from headwater.operations.compare_check import Judgement, find_new_problems, find_newly_unsettled
from headwater.operations.deviations import report_deviations
from headwater.operations.drift import describe_drift
from headwater.operations.feature_notes import read_notes
from headwater.operations.judge_documents import judge_documents
from headwater.operations.placed_problem import place_problems
from headwater.operations.planned_files import find_planned_problems
from headwater.operations.status import list_unsettled
from headwater.operations.survey import take_survey
from headwater.operations.suspect_articles import report_suspects
from headwater.operations.vouched import find_unvouched
from headwater.rules.settings import RuleSettings
from headwater.spec.model import Severity
from headwater.workspace.repository import open_repository
from headwater.workspace.snapshot import find_merge_base

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from headwater.operations.code_evidence import OpenWorkbench
    from headwater.operations.placed_problem import PlacedProblem
    from headwater.operations.status import ComponentStatus
    from headwater.operations.survey import Survey
    from headwater.spec.model import Problem
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults


class FailOn(Enum):
    """From which severity on a check does not pass; what is not fresh counts as an error."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """What was there before a change: how much of it, and at which commit."""

    commit: str
    findings: int
    unsettled: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckReport:
    """What a check found; where it was asked to compare, only what is new.

    Attributes:
        features: how many features there are.
        components: how many components their plans name.
        documents: paths of all documents.
        findings: problems of documents, structure, examples, lock and articles, by place.
        unsettled: components, and features' own files, that are neither fresh nor upgradeable.
        drift: the same as problems, by place: errors, or warnings where they may wait.
        before: what was left out since it was there before; None where nothing was compared.
    """

    features: int
    components: int
    documents: tuple[str, ...]
    findings: tuple[PlacedProblem, ...]
    unsettled: tuple[ComponentStatus, ...]
    drift: tuple[PlacedProblem, ...]
    before: Before | None = None

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.findings)

    @property
    def passed(self) -> bool:
        """Whether there is no error and nothing is out of date; warnings do not count."""
        return self.passes(FailOn.ERROR)

    def passes(self, fail_on: FailOn) -> bool:
        """Whether nothing is as bad as `fail_on`."""
        if fail_on is FailOn.NEVER:
            return True
        found = self.findings if fail_on is FailOn.WARNING else self.errors
        return not found and all(one.severity is Severity.WARNING for one in self.drift)


def check(
    path: Path,
    *,
    targets: Mapping[str, Target],
    settings: RuleSettings | None = None,
    kept: KeptResults | None = None,
    open_workbench: OpenWorkbench | None = None,
    base: str = "",
    allow_stale: bool = False,
) -> CheckReport:
    """Check documents, lock and derived files of the repository that holds `path`.

    Args:
        path: a folder of the repository.
        targets: languages that can be derived for, by name.
        settings: of the rules; they judge `base` too, so that a rule that is turned on is not new.
        kept: results of earlier runs; None for none.
        open_workbench: where a security scanner runs that an article asks for; None for nowhere.
        base: report only what was not there at the last commit that this revision shares with HEAD.
        allow_stale: what only waits for `build` is a warning: a commit of a changed specification
            has to come before the build that follows it.

    Raises:
        HeadwaterError: there is no repository, or a document cannot be read.
        UsageError: a setting names a rule that does not exist, or `base` is none to compare with.
    """
    repository = open_repository(path)
    settings = settings or RuleSettings()
    commit = find_merge_base(repository, base) if base else ""
    judge = partial(
        judge_folder, targets=targets, settings=settings, kept=kept, open_workbench=open_workbench
    )
    now = judge(repository.root)
    if not base:
        return _report(now, allow_stale=allow_stale)
    with lay_out_commit(repository, commit) as folder:
        then = judge(folder)
        new = replace(
            now,
            findings=find_new_problems(now.findings, then.findings),
            unsettled=find_newly_unsettled(now, then),
        )
    before = Before(
        commit=commit,
        findings=len(now.findings) - len(new.findings),
        unsettled=len(now.unsettled) - len(new.unsettled),
    )
    return replace(_report(new, allow_stale=allow_stale), before=before)


def judge_folder(
    root: Path,
    *,
    targets: Mapping[str, Target],
    settings: RuleSettings,
    kept: KeptResults | None,
    open_workbench: OpenWorkbench | None = None,
) -> Judgement:
    """Everything that a check has to say of the documents, lock and derived files in a folder.

    Raises:
        HeadwaterError: a document cannot be read.
        UsageError: a setting names a rule that does not exist.
    """
    survey = take_survey(root, targets=targets, kept=kept)
    notes = read_notes(survey.reading)
    found = (
        *survey.problems,
        *_find_unplanned(survey),
        *find_planned_problems(survey),
        *find_unvouched(survey.lock, root=root, kept=kept),
        *find_all_broken(survey, notes, open_workbench=open_workbench),
        *report_suspects(root, survey.reading.constitution, kept=kept),
        *find_lost_approvals(survey),
        *report_deviations(survey),
    )
    problems = judge_documents(survey, found, notes=notes, settings=settings)
    return Judgement(
        survey=survey,
        findings=place_problems(problems, survey),
        unsettled=list_unsettled(survey),
    )


def _report(judged: Judgement, *, allow_stale: bool) -> CheckReport:
    reading = judged.survey.reading
    return CheckReport(
        features=len(reading.summaries),
        components=len(reading.index.components),
        documents=tuple(reading.documents),
        findings=judged.findings,
        unsettled=judged.unsettled,
        drift=describe_drift(judged, allow_stale=allow_stale),
    )


def _find_unplanned(survey: Survey) -> Iterator[Problem]:
    """Features that cannot be built yet: work in progress, so no error."""
    for feature in survey.reading.native:
        for problem in check_buildable(feature):
            yield replace(problem, severity=Severity.WARNING)
