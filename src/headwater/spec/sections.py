"""Sections and fields: headings with what stands under them, and `**Name**: value` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from headwater.spec.markdown import Block, BlockKind, walk
from headwater.spec.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.document import Document


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """What stands between a heading and the next; before the first one, level and title are empty.

    Attributes:
        title: the heading's text, without emphasis and numbering signs at its ends.
        level: 1 to 6.
        blocks: the blocks up to the next heading, whatever its level.
        start: where the heading begins.
        title_start: where its text begins.
        body: from the heading's end to the next heading of this level or above, sections below
            included.
        parents: the titles that this one stands under, outermost first.
    """

    title: str
    level: int
    blocks: tuple[Block, ...]
    start: int
    title_start: int
    body: Span
    parents: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """The whole section, heading included."""
        return Span(start=self.start, end=self.body.end)


class Field(NamedTuple):
    """`**Name**: value`; a value of several lines keeps them.

    `start` is where the name's asterisks begin, `value_start` where the value does.
    """

    name: str
    value: str
    start: int
    value_start: int


_FIELD = (
    rb"^[ \t>]*(?:[-*+][ \t]+)?"
    rb"\*\*(?P<name>[^*\r\n:]{1,120}?)[ \t]*(?::[ \t]*\*\*|\*\*[ \t]*:)[ \t]*"
)
_KNOWN_TITLES = (
    r"(?:feature specification|implementation plan|specification|spec|plan|tasks)\s*(?::|—|–)\s*"
)


def find_sections(document: Document) -> tuple[Section, ...]:
    """The sections of a document in order; the first holds what stands before any heading."""
    headings = [i for i, b in enumerate(document.blocks) if b.kind is BlockKind.HEADING]
    starts = [*headings, len(document.blocks)]
    ends = _find_ends(document, headings)
    sections = [
        Section(
            title="",
            level=0,
            blocks=document.blocks[: starts[0]],
            start=0,
            title_start=0,
            body=Span(start=0, end=len(document.source.data)),
        )
    ]
    parents: list[tuple[int, str]] = []
    for n, index in enumerate(headings):
        heading = document.blocks[index]
        parents = [parent for parent in parents if parent[0] < heading.level]
        title = _read_title(document, heading)
        sections.append(
            Section(
                title=title,
                level=heading.level,
                blocks=document.blocks[index + 1 : starts[n + 1]],
                start=heading.span.start,
                title_start=heading.content.start,
                body=Span(start=heading.span.end, end=ends[n]),
                parents=tuple(name for _, name in parents),
            )
        )
        parents.append((heading.level, title))
    return tuple(sections)


def find_fields(document: Document, blocks: Sequence[Block]) -> tuple[Field, ...]:
    """Every field in these blocks, written as a line, a paragraph or a list item.

    A field with nothing after its colon takes the list that follows it, joined by commas.
    """
    found: list[Field] = []
    open_field = False
    for block in walk(blocks):
        if open_field and block.kind is BlockKind.LIST:
            found[-1] = _with_list(document, found[-1], block)
        open_field = False
        if block.kind is BlockKind.PARAGRAPH:
            fields = _read_fields(document, block.content)
            found.extend(fields)
            open_field = bool(fields) and not fields[-1].value
    return tuple(found)


def read_document_title(sections: Sequence[Section]) -> str:
    """The first top-level heading, without Spec Kit's `Feature Specification:` and the like."""
    title = next((section.title for section in sections if section.level == 1), "")
    return re.sub(_KNOWN_TITLES, "", title, count=1, flags=re.IGNORECASE)


def _find_ends(document: Document, headings: Sequence[int]) -> list[int]:
    """For each heading, where the next one of its level or above begins."""
    ends = [len(document.source.data)] * len(headings)
    waiting: list[int] = []
    for n, index in enumerate(headings):
        heading = document.blocks[index]
        while waiting and document.blocks[headings[waiting[-1]]].level >= heading.level:
            ends[waiting.pop()] = heading.span.start
        waiting.append(n)
    return ends


def _read_title(document: Document, heading: Block) -> str:
    if heading.content == heading.span:
        return ""
    text = " ".join(document.visible(heading.content).split())
    if "*" not in text and "_" not in text:
        return text
    return re.sub(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)", "", text)


def _read_fields(document: Document, span: Span) -> list[Field]:
    masked = document.masked[span.start : span.end]
    matches = list(re.finditer(_FIELD, masked, re.MULTILINE))
    ends = [*(match.start() for match in matches[1:]), len(masked)]
    return [
        Field(
            name=" ".join(match["name"].decode().split()),
            value=_clean_value(masked[match.end() : end].decode()),
            start=span.start + match.start("name") - 2,
            value_start=span.start + match.end(),
        )
        for match, end in zip(matches, ends, strict=False)
    ]


def _clean_value(text: str) -> str:
    text = text.strip()
    if "\n" not in text:
        return text.removesuffix("\\").rstrip()
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(line.strip().removesuffix("\\").rstrip() for line in lines).strip()


def _with_list(document: Document, field: Field, block: Block) -> Field:
    items = [
        document.visible(child.content).strip()
        for item in block.children
        for child in item.children[:1]
    ]
    start = block.span.start
    return Field(name=field.name, value=", ".join(items), start=field.start, value_start=start)
