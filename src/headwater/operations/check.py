"""`headwater check`: everything that is wrong, and everything that is not fresh."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.operations.checking.check_report import Before, CheckReport
from headwater.operations.checking.kept_report import keep_report, make_report_key, recall_report
from headwater.rules.settings import RuleSettings
from headwater.workspace.observations import note_observations
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from headwater.operations.checking.code_evidence import OpenWorkbench
    from headwater.operations.checking.compare_check import Judgement
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults
    from headwater.workspace.repository import Repository


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
    judge = _Judge(
        targets=targets,
        settings=settings or RuleSettings(),
        kept=kept,
        open_workbench=open_workbench,
    )
    report = judge.compare(repository, base) if base else judge.report(repository.root)
    return replace(report, allow_stale=allow_stale)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Judge:
    """What every state of a repository is judged by; see `check`.

    What judging needs is imported where there is something to judge: a repository in which nothing
    changed since the last check needs none of it.
    """

    targets: Mapping[str, Target]
    settings: RuleSettings
    kept: KeptResults | None
    open_workbench: OpenWorkbench | None

    def report(self, root: Path) -> CheckReport:
        """What there is to say of the work tree, which is kept until anything about it changes."""
        if self.kept is None:
            return _report(self._judge(root))
        key = make_report_key(root, targets=self.targets, settings=self.settings)
        report = recall_report(key, kept=self.kept)
        if report is None:
            with note_observations() as observations:
                report = _report(self._judge(root))
            keep_report(report, observations, key=key, kept=self.kept)
        return report

    def compare(self, repository: Repository, base: str) -> CheckReport:
        """What was not there yet where HEAD left the revision `base`."""
        from headwater.operations.checking.compare_check import (  # noqa: PLC0415
            find_new_problems,
            find_newly_unsettled,
        )
        from headwater.operations.standing.base_folder import lay_out_commit  # noqa: PLC0415
        from headwater.workspace.snapshot import find_merge_base  # noqa: PLC0415

        commit = find_merge_base(repository, base)
        now = self._judge(repository.root)
        with lay_out_commit(repository, commit) as folder:
            then = self._judge(folder)
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
        return replace(_report(new), before=before)

    def _judge(self, root: Path) -> Judgement:
        from headwater.operations.checking.judge_folder import judge_folder  # noqa: PLC0415

        return judge_folder(
            root,
            targets=self.targets,
            settings=self.settings,
            kept=self.kept,
            open_workbench=self.open_workbench,
        )


def _report(judged: Judgement) -> CheckReport:
    from headwater.operations.checking.drift_places import find_drift_places  # noqa: PLC0415

    reading = judged.survey.reading
    return CheckReport(
        features=len(reading.summaries),
        components=len(reading.index.components),
        documents=tuple(reading.documents),
        findings=judged.findings,
        unsettled=judged.unsettled,
        places=find_drift_places(judged.survey, judged.unsettled),
    )
