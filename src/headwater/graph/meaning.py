"""What a document says, statement by statement: what approvals digest and reviews compare.

Layout, wrapping, tick boxes, comments and the order of what has no order count for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.digest import digest_value
from headwater.graph.meaning_of_plan import state_plan, state_tasks
from headwater.graph.meaning_of_spec import state_spec
from headwater.graph.other_text import read_other_text
from headwater.graph.prose import normalise_prose
from headwater.graph.statement import Statement, Topic
from headwater.spec.ids import ARTICLE_PREFIX, qualify
from headwater.spec.model import Constitution, Plan, Spec, TaskList

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.spec.model import Span

Approvable = Spec | Plan | TaskList | Constitution
"""The documents whose meaning is read whole."""

# An approval that turns a draft's status must not withdraw itself.
_NO_MEANING = ("Status",)


def state_document(document: Approvable, *, feature: str = "") -> tuple[Statement, ...]:
    """Everything that a document says, in no particular order.

    Args:
        document: as read.
        feature: the number of its feature; empty for the constitution.
    """
    known = _state_known(document, feature)
    context = document.context if isinstance(document, Plan) else None
    fields = (*_NO_MEANING, *(context.fields if context else ()))
    taken = _list_spans(document)
    return (*known, *read_other_text(document.source, taken=taken, fields=fields))


def digest_meaning(statements: Iterable[Statement]) -> str:
    """One digest for all ways of writing the same."""
    said = sorted((one.topic.value, one.ref, one.key, one.text, one.retired) for one in statements)
    return digest_value("document", said)


def _state_known(document: Approvable, feature: str) -> Iterator[Statement]:
    match document:
        case Spec():
            yield from state_spec(document, feature=feature)
        case Plan():
            yield from state_plan(document, feature=feature)
        case TaskList():
            yield from state_tasks(document, feature=feature)
        case Constitution():
            for article in document.articles:
                yield Statement(
                    topic=Topic.ARTICLE,
                    ref=qualify(article.id, feature=ARTICLE_PREFIX),
                    text=f"{article.title}\n\n{normalise_prose(article.text)}",
                    place=article.place,
                )


def _list_spans(document: Approvable) -> Iterator[Span]:
    """The bytes that statements with a topic of their own cover."""
    match document:
        case Spec():
            yield from _list_spec_spans(document)
        case Plan():
            yield from (decision.span for decision in document.decisions)
            yield from (component.span for component in document.components)
        case TaskList():
            yield from (item.span for item in document.tasks)
        case Constitution():
            yield from (item.span for item in document.articles)


def _list_spec_spans(spec: Spec) -> Iterator[Span]:
    for requirement in spec.requirements:
        yield from (requirement.span, *(table.span for table in requirement.tables))
    for story in spec.stories:
        yield from (story.span, *(table.span for table in story.tables))
        for scenario in story.scenarios:
            yield from (scenario.span, *(table.span for table in scenario.tables))
    yield from (item.span for item in spec.criteria)
    yield from (item.span for item in spec.answers)
    yield from (item.span for item in spec.assumptions)
    yield from (item.span for item in spec.edge_cases)
    yield from (item.span for item in spec.entities)
