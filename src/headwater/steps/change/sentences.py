"""The sentences of a requirement, each with the bytes that a new one takes the place of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.rules.passages import Passage, blank_non_prose
from headwater.spec.ids import IdKind
from headwater.spec.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.model import Source

# Marks such as `*(refines FR-001)*` belong to the requirement, not to a sentence.
_MARKS_BEFORE = re.compile(rb"(?:\s*[*_]+\([^()]*\)[*_]+:?)*\s*")
_MARKS_BEHIND = re.compile(rb"(?:\s*[*_]+\([^()]*\)[*_]+\.?)+\s*\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One sentence as it stands, on one line, and its bytes."""

    text: str
    span: Span


def cut_sentences(source: Source, prose: Span, *, name: str) -> tuple[Sentence, ...]:
    """The sentences of a requirement's prose; code in it belongs to the sentence around it.

    Args:
        source: the document.
        prose: the bytes of the requirement's text.
        name: the requirement's id.
    """
    ends = [*_find_ends(source, prose, name)]
    starts = [prose.start, *ends[:-1]]
    cut = (_trim(source, start, end) for start, end in zip(starts, ends, strict=True))
    return tuple(
        Sentence(text=" ".join(source.text(span).split()), span=span)
        for span in cut
        if span.start < span.end
    )


def _find_ends(source: Source, prose: Span, name: str) -> Iterator[int]:
    text = blank_non_prose(source.text(prose))
    passage = Passage(id=name, kind=IdKind.REQUIREMENT, text=text, source=source, start=prose.start)
    ends = [prose.start + len(text[: one.end()].encode()) for one in passage.sentences()]
    yield from ends[:-1]
    yield prose.end


def _trim(source: Source, start: int, end: int) -> Span:
    """Without white space and marks at both ends."""
    data = source.data[start:end]
    behind = _MARKS_BEHIND.search(data)
    if behind:
        data = data[: behind.start()]
    before = _MARKS_BEFORE.match(data)
    offset = before.end() if before else 0
    return Span(start=start + offset, end=start + max(offset, len(data.rstrip())))
