"""`calls.forbidden`: no file in scope calls one of `calls`.

Why: some calls are unsafe wherever they stand (`eval`), others belong to one module alone.

    - {check: calls.forbidden, scope: "src/**", calls: [eval, "subprocess.*", time.time]}

Names are those that the code means, resolved through its imports; `*` stands for any part of a
name. Bad: `eval(text)`, `from subprocess import run as go; go(…)`. Good: `ast.literal_eval(text)`,
`model.eval()`.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from headwater.rules.articles.arguments import find_name_problems, read_names
from headwater.spec.model import Place, Problem

if TYPE_CHECKING:
    from headwater.graph.facts import CodeFacts
    from headwater.spec.model import ArticleCheck

_EXAMPLE = 'For example: `{check: calls.forbidden, calls: [eval, "subprocess.*"]}`.'


class ForbiddenCalls:
    """Implements `headwater.rules.articles.interface.Rule`."""

    name = "calls.forbidden"

    def read_arguments(self, check: ArticleCheck) -> list[Problem]:
        """`calls` must be a list of dotted names, with `*` as a wildcard."""
        return find_name_problems(check, "calls", example=_EXAMPLE)

    def check(self, facts: CodeFacts, *, check: ArticleCheck, article: str) -> list[Problem]:
        """One problem for each forbidden name on each line that calls it."""
        patterns = read_names(check, "calls")
        found = {
            (used.line, used.name)
            for used in facts.calls
            if any(fnmatchcase(used.name, pattern) for pattern in patterns)
        }
        return [
            Problem(
                code="forbidden-call",
                message=f"article {article} forbids calling `{name}` ({facts.path}:{line})",
                place=Place(path=facts.path, line=line),
                hint=f"Do without this call; the article stands at {check.place}.",
                severity=check.severity,
            )
            for line, name in sorted(found)
        ]

    def render(self, check: ArticleCheck) -> str:
        """`do not call …`."""
        return "do not call " + ", ".join(f"`{call}`" for call in read_names(check, "calls"))
