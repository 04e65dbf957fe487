"""Applying the constitution's articles: to code, to prompts, and to the lock."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.paths import matches_glob
from headwater.rules.articles.arguments import make_unknown_problem
from headwater.rules.articles.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from headwater.graph.facts import CodeFacts
    from headwater.spec.model import ArticleCheck, Constitution, Problem


def check_constitution(constitution: Constitution) -> list[Problem]:
    """What is wrong with how articles ask for checks; places are in the constitution."""
    problems = []
    for _, check in _list_checks(constitution):
        rule = RULES.get(check.check)
        if rule is None:
            problems.append(make_unknown_problem(check, tuple(RULES)))
        else:
            problems.extend(rule.read_arguments(check))
    return problems


def check_articles(
    constitution: Constitution, facts_by_path: Mapping[str, CodeFacts]
) -> list[Problem]:
    """Where code breaks an article, in the order of paths and articles; places are in the code.

    Raises:
        HeadwaterError: a check is asked for wrongly (`check_constitution` lists them all), so
            that no article is passed over in silence.
    """
    _refuse_misconfigured(constitution)
    return [
        problem
        for path in sorted(facts_by_path)
        for article, check in _list_checks(constitution)
        if matches_glob(path, check.scope)
        for problem in RULES[check.check].check(facts_by_path[path], check=check, article=article)
    ]


def render_articles_for(constitution: Constitution, paths: Iterable[str]) -> tuple[str, ...]:
    """The constraints on files at these paths, a short line each, for a prompt to quote.

    Raises:
        HeadwaterError: as `check_articles`.
    """
    _refuse_misconfigured(constitution)
    paths = tuple(paths)
    lines = (
        f"{RULES[check.check].render(check)} (article {article})"
        for article, check in _list_checks(constitution)
        if any(matches_glob(path, check.scope) for path in paths)
    )
    return tuple(dict.fromkeys(lines))


def articles_digest(constitution: Constitution | None, paths: Iterable[str]) -> str:
    """The SHA-256 (hex) of the checks that apply to each of these paths.

    Prose, titles, the order of checks and checks of other paths do not count.
    """
    applied = {
        path: sorted(
            _render_check(check)
            for _, check in (_list_checks(constitution) if constitution else ())
            if matches_glob(path, check.scope)
        )
        for path in paths
    }
    text = json.dumps({"headwater": "articles 1", "checks": applied}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _render_check(check: ArticleCheck) -> str:
    # YAML may have given keys and values that JSON has not; their Python form tells them apart.
    arguments = sorted((str(name), repr(value)) for name, value in check.arguments.items())
    return json.dumps([check.check, check.severity.value, arguments])


def _list_checks(constitution: Constitution) -> Iterator[tuple[str, ArticleCheck]]:
    """Every check with the id of its article."""
    return ((article.id, check) for article in constitution.articles for check in article.checks)


def _refuse_misconfigured(constitution: Constitution) -> None:
    problems = check_constitution(constitution)
    if problems:
        first, *rest = problems
        more = f" (and {len(rest)} more)" if rest else ""
        raise HeadwaterError(f"{first.place}: {first.message}{more}", hint=first.hint)
