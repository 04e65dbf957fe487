"""Finds what a spec leaves open: its marks, assumptions nobody confirmed, topics it forgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.spec.ids import find_refs
from headwater.spec.statements import Standing
from headwater.steps.clarify.questions import (
    OpenQuestion,
    QuestionKind,
    identify_question,
    split_options,
)
from headwater.steps.clarify.topics import list_gaps
from headwater.steps.specify.idea import flatten
from headwater.steps.specify.words import list_stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.model import Span, Spec

_SHARED = 2
_HOLDS = ("yes",)


def find_questions(spec: Spec) -> tuple[OpenQuestion, ...]:
    """Every open question, each once, in the order: marks, assumptions, gaps.

    A question that stands under Clarifications with its answer is not asked again.
    """
    answered = {identify_question(one.question) for one in spec.answers}
    found: dict[str, OpenQuestion] = {}
    for question in (*_find_marks(spec), *_find_assumptions(spec), *_find_gaps(spec)):
        # A mark that is still there is open, whatever was said about its like before.
        if question.kind is QuestionKind.MARK or question.id not in answered:
            found.setdefault(question.id, question)
    return tuple(found.values())


def ask_assumption(text: str) -> str:
    """What is asked about an assumption."""
    return f"Does this hold: {flatten(text).rstrip('.')}?"


def find_related(spec: Spec, text: str) -> tuple[str, ...]:
    """The requirements that a text names, else those that share two content words with it."""
    live = [one for one in spec.requirements if not one.retired]
    named = tuple(ref for ref in find_refs(text) if any(one.id == ref for one in live))
    words = list_stems(text)
    return named or tuple(one.id for one in live if len(words & list_stems(one.text)) >= _SHARED)


def _find_marks(spec: Spec) -> Iterator[OpenQuestion]:
    for mark in spec.clarifications:
        text, options = split_options(mark.text)
        if text:
            yield OpenQuestion(
                kind=QuestionKind.MARK,
                text=text[:1].upper() + text[1:],
                refs=_find_holder(spec, mark.span) or find_related(spec, text),
                options=options,
                span=mark.span,
                place=mark.place,
            )


def _find_assumptions(spec: Spec) -> Iterator[OpenQuestion]:
    marks = [mark.span for mark in spec.clarifications]
    for one in spec.assumptions:
        asks = any(one.span.start <= mark.start < one.span.end for mark in marks)
        if one.standing is not Standing.CONFIRMED and not asks:
            yield OpenQuestion(
                kind=QuestionKind.ASSUMPTION,
                text=ask_assumption(one.text),
                refs=find_related(spec, one.text),
                options=_HOLDS,
                span=one.span,
                place=one.place,
            )


def _find_gaps(spec: Spec) -> Iterator[OpenQuestion]:
    for topic, refs in list_gaps(spec):
        yield OpenQuestion(
            kind=QuestionKind.GAP,
            text=topic.question,
            refs=refs,
            options=topic.options,
            topic=topic.name,
        )


def _find_holder(spec: Spec, span: Span) -> tuple[str, ...]:
    """The innermost item that holds a span: a requirement, a scenario, a story."""
    items = [(one.span, one.id) for one in spec.requirements]
    items += [(one.span, one.id) for one in spec.stories]
    items += [(one.span, one.id) for story in spec.stories for one in story.scenarios]
    holding = [one for one in items if one[0].start <= span.start < one[0].end]
    if not holding:
        return ()
    return (min(holding, key=lambda one: one[0].end - one[0].start)[1],)
