"""Finds the prose of a document that nothing else was read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.interop.interface import Remainder, RemainderKind
from headwater.interop.span_set import SpanSet
from headwater.spec.markdown import BlockKind
from headwater.spec.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from headwater.spec.document import Document
    from headwater.spec.sections import Section


def find_prose(
    document: Document, sections: Sequence[Section], *, taken: Iterable[Span]
) -> Iterator[Remainder]:
    """The sections from which nothing was read, each with those below it, in order.

    Of a section that holds something, and of the document's title, only what stands right below
    the heading counts.

    Args:
        document: where they stand.
        sections: its sections.
        taken: what was read.
    """
    title = next((section for section in sections if section.level == 1), None)
    spans = SpanSet(taken)
    end = 0
    for section in sections:
        if section.start < end or spans.holds(section.start):
            continue
        if section.level > 0 and section is not title and not spans.overlaps(section.span):
            end = section.span.end
            found, body = [section.span], section.body
        else:
            found, body = _find_own(section, spans), None
        # Prose below the document's title needs no heading of its own.
        heading = "" if section is title or not section.level else section.title
        for span in found:
            if document.visible(body or span).strip():
                yield _make(document, heading, document.trimmed(span))


def _make(document: Document, title: str, span: Span) -> Remainder:
    return Remainder(
        kind=RemainderKind.PROSE,
        title=title,
        place=document.place(span.start),
        source=document.source,
        span=span,
    )


def _find_own(section: Section, spans: SpanSet) -> list[Span]:
    """The runs of blocks right below a heading that nothing was read from."""
    found: list[Span] = []
    running = False
    for block in section.blocks:
        own = block.kind is not BlockKind.RULE and not spans.overlaps(block.span)
        if own and running:
            found[-1] = Span(start=found[-1].start, end=block.span.end)
        elif own:
            found.append(block.span)
        running = own
    return found
