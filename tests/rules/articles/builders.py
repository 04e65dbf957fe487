"""Constitutions and facts for tests, made by hand."""

from __future__ import annotations

from headwater.graph.facts import CodeFacts, Complexity, Used
from headwater.spec.model import (
    Article,
    ArticleCheck,
    Constitution,
    Place,
    Severity,
    Source,
    Span,
)

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
) -> CodeFacts:
    return CodeFacts(
        path=path,
        imports=tuple(Used(name=name, line=line) for name, line in imports),
        calls=tuple(Used(name=name, line=line) for name, line in calls),
        complexities=tuple(
            Complexity(function=name, value=value, line=line) for name, value, line in complexities
        ),
    )
