"""Finds decisions that have no id: `**Decision**: … **Rationale**: … **Alternatives**: …`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.spec.model import Span
from headwater.spec.sections import find_fields
from headwater.spec.side_documents import Resolution

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.spec.document import Document
    from headwater.spec.sections import Section


class _Part(Enum):
    """A part of a decision; the value is how its label or heading begins."""

    CHOICE = r"(?i)(?:decision|chosen|choice|resolution)\b"
    RATIONALE = r"(?i)(?:rationale|why|reason(?:s|ing)?)\b"
    ALTERNATIVES = r"(?i)(?:alternatives?|rejected|options)\b"
    OTHER = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Label:
    """Where a part begins, and where its text does."""

    part: _Part
    start: int
    text_start: int


_TITLE = r"(?i:decision|choice)\b\s*(?:\d{1,3}\b)?\s*[:：.–—-]?\s*|[DR]-?\d{1,3}\b\s*[:：.–—-]\s*"
_PART_TITLE = r"(?i)(?:decision|chosen|choice|rationale|why|reason\w*|alternatives?|options)[a-z ]*"
_NEXT_MARKER = r"\n\s*(?:[-*+]|\d+\.)$"


def find_resolutions(document: Document, sections: Sequence[Section]) -> tuple[Resolution, ...]:
    """The decisions below headings and in runs of labelled paragraphs or list items.

    A section is one when a label in it says Decision (or Chosen, Choice), or when its heading
    begins with Decision, or with `D1` or `R1`; a heading alone has its whole text as the choice.
    Every further label Decision in a section begins another one.
    """
    found: list[Resolution] = []
    for index, section in enumerate(sections):
        if not found or section.start >= found[-1].span.end:
            found += _read_section(document, _inside(sections, index))
    return tuple(found)


def _inside(sections: Sequence[Section], index: int) -> list[Section]:
    """A section and those below it that are its parts: headings such as Rationale."""
    end = index + 1
    if sections[index].level <= 1:
        return [sections[index]]
    while (
        end < len(sections)
        and sections[end].level > sections[index].level
        and re.fullmatch(_PART_TITLE, sections[end].title)
    ):
        end += 1
    return list(sections[index:end])


def _read_section(document: Document, sections: Sequence[Section]) -> Iterator[Resolution]:
    first, last = sections[0], sections[-1]
    end = last.blocks[-1].span.end if last.blocks else last.body.start
    labels = list(_find_labels(document, sections))
    begins = [label.start for label in labels if label.part is _Part.CHOICE]
    named = re.match(_TITLE, first.title) if first.level > 1 else None
    title = first.title[named.end() :] if named else first.title
    if named and len(begins) <= 1:
        yield _make(document, Span(start=first.start, end=end), labels, title, body=first.body)
    elif len(begins) == 1 and first.level > 1:
        yield _make(document, Span(start=first.start, end=end), labels, title)
    else:
        for start, stop in zip(begins, [*begins[1:], end], strict=False):
            yield _make(document, Span(start=start, end=stop), labels, "")


def _find_labels(document: Document, sections: Sequence[Section]) -> Iterator[_Label]:
    for section in sections:
        part = _part_of(section.title)
        if section is not sections[0]:
            yield _Label(part=part, start=section.start, text_start=section.body.start)
        for field in find_fields(document, section.blocks):
            yield _Label(part=_part_of(field.name), start=field.start, text_start=field.value_start)


def _part_of(name: str) -> _Part:
    return next(part for part in _Part if re.match(part.value, name))


def _make(
    document: Document,
    span: Span,
    labels: Sequence[_Label],
    title: str,
    *,
    body: Span | None = None,
) -> Resolution:
    held = [label for label in labels if span.start <= label.start < span.end]
    stops = [*(label.start for label in held[1:]), span.end]
    texts: dict[_Part, list[str]] = {part: [] for part in _Part}
    for label, stop in zip(held, stops, strict=False):
        part = Span(start=label.text_start, end=max(label.text_start, stop))
        texts[label.part].append(re.sub(_NEXT_MARKER, "", document.raw(part)).strip())
    if body and not texts[_Part.CHOICE]:
        end = min([body.end, *(label.start for label in held)])
        texts[_Part.CHOICE].append(document.raw(Span(start=body.start, end=end)))
    return Resolution(
        title=title,
        choice="\n\n".join(texts[_Part.CHOICE]),
        rationale="\n\n".join(texts[_Part.RATIONALE]),
        alternatives="\n\n".join(texts[_Part.ALTERNATIVES]),
        span=document.trimmed(span),
        place=document.place(span.start),
    )
