"""Excuses what a plan breaks with a person's reason: a comment on just the lines that break it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.steps.plan.show import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.steps.plan.constitution_check import ArticleResult

_RULE = "plan-breaks-article"


def excuse_lines(
    text: str, articles: Iterable[ArticleResult], exceptions: Mapping[str, str]
) -> str:
    """The plan with a comment behind every line that breaks an article with an exception.

    Args:
        text: the plan as it was tried.
        articles: what came of the trial; places are lines of `text`.
        exceptions: article to the reason.
    """
    lines = text.split("\n")
    reasons: dict[int, dict[str, None]] = {}
    for article in articles:
        for found in article.broken if article.id in exceptions else ():
            reason = show(exceptions[article.id])
            reasons.setdefault(found.place.line - 1, {})[reason] = None
    fenced = False
    for number, line in enumerate(lines):
        fenced ^= line.startswith("```")
        if number in reasons:
            comment = f"<!-- headwater: ignore {_RULE}: {'; '.join(reasons[number])} -->"
            lines[number] = f"{line}  # {comment}" if fenced else f"{line} {comment}"
    return "\n".join(lines)
