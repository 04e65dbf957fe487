"""`imports.forbidden`: no file in scope imports one of `modules`, nor a submodule of it.

Why: what a system may depend on is decided once, in an article, and not by each generated file.

    - {check: imports.forbidden, scope: "src/**", modules: [requests, urllib.request]}

Bad: `import requests.adapters`, `from urllib import request`. Good: `import httpx`,
`import requests_mock`, `from urllib import parse`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.articles.arguments import find_name_problems, read_names
from headwater.spec.model import Place, Problem

if TYPE_CHECKING:
    from headwater.graph.facts import CodeFacts
    from headwater.spec.model import ArticleCheck

_EXAMPLE = "For example: `{check: imports.forbidden, modules: [requests]}`."


class ForbiddenImports:
    """Implements `headwater.rules.articles.interface.Rule`."""

    name = "imports.forbidden"

    def read_arguments(self, check: ArticleCheck) -> list[Problem]:
        """`modules` must be a list of dotted names."""
        return find_name_problems(check, "modules", example=_EXAMPLE)

    def check(self, facts: CodeFacts, *, check: ArticleCheck, article: str) -> list[Problem]:
        """One problem for each forbidden module on each line that imports it."""
        modules = read_names(check, "modules")
        found = {
            (used.line, module): used.name
            for used in facts.imports
            for module in modules
            if f"{used.name}.".startswith(f"{module}.")
        }
        return [
            Problem(
                code="forbidden-import",
                message=f"article {article} forbids importing `{module}` ({facts.path}:{line})",
                place=Place(path=facts.path, line=line),
                hint=f"Do without `{name}`; the article stands at {check.place}.",
                severity=check.severity,
            )
            for (line, module), name in sorted(found.items())
        ]

    def render(self, check: ArticleCheck) -> str:
        """`do not import …`."""
        names = ", ".join(f"`{module}`" for module in read_names(check, "modules"))
        return f"do not import {names}"
