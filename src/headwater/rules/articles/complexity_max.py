"""`complexity.max`: no function in scope has a cyclomatic complexity (McCabe 1976) above `max`.

Why: a function with many paths is hard to read and to test, whoever wrote it.

    - {check: complexity.max, scope: "src/**", max: 10, severity: warning}

Bad, with `max: 2`: a function with two nested `if`. Good: the same split in two functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.articles.arguments import find_number_problems
from headwater.spec.model import Place, Problem

if TYPE_CHECKING:
    from headwater.graph.facts import CodeFacts
    from headwater.spec.model import ArticleCheck

_EXAMPLE = "For example: `{check: complexity.max, max: 10}`."


class MaximumComplexity:
    """Implements `headwater.rules.articles.interface.Rule`."""

    name = "complexity.max"

    def read_arguments(self, check: ArticleCheck) -> list[Problem]:
        """`max` must be a whole number from 1."""
        return find_number_problems(check, "max", example=_EXAMPLE)

    def check(self, facts: CodeFacts, *, check: ArticleCheck, article: str) -> list[Problem]:
        """One problem for each function above the maximum."""
        limit = int(str(check.arguments["max"]))
        return [
            Problem(
                code="complexity-above-max",
                message=f"article {article} allows a complexity of {limit}; `{found.function}` "
                f"has {found.value} ({facts.path}:{found.line})",
                place=Place(path=facts.path, line=found.line),
                hint=f"Split the function; the article stands at {check.place}.",
                severity=check.severity,
            )
            for found in facts.complexities
            if found.value > limit
        ]

    def render(self, check: ArticleCheck) -> str:
        """`keep …`."""
        return f"keep every function's cyclomatic complexity at {check.arguments['max']} or below"
