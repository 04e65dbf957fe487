"""Where the repository breaks an article of its constitution: in derived code, and before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.operations.checking.code_evidence import gather_code, list_handwritten_globs
from headwater.operations.checking.plan_evidence import (
    gather_plans,
    list_required_globs,
    list_watched_globs,
)
from headwater.operations.standing.feature_notes import read_notes
from headwater.operations.standing.manifests import MANIFESTS
from headwater.rules.articles.apply import check_articles, check_constitution, list_needs
from headwater.rules.articles.interface import ABOUT_CODE, Need
from headwater.rules.tracing import plan_breaks_article
from headwater.spec.ids import split_ref
from headwater.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from headwater.operations.checking.code_evidence import OpenWorkbench
    from headwater.operations.standing.survey import Survey
    from headwater.rules.notes import FeatureNotes
    from headwater.spec.model import Constitution
    from headwater.targets.interface import Target


def find_broken_by_code(
    survey: Survey,
    components: Iterable[str],
    *,
    target: Target,
    open_workbench: OpenWorkbench | None = None,
    handwritten: bool = False,
) -> list[Problem]:
    """Where the derived code of components breaks an article, and people's own code if asked for.

    Args:
        survey: the repository.
        components: refs, all of one language.
        target: that language.
        open_workbench: where the target's scanner runs; None where there is nothing to run it.
        handwritten: judge other files too, where a check says so.
    """
    constitution = _find_sound_constitution(survey)
    if constitution is None or list_needs(constitution).isdisjoint(ABOUT_CODE):
        return []
    records = survey.lock.records
    paths = [path for ref in components if ref in records for path in records[ref].bodies]
    present = [path for path in paths if survey.present.files.get(path) is not None]
    evidence = gather_code(
        survey,
        present,
        target=target,
        open_workbench=open_workbench,
        handwritten=handwritten,
    )
    return check_articles(constitution, evidence)


def find_broken_by_documents(
    survey: Survey, notes: Iterable[FeatureNotes], *, features: Collection[str]
) -> list[Problem]:
    """Where plans of features, dependency files or what else is there break an article.

    What `plan-breaks-article` finds is left to the rules about documents.

    Args:
        survey: the repository.
        notes: of all its features.
        features: numbers of those that are judged.
    """
    constitution = _find_sound_constitution(survey)
    if constitution is None or not list_needs(constitution):
        return []
    evidence, problems = gather_plans(survey, constitution, notes=notes, features=features)
    return [*problems, *check_articles(constitution, evidence)]


def find_broken_by_plan(survey: Survey, *, feature: str) -> list[Problem]:
    """All that `build` must refuse of a feature's plan: no code derived from it could be sound."""
    reading = survey.reading
    constitution = _find_sound_constitution(survey)
    if constitution is None or not list_needs(constitution):
        return []
    notes = read_notes(reading)
    rule = plan_breaks_article.RULE
    own = [each for each in notes if each.number == feature]
    found = plan_breaks_article.find_broken_by_plans(constitution, own, index=reading.index)
    contradicted = [
        Problem(
            code=rule.name,
            message=each.message,
            place=each.place,
            hint=each.hint,
            severity=rule.severity,
        )
        for each in found
    ]
    return [*contradicted, *find_broken_by_documents(survey, notes, features=(feature,))]


def find_all_broken(
    survey: Survey,
    notes: Iterable[FeatureNotes],
    *,
    open_workbench: OpenWorkbench | None = None,
) -> list[Problem]:
    """Where anything in the repository breaks an article; `notes` are those of all features."""
    problems = find_broken_by_documents(survey, notes, features=tuple(survey.reading.summaries))
    components: dict[str, list[str]] = {name: [] for name in survey.reading.targets}
    for ref in survey.lock.records:
        summary = survey.reading.summaries.get(split_ref(ref)[0])
        if summary is not None and summary.target in components:
            components[summary.target].append(ref)
    for name, refs in components.items():
        problems += find_broken_by_code(
            survey,
            refs,
            target=survey.reading.targets[name],
            open_workbench=open_workbench,
            handwritten=True,
        )
    return problems


def list_judged_globs(constitution: Constitution | None) -> tuple[str, ...]:
    """Globs of the files that articles judge besides documents and derived code."""
    if constitution is None or check_constitution(constitution):
        return ()
    manifests = MANIFESTS if Need.DEPENDENCIES in list_needs(constitution) else ()
    return (
        *manifests,
        *list_required_globs(constitution),
        *list_watched_globs(constitution),
        *list_handwritten_globs(constitution),
    )


def _find_sound_constitution(survey: Survey) -> Constitution | None:
    """None too where a check is asked for wrongly, which is an error of its own already."""
    constitution = survey.reading.constitution
    return None if constitution is None or check_constitution(constitution) else constitution
