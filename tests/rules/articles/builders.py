"""Constitutions and facts for tests, made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from headwater.graph.facts import CodeFacts, MeasuredFunction, Used
from headwater.rules.articles.evidence import Evidence
from headwater.spec.model import (
    Article,
    ArticleCheck,
    Constitution,
    Place,
    Severity,
    Source,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

CONSTITUTION = ".specify/memory/constitution.md"


def make_check(
    name: str,
    *,
    scope: str = "**",
    severity: Severity = Severity.ERROR,
    line: int = 7,
    **arguments: object,
) -> ArticleCheck:
    place = Place(path=CONSTITUTION, line=line)
    return ArticleCheck(
        check=name, scope=scope, severity=severity, arguments=arguments, place=place
    )


def make_constitution(**articles: list[ArticleCheck]) -> Constitution:
    """`make_constitution(I=[…], II=[…])`."""
    return Constitution(
        source=Source(path=CONSTITUTION, data=b""),
        title="Constitution",
        articles=tuple(
            Article(
                id=name,
                title="",
                text="",
                checks=tuple(checks),
                span=Span(start=0, end=0),
                place=Place(path=CONSTITUTION, line=1),
            )
            for name, checks in articles.items()
        ),
    )


def make_facts(
    *,
    path: str = "src/x.py",
    imports: tuple[tuple[str, int], ...] = (),
    calls: tuple[tuple[str, int], ...] = (),
    complexities: tuple[tuple[str, int, int], ...] = (),
    standard: frozenset[str] = frozenset(),
    exports: Mapping[str, str] | None = None,
    lines: int = 0,
) -> CodeFacts:
    """Facts of a file; `complexities` are functions with their complexity and line."""
    return CodeFacts(
        path=path,
        imports=tuple(Used(name=name, line=line) for name, line in imports),
        calls=tuple(Used(name=name, line=line) for name, line in calls),
        functions=tuple(
            MeasuredFunction(name=name, complexity=value, lines=value, line=line)
            for name, value, line in complexities
        ),
        module=path.removeprefix("src/").removesuffix(".py").replace("/", "."),
        standard=standard,
        exports=exports or {},
        lines=lines,
    )


def make_evidence(*facts: CodeFacts, judged: str = "", **more: Any) -> Evidence:
    """Evidence on these files, all of them judged, or only one."""
    code = {each.path: each for each in facts}
    return Evidence(judged=frozenset({judged} if judged else code), code=code, **more)
