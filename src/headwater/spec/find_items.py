"""Finds what a spec declares: requirements and criteria, in lists, headings and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.spec.ids import CRITERION_PATTERN, REQUIREMENT_PATTERN, IdKind, kind_of
from headwater.spec.markdown import Block, BlockKind, walk
from headwater.spec.model import Problem, Severity, Span
from headwater.spec.table_cells import split_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.spec.document import Document
    from headwater.spec.sections import Section


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """Something with an id, found in a document but not yet read.

    Attributes:
        id: as written.
        kind: what the id names.
        span: all that belongs to it.
        head: the id and the signs around it; what follows is the text.
        id_start: where the id stands.
        prefix: what the text must begin with to mean the same without its head.
        indent: the column from 0 that its lines are indented to.
        level: that of the section it stands in, or of the heading that it is.
        title: a heading's text after the id.
        text_end: where the text ends, when that is before the span does.
        is_heading: whether a heading declares it.
        table: the table that it is a row of.
    """

    id: str
    kind: IdKind
    span: Span
    head: Span
    id_start: int
    prefix: str = ""
    indent: int = 0
    level: int = 0
    title: str = ""
    text_end: int | None = None
    is_heading: bool = False
    table: Span | None = None

    @property
    def apart(self) -> Span:
        """What is no part of the text around this item: its table, or just its span."""
        return self.table or self.span


_ID = f"(?:{REQUIREMENT_PATTERN}|{CRITERION_PATTERN})(?![A-Za-z0-9])"
_SIGN = r"(?::|：|\.(?=\s|$)|[-–—](?=\s))"
_BOLD = r"(?:\*\*|__)"
# Several ids at the head of an item are a mention, as in `**FR-001–FR-003**: see above`.
_ALONE = rf"(?!(?:{_BOLD}|`)?\s*(?:–|—|-|\.\.|,|/|&|\+|and|to)\s*(?:{_BOLD}|`)?{_ID})"
_HEAD = (
    r"\s*(?:\[[ xX]\]\s+)?(?:~~)?(?:"
    rf"{_BOLD}[`\[]?(?P<bold>{_ID})[`\]]?{_ALONE}"
    rf"(?:\s*{_BOLD}(?:~~)?\s*{_SIGN}?|\s*{_SIGN}\s*{_BOLD}|(?P<unclosed>\s*{_SIGN}?))"
    rf"|[`\[](?P<marked>{_ID})[`\]]{_ALONE}\s*{_SIGN}?"
    rf"|(?P<bare>{_ID}){_ALONE}(?P<sign>\s*{_SIGN})?)[ \t]*"
)
_HIDDEN = rf"(?m)^[ \t]*(?:[-*+]|\d+\.)[ \t]+\W{{0,6}}(?P<id>{_ID})"
_ROW = rf"[\s|`*_]*{_ID}".encode()
_LONGEST_HEAD = 400
_CHAPTER_LEVEL = 2


def find_items(document: Document, sections: Sequence[Section]) -> tuple[list[Item], list[Problem]]:
    """Every requirement and success criterion of a spec, in the order of the document.

    Lists come first, then headings (`#### FR-001: title`), then tables whose first column holds
    ids; an id that one of them declared is only mentioned by the next.
    """
    found, problems = _find_listed(document, sections)
    known = {item.id for item in found}
    headed = [item for item in _find_headed(document, sections) if item.id not in known]
    known.update(item.id for item in headed)
    tabled = [item for item in _find_tabled(document, sections) if item.id not in known]
    problems += _find_hidden(document)
    return sorted([*found, *headed, *tabled], key=lambda item: item.span.start), problems


def read_head(text: str, *, heading: bool = False) -> re.Match[str] | None:
    """The id at the beginning of an item's or a heading's text, with the signs around it.

    In a list `FR-001 says …` mentions the id; it takes bold type, back-ticks or a colon to
    declare it. A heading declares it in any case.
    """
    match = re.match(_HEAD, text)
    if match and match["bare"] and not match["sign"] and not heading:
        return None
    return match


def mentions_id(document: Document, block: Block) -> bool:
    """Whether an id stands in the first characters of a paragraph."""
    return bool(re.search(_ID, _beginning(document, block)))


def find_named_owner(section: Section) -> str:
    """The id that a heading such as `#### FR-001: title` begins with, or empty."""
    match = read_head(section.title, heading=True)
    return _id_of(match) if match else ""


def _id_of(match: re.Match[str]) -> str:
    return match["bold"] or match["marked"] or match["bare"]


def _find_listed(
    document: Document, sections: Sequence[Section]
) -> tuple[list[Item], list[Problem]]:
    found: list[Item] = []
    problems: list[Problem] = []
    chapters: dict[str, int] = {}
    chapter = 0
    for section in sections:
        chapter += section.level <= _CHAPTER_LEVEL
        for item in _read_items(document, section):
            if chapters.setdefault(item.id, chapter) == chapter:
                found.append(item)
            else:
                problems.append(_mentioned_again(document, item))
    return found, problems


def _mentioned_again(document: Document, item: Item) -> Problem:
    return document.problem(
        "id-declared-elsewhere",
        f"{item.id} is declared in an earlier section; here it is read as a mention",
        offset=item.id_start,
        hint="Give it an id of its own if it is another one.",
        severity=Severity.WARNING,
    )


def _read_items(document: Document, section: Section) -> Iterator[Item]:
    for block in walk(section.blocks):
        if block.kind is BlockKind.ITEM and block.children:
            text = _beginning(document, block.children[0])
            match = read_head(text)
            if match:
                yield _make_item(document, block, section, text, match)


def _find_headed(document: Document, sections: Sequence[Section]) -> Iterator[Item]:
    for section in sections:
        match = read_head(section.title, heading=True)
        if match and section.level > 1:
            id_start = document.masked.find(_id_of(match).encode(), section.title_start)
            yield Item(
                id=_id_of(match),
                kind=kind_of(_id_of(match)) or IdKind.REQUIREMENT,
                span=document.trimmed(section.span),
                head=Span(start=section.start, end=section.body.start),
                id_start=id_start,
                level=section.level,
                title=section.title[match.end() :],
                is_heading=True,
            )


def _find_tabled(document: Document, sections: Sequence[Section]) -> Iterator[Item]:
    for section in sections:
        for block in walk(section.blocks):
            for row in block.rows[1:]:
                if not re.match(_ROW, document.masked[row.start : row.end]):
                    continue
                cells = split_row(document.masked, row)
                text = cells[0].raw.strip("`*_") if len(cells) > 1 else ""
                if re.fullmatch(_ID, text):
                    yield Item(
                        id=text,
                        kind=kind_of(text) or IdKind.REQUIREMENT,
                        span=document.trimmed(row),
                        head=Span(start=row.start, end=cells[1].span.start),
                        id_start=document.masked.find(text.encode(), cells[0].span.start),
                        level=section.level,
                        text_end=cells[-1].span.end,
                        table=document.trimmed(block.span),
                    )


def _find_hidden(document: Document) -> Iterator[Problem]:
    """Items inside HTML, which Markdown passes through unread until the next empty line."""
    for block in document.every_block:
        if block.kind is BlockKind.HTML:
            html = document.visible(block.span)
            match = re.search(_HIDDEN, html)
            if match:
                yield document.problem(
                    "item-in-html",
                    f"{match['id']} stands inside HTML, where Markdown reads no lists",
                    offset=block.span.start,
                    hint="Put an empty line after the tag.",
                    severity=Severity.WARNING,
                )


def _beginning(document: Document, block: Block) -> str:
    """The first characters of a paragraph; other blocks begin no item."""
    if block.kind is not BlockKind.PARAGRAPH:
        return ""
    end = min(block.content.end, block.content.start + _LONGEST_HEAD)
    return document.masked[block.content.start : end].decode(errors="ignore")


def _make_item(
    document: Document, block: Block, section: Section, text: str, match: re.Match[str]
) -> Item:
    found = _id_of(match)
    group = "bold" if match["bold"] else "marked" if match["marked"] else "bare"
    start = block.children[0].content.start
    return Item(
        id=found,
        kind=kind_of(found) or IdKind.REQUIREMENT,
        span=document.trimmed(block.span),
        head=Span(start=start, end=start + len(text[: match.end()].encode())),
        id_start=start + len(text[: match.start(group)].encode()),
        prefix="**" if match["unclosed"] is not None else "",
        indent=document.indentation(block),
        level=section.level,
    )
