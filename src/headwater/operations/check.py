"""`headwater check`: everything that is wrong, and everything that is not fresh."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.graph.structure import check_buildable
from headwater.operations.judge_documents import judge_documents
from headwater.operations.planned_files import find_planned_problems
from headwater.operations.status import list_unsettled
from headwater.operations.survey import take_survey
from headwater.operations.verify import find_article_problems
from headwater.rules.articles.apply import check_constitution
from headwater.rules.settings import RuleSettings
from headwater.spec.ids import split_ref
from headwater.spec.model import Severity
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from headwater.operations.status import ComponentStatus
    from headwater.operations.survey import Survey
    from headwater.spec.model import Place, Problem
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckReport:
    """What a check found.

    Attributes:
        features: how many features there are.
        components: how many components their plans name.
        findings: problems of documents, structure, examples, lock and articles, by place.
        unsettled: components, and features' own files, that are neither fresh nor upgradeable.
    """

    features: int
    components: int
    findings: tuple[Problem, ...]
    unsettled: tuple[ComponentStatus, ...]

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.findings)

    @property
    def passed(self) -> bool:
        """Whether there is no error and everything is fresh; warnings do not count."""
        return not self.errors and not self.unsettled


def check(
    path: Path,
    *,
    targets: Mapping[str, Target],
    settings: RuleSettings | None = None,
    kept: KeptResults | None = None,
) -> CheckReport:
    """Check documents, lock and derived files of the repository that holds `path`.

    Raises:
        HeadwaterError: there is no repository, or a document cannot be read.
        UsageError: a setting names a rule that does not exist.
    """
    survey = take_survey(open_repository(path).root, targets=targets, kept=kept)
    found = (
        *survey.problems,
        *_find_unplanned(survey),
        *find_planned_problems(survey),
        *_find_broken_articles(survey),
    )
    problems = judge_documents(survey, found, settings=settings or RuleSettings())
    return CheckReport(
        features=len(survey.reading.summaries),
        components=len(survey.reading.index.components),
        findings=tuple(sorted(dict.fromkeys(problems), key=_by_place)),
        unsettled=list_unsettled(survey),
    )


def _by_place(problem: Problem) -> tuple[Place, str, str]:
    return (problem.place, problem.code, problem.message)


def _find_unplanned(survey: Survey) -> Iterator[Problem]:
    """Features that cannot be built yet: work in progress, so no error."""
    for feature in survey.reading.summaries.values():
        for problem in check_buildable(feature):
            yield replace(problem, severity=Severity.WARNING)


def _find_broken_articles(survey: Survey) -> Iterator[Problem]:
    constitution = survey.reading.constitution
    if constitution is None or check_constitution(constitution):
        return  # a check that is asked for wrongly is an error already
    for feature in survey.reading.summaries.values():
        target = survey.reading.target_of(feature)
        if target is None:
            continue
        for ref in survey.lock.records:
            if split_ref(ref)[0] == feature.number:
                yield from find_article_problems(survey, ref, target=target)
