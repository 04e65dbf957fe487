"""Everything that is wrong, and everything that is not fresh, in one state of a repository."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.graph.structure import check_buildable
from headwater.operations.checking.articles import find_all_broken
from headwater.operations.checking.compare_check import Judgement
from headwater.operations.checking.judge_documents import judge_documents
from headwater.operations.checking.suspect_articles import report_suspects
from headwater.operations.checking.suspect_items import find_suspect_items, report_suspect_items
from headwater.operations.checking.vouched import find_unvouched
from headwater.operations.checking.weak_examples import find_weak_examples
from headwater.operations.standing.approvals import find_lost_approvals
from headwater.operations.standing.deviations import report_deviations
from headwater.operations.standing.feature_notes import read_notes
from headwater.operations.standing.placed_problem import place_problems
from headwater.operations.standing.planned_files import find_planned_problems
from headwater.operations.standing.survey import take_survey
from headwater.operations.status import list_unsettled
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from headwater.operations.checking.code_evidence import OpenWorkbench
    from headwater.operations.standing.survey import Survey
    from headwater.rules.settings import RuleSettings
    from headwater.spec.model import Problem
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults


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
        *report_suspect_items(find_suspect_items(survey, kept=kept), survey),
        *find_weak_examples(survey, floor=settings.example_strength),
    )
    problems = judge_documents(survey, found, notes=notes, settings=settings)
    return Judgement(
        survey=survey,
        findings=place_problems(problems, survey),
        unsettled=list_unsettled(survey),
    )


def _find_unplanned(survey: Survey) -> Iterator[Problem]:
    """Features that cannot be built yet: work in progress, so no error."""
    for feature in survey.reading.native:
        for problem in check_buildable(feature):
            yield replace(problem, severity=Severity.WARNING)
