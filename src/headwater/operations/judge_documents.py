"""Everything that the rules have to say of the documents, as settings and comments allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.apply_rules import find_in_feature, find_in_project, set_severities
from headwater.rules.ignores import drop_ignored, read_ignores
from headwater.rules.interface import ProjectSubject
from headwater.rules.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.operations.survey import Survey
    from headwater.rules.settings import RuleSettings
    from headwater.spec.model import Problem, Project, Source


def judge_documents(
    survey: Survey, found: Iterable[Problem], *, settings: RuleSettings
) -> list[Problem]:
    """What was found already, and what the rules find, without what is turned off or ignored.

    Args:
        survey: the repository as it stands.
        found: problems that readers, graph and articles reported.
        settings: severities, scopes and bounds of rules.

    Raises:
        UsageError: a setting names a rule that does not exist.
    """
    project, rules = survey.reading.project, tuple(RULES.values())
    problems = list(found)
    for feature in project.features:
        problems.extend(find_in_feature(feature, rules=rules, settings=settings))
    problems.extend(find_in_project(_describe_project(survey, settings), rules=rules))
    ignores = [
        ignore
        for source in _list_sources(project)
        for ignore in read_ignores(source.path, source.data)
    ]
    known = frozenset(rule.name for rule in rules if not rule.essential)
    kept = drop_ignored(problems, ignores, known=known)
    return list(set_severities(kept, rules=RULES, settings=settings))


def _describe_project(survey: Survey, settings: RuleSettings) -> ProjectSubject:
    return ProjectSubject(
        project=survey.reading.project,
        index=survey.reading.index,
        settings=settings,
        derived=frozenset(file.path for file in survey.lock.list_files()),
    )


def _list_sources(project: Project) -> Iterator[Source]:
    if project.constitution:
        yield project.constitution.source
    for feature in project.features:
        for document in (feature.spec, feature.plan, feature.tasks):
            if document:
                yield document.source
