"""Why no plan is drafted: the spec is not sound, questions are open, an article would be broken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError, UsageError
from headwater.graph.index import index_summaries
from headwater.graph.make_units import make_units
from headwater.graph.structure import check_structure
from headwater.graph.summary import summarise_feature
from headwater.operations.building.refusals import ProblemsError
from headwater.rules.apply_rules import find_in_feature, set_severities
from headwater.rules.articles.apply import check_constitution
from headwater.rules.ignores import drop_ignored, read_ignores
from headwater.rules.registry import RULES
from headwater.spec.model import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.rules.settings import RuleSettings
    from headwater.spec.model import Constitution, Feature, Spec
    from headwater.steps.plan.constitution_check import ArticleResult

_NOTHING = "no plan was drafted"
# The spec says what there is to be; that it cannot be run as a test yet is no fault of it.
_LATER = "table-kind-unsupported"


def require_spec(feature: Feature) -> Spec:
    """The feature's spec.

    Raises:
        HeadwaterError: there is none.
    """
    if feature.spec is None:
        raise HeadwaterError(
            f"{feature.folder} has no spec.md to plan for",
            hint='Draft it first: `headwater specify "…"`.',
        )
    return feature.spec


def refuse_unsound_spec(feature: Feature, *, settings: RuleSettings, allow_open: bool) -> None:
    """Refuse to plan from a spec that holds errors or open questions.

    The spec is judged by itself: that an earlier plan does not fit it any more is why it is planned
    again.

    Raises:
        ProblemsError: with each of them and its place.
    """
    spec = require_spec(feature)
    errors = [
        one
        for one in _judge_alone(feature, settings)
        if one.severity is Severity.ERROR
        and one.place.path == spec.source.path
        and one.code != _LATER
    ]
    if errors:
        raise ProblemsError(errors, consequence=_NOTHING)
    if spec.clarifications and not allow_open:
        questions = [
            Problem(
                code="open-clarification",
                message=f"a question is open: {one.text}" if one.text else "a question is open",
                place=one.place,
                hint="Answer it with `headwater clarify`, or plan in spite of it: `--allow-open`.",
            )
            for one in spec.clarifications
        ]
        raise ProblemsError(questions, consequence=_NOTHING)


def _judge_alone(feature: Feature, settings: RuleSettings) -> Iterable[Problem]:
    bare = replace(feature, plan=None, tasks=None)
    summary = summarise_feature(bare, interfaces={})
    index = index_summaries((), [summary])
    rules = [rule for rule in RULES.values() if rule.find_in_feature]
    found = [
        *(bare.spec.problems if bare.spec else ()),
        *check_structure([summary], index=index),
        *make_units(bare, index=index, interfaces={})[1],
        *find_in_feature(bare, rules=rules, settings=settings),
    ]
    source = require_spec(bare).source
    known = frozenset(rule.name for rule in rules if not rule.essential)
    ignores = read_ignores(source.path, source.data)
    kept = drop_ignored(found, ignores, known=known)
    return set_severities(kept, rules=RULES, settings=settings)


def refuse_unsound_constitution(constitution: Constitution | None) -> None:
    """Refuse to plan under articles whose checks cannot be read: nothing would hold it to them.

    Raises:
        ProblemsError: with each error and its place.
    """
    if constitution is None:
        return
    problems = [*constitution.problems, *check_constitution(constitution)]
    errors = [one for one in problems if one.severity is Severity.ERROR]
    if errors:
        raise ProblemsError(errors, consequence=_NOTHING)


def refuse_unknown_articles(
    exceptions: Mapping[str, str], constitution: Constitution | None
) -> None:
    """Refuse an exception from an article that there is not.

    Raises:
        UsageError: names those that there are.
    """
    known = [article.id for article in constitution.articles] if constitution else []
    for article in exceptions:
        if article not in known:
            raise UsageError(
                f"--except names article {article}, which the constitution does not have",
                hint=f"It has: {', '.join(known) or 'no articles'}.",
            )


def refuse_unfitting(problems: tuple[Problem, ...]) -> None:
    """Refuse a plan that examples do not fit, or that is wrong in itself.

    Raises:
        ProblemsError: with each place.
    """
    if problems:
        raise ProblemsError(problems, consequence=_NOTHING)


def refuse_broken_articles(
    articles: Iterable[ArticleResult], exceptions: Mapping[str, str]
) -> None:
    """Refuse a plan that breaks what an article enforces, unless somebody said why it may.

    Raises:
        ProblemsError: with each violation; places are in the plan that was drafted.
    """
    broken = [
        Problem(
            code="plan-breaks-article",
            message=found.message,
            place=found.place,
            hint=f'{found.hint} Or say why it may: `--except {article.id}="…"`.'.strip(),
        )
        for article in articles
        for found in article.broken
        if article.id not in exceptions
    ]
    if broken:
        raise ProblemsError(broken, consequence=_NOTHING)
