"""Applying the constitution's articles: to what is known, to prompts, and to the lock."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.paths import matches_glob
from headwater.rules.articles.arguments import find_argument_problems, make_unknown_problem
from headwater.rules.articles.interface import Demand
from headwater.rules.articles.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.rules.articles.evidence import Evidence
    from headwater.rules.articles.interface import Need
    from headwater.spec.model import ArticleCheck, Constitution, Problem


def check_constitution(constitution: Constitution) -> list[Problem]:
    """What is wrong with how articles ask for checks; places are in the constitution."""
    problems = []
    for demand in list_demands(constitution):
        rule = RULES.get(demand.check.check)
        if rule is None:
            problems.append(make_unknown_problem(demand.check, tuple(RULES)))
        else:
            problems.extend(find_argument_problems(rule, demand.check))
    return problems


def check_articles(constitution: Constitution, evidence: Evidence) -> list[Problem]:
    """Where an article is broken, in the order of paths and articles.

    Raises:
        HeadwaterError: a check is asked for wrongly (`check_constitution` lists them all), so
            that no article is passed over in silence.
    """
    _refuse_misconfigured(constitution)
    found = [
        problem
        for demand in list_demands(constitution)
        for problem in RULES[demand.check.check].find(evidence, demand)
    ]
    return sorted(dict.fromkeys(found), key=lambda problem: problem.place.path)


def list_needs(constitution: Constitution | None) -> frozenset[Need]:
    """What the checks that are asked for judge by; of checks that do not exist, nothing."""
    demands = list_demands(constitution) if constitution else ()
    rules = (RULES.get(demand.check.check) for demand in demands)
    return frozenset(need for rule in rules if rule for need in rule.needs)


def list_demands(constitution: Constitution) -> Iterator[Demand]:
    """Every check with the id of its article."""
    return (
        Demand(article=article.id, check=check)
        for article in constitution.articles
        for check in article.checks
    )


def render_articles_for(constitution: Constitution, paths: Iterable[str]) -> tuple[str, ...]:
    """The constraints on files at these paths, a short line each, for a prompt to quote.

    Raises:
        HeadwaterError: as `check_articles`.
    """
    _refuse_misconfigured(constitution)
    paths = tuple(paths)
    rendered = (
        (demand.article, RULES[demand.check.check].render(demand))
        for demand in list_demands(constitution)
        if any(matches_glob(path, demand.check.scope) for path in paths)
    )
    lines = (f"{clause} (article {article})" for article, clause in rendered if clause)
    return tuple(dict.fromkeys(lines))


def articles_digest(constitution: Constitution | None, paths: Iterable[str]) -> str:
    """The SHA-256 (hex) of the checks that code at each of these paths must keep.

    Prose, titles, the order of checks, checks of other paths and checks of documents do not count.
    """
    applied = {
        path: sorted(
            _render_check(demand.check)
            for demand in (list_demands(constitution) if constitution else ())
            if _concerns_code(demand.check) and matches_glob(path, demand.check.scope)
        )
        for path in paths
    }
    text = json.dumps({"headwater": "articles 1", "checks": applied}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _render_check(check: ArticleCheck) -> str:
    # YAML may have given keys and values that JSON has not; their Python form tells them apart.
    arguments = sorted((str(name), repr(value)) for name, value in check.arguments.items())
    return json.dumps([check.check, check.severity.value, arguments])


def _concerns_code(check: ArticleCheck) -> bool:
    """Whether derived code can break it; a check that does not exist yet may be such a one."""
    rule = RULES.get(check.check)
    return rule is None or rule.judges_code


def _refuse_misconfigured(constitution: Constitution) -> None:
    problems = check_constitution(constitution)
    if problems:
        first, *rest = problems
        more = f" (and {len(rest)} more)" if rest else ""
        raise HeadwaterError(f"{first.place}: {first.message}{more}", hint=first.hint)
