"""What a document says besides what Headwater knows: its prose, block by block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.graph.prose import normalise_prose
from headwater.graph.statement import Statement, Topic
from headwater.spec.document import open_document
from headwater.spec.markdown import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from headwater.spec.document import Document
    from headwater.spec.markdown import Block
    from headwater.spec.model import Source, Span


def read_other_text(
    source: Source, *, taken: Iterable[Span], fields: Iterable[str] = ()
) -> Iterator[Statement]:
    """Every block of a document that no other statement covers.

    Args:
        source: the document.
        taken: what other statements cover.
        fields: names of fields that others cover: `**Target**: …` is left out line by line.
    """
    document = open_document(source)
    spans = sorted(taken, key=lambda span: (span.start, span.end))
    named = "|".join(map(re.escape, fields))
    covered = re.compile(rf"(?m)^[ \t]*(?:[-*+][ \t]+)?\*\*(?:{named})\*\*:?.*$") if named else None
    for block, text in _visit(document, document.blocks, spans):
        said = normalise_prose(covered.sub("", text) if covered else text)
        if said:
            place = document.place(block.span.start)
            yield Statement(topic=Topic.OTHER, text=said, place=place)


def _visit(
    document: Document, blocks: Sequence[Block], taken: Sequence[Span]
) -> Iterator[tuple[Block, str]]:
    for block in blocks:
        if block.kind is BlockKind.RULE:
            continue
        inside = [span for span in taken if _overlap(span, block.span)]
        if any(_covers(span, document.trimmed(block.span)) for span in inside):
            continue
        if inside and block.children:
            yield from _visit(document, block.children, inside)
        else:
            yield block, document.raw(block.span, without=inside)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
