"""Which item of a document stands at a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.spec.ids import qualify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.spec.model import (
        Constitution,
        Feature,
        Requirement,
        Scenario,
        Source,
        Span,
        Spec,
        UserStory,
    )


def find_item_in_feature(feature: Feature, *, path: str, line: int) -> str:
    """The ref of the innermost item that a line of a feature's document belongs to.

    An example table belongs to the item that it is an example of. Empty when the line belongs to
    no item.

    Args:
        feature: whose document it is.
        path: of the document.
        line: from 1.
    """
    for document in (feature.spec, feature.plan, feature.tasks):
        if document is not None and document.source.path == path:
            local = _find_innermost(_list_spans(feature, path), document.source, line)
            return qualify(local, feature=feature.number) if local else ""
    return ""


def find_article(constitution: Constitution, *, line: int) -> str:
    """The ref of the article that a line of the constitution belongs to; empty for none."""
    spans = ((article.id, article.span) for article in constitution.articles)
    local = _find_innermost(spans, constitution.source, line)
    return f"article/{local}" if local else ""


def _list_spans(feature: Feature, path: str) -> Iterator[tuple[str, Span]]:
    if feature.spec and feature.spec.source.path == path:
        yield from _list_spec_spans(feature.spec)
    elif feature.plan and feature.plan.source.path == path:
        yield from ((item.id, item.span) for item in feature.plan.decisions)
        yield from ((item.id, item.span) for item in feature.plan.components)
    elif feature.tasks:
        yield from ((task.id, task.span) for task in feature.tasks.tasks)


def _list_spec_spans(spec: Spec) -> Iterator[tuple[str, Span]]:
    holders: list[UserStory | Scenario | Requirement] = [*spec.stories, *spec.requirements]
    holders += [scenario for story in spec.stories for scenario in story.scenarios]
    for holder in holders:
        yield holder.id, holder.span
        yield from ((holder.id, table.span) for table in holder.tables)
    yield from ((item.id, item.span) for item in spec.criteria)


def _find_innermost(spans: Iterable[tuple[str, Span]], source: Source, line: int) -> str:
    """The id of the shortest span that holds a part of the line."""
    lines = source.data.split(b"\n")
    if not 1 <= line <= len(lines):
        return ""
    start = sum(len(one) + 1 for one in lines[: line - 1])
    end = start + len(lines[line - 1])
    around = [
        (span.end - span.start, local)
        for local, span in spans
        if span.start <= end and span.end > start
    ]
    return min(around, key=lambda one: one[0])[1] if around else ""
