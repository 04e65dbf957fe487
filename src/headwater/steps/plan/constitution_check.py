"""The Constitution Check of a plan: each article, what was checked of it, what came out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.rules.interface import ProjectSubject
from headwater.rules.registry import RULES
from headwater.rules.settings import RuleSettings
from headwater.rules.take_notes import take_notes
from headwater.spec.ids import qualify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.graph.facts import CodeInterface
    from headwater.graph.index import Index
    from headwater.rules.interface import Finding
    from headwater.spec.model import Article, Constitution, Feature
    from headwater.targets.interface import Target

_RULE = "plan-breaks-article"


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleResult:
    """One article against a plan.

    Attributes:
        checks: names of the checks that it asks for; none where it is prose.
        broken: where the plan breaks it.
    """

    id: str
    title: str
    checks: tuple[str, ...]
    broken: tuple[Finding, ...] = ()


def check_articles(
    constitution: Constitution | None,
    feature: Feature,
    *,
    index: Index,
    interfaces: Mapping[str, CodeInterface],
    target: Target,
) -> list[ArticleResult]:
    """Every article, judged one by one by the same rule as `headwater check`.

    Args:
        constitution: None for none; all that its checks ask for can be read.
        feature: with the plan that is judged.
        index: of the project with this plan in it.
        interfaces: of the plan's components, by ref.
        target: the language of the plan.
    """
    if constitution is None:
        return []
    find = RULES[_RULE].find_in_project
    assert find is not None, f"{_RULE} looks across documents"
    subject = _describe(constitution, feature, index, interfaces, target)
    results = []
    for article in constitution.articles:
        alone = replace(subject, constitution=replace(constitution, articles=(article,)))
        broken = tuple(find(alone)) if article.checks else ()
        results.append(_report(article, broken))
    return results


def _report(article: Article, broken: tuple[Finding, ...]) -> ArticleResult:
    checks = tuple(dict.fromkeys(check.check for check in article.checks))
    return ArticleResult(id=article.id, title=article.title, checks=checks, broken=broken)


def _describe(
    constitution: Constitution,
    feature: Feature,
    index: Index,
    interfaces: Mapping[str, CodeInterface],
    target: Target,
) -> ProjectSubject:
    facts = {
        qualify(each.id, feature=feature.number): target.read_facts(
            each.interface, path=each.files[0]
        )
        for each in (feature.plan.components if feature.plan else ())
        if each.files
    }
    notes = take_notes(feature, interfaces=interfaces, facts=facts)
    return ProjectSubject(
        constitution=constitution,
        summaries=(),
        index=index,
        settings=RuleSettings(),
        notes=(notes,),
    )
