"""Reads `design.md`: decisions, and the properties that a design promises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from headwater.interop.inline_decisions import find_inline_decisions
from headwater.interop.remainders import find_prose
from headwater.spec.document import find_unclosed, open_document, sort_problems
from headwater.spec.markdown import BlockKind
from headwater.spec.model import Decision, Plan, Span
from headwater.spec.sections import find_sections, read_document_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.interop.interface import Remainder
    from headwater.spec.document import Document
    from headwater.spec.markdown import Block
    from headwater.spec.model import Problem, Source
    from headwater.spec.sections import Section

_TITLE = r"(?i)(?:technical\s+)?design(?:\s+document)?\s*(?:[:：–—-]\s*|$)"
_PARENTS = (
    r"(?i)(?:.*\b)?decisions?\b.*"
    r"|.*(?:設計判断|設計決定|技術的決定|決定事項|设计决策|技术决策).*"
)
_DECISION = (
    r"(?i)(?:decision\s*)?(?:(?:D|#)?(?P<number>\d{1,3})(?!\w))?\s*[:：.)–—-]*\s*(?P<title>.*)"
)
_PROPERTY = (
    r"(?i)(?:correctness\s+)?(?:property|プロパティ|特性|属性)\s*(?P<number>\d{1,3})"
    r"\s*[:：.–—-]*\s*(?P<title>.*)"
)
_PROPERTY_LINE = rf"(?:\*\*|__)?(?P<line>{_PROPERTY.removeprefix('(?i)')})"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """A decision (`D1`) or a property (`P1`) that a design states.

    Attributes:
        id, title: of the decision.
        level: of its heading, or one below that of the section in which a paragraph states it.
        span: all of it.
        body: what follows its heading, or its first line.
        becomes_heading: whether a native heading takes the place of its first line; above a
            property that begins with a paragraph, one is added.
    """

    id: str
    title: str
    level: int
    span: Span
    body: Span
    becomes_heading: bool


class FindRefs(Protocol):
    """Finds the refs that a part of a design says it serves, and what is wrong with them."""

    def __call__(self, document: Document, span: Span, /) -> tuple[tuple[str, ...], list[Problem]]:
        """Refs as local ids."""
        ...


def name_none(_document: Document, _span: Span, /) -> tuple[tuple[str, ...], list[Problem]]:
    """For designs that name no requirements."""
    return (), []


def read_design(
    source: Source, *, name: str, find_refs: FindRefs = name_none
) -> tuple[Plan, list[Remainder]]:
    """Read a design. What is neither decision nor property is prose.

    Args:
        source: UTF-8 of at most 4 MB.
        name: the title where the document has none.
        find_refs: the refs that a part says it serves, and what is wrong with them.
    """
    document = open_document(source)
    sections = find_sections(document)
    stated = find_stated(document, sections)
    decisions: list[Decision] = []
    problems = find_unclosed(document)
    for one in stated:
        serves, found = find_refs(document, one.body)
        problems += found
        decisions.append(_make_decision(document, one, serves))
    plan = Plan(
        source=source,
        title=re.sub(_TITLE, "", read_document_title(sections), count=1) or name,
        context=None,
        decisions=tuple(decisions),
        problems=sort_problems(problems),
    )
    return plan, list(find_prose(document, sections, taken=[one.span for one in stated]))


def find_stated(document: Document, sections: Sequence[Section]) -> list[Stated]:
    """What a design states, in order.

    A number of its own is kept where it is free; the others get the next free one.
    """
    numbers: dict[str, set[int]] = {"D": set(), "P": set()}
    found: list[Stated] = []
    for section in sections:
        inside = bool(found) and section.start < found[-1].span.end
        if not inside:
            found += _read_heading(section, numbers)
        stated = bool(found) and found[-1].span.start == section.start
        if not stated and not inside:
            found += sorted(
                (
                    *_read_paragraphs(document, section, numbers),
                    *_read_labelled(document, section, numbers),
                ),
                key=lambda one: one.span.start,
            )
    return found


def _read_heading(section: Section, numbers: dict[str, set[int]]) -> Iterator[Stated]:
    is_property = bool(re.match(_PROPERTY, section.title))
    pattern = _PROPERTY if is_property else _DECISION
    match = re.fullmatch(pattern, section.title)
    if match and section.level > 1 and (is_property or _states_decision(section)):
        yield Stated(
            id=_number("P" if is_property else "D", match["number"], numbers),
            title=match["title"],
            level=section.level,
            span=section.span,
            body=section.body,
            becomes_heading=True,
        )


def _states_decision(section: Section) -> bool:
    """Whether a heading stands right below one such as `## Decisions`."""
    return bool(section.parents) and bool(re.fullmatch(_PARENTS, section.parents[-1]))


def _read_paragraphs(
    document: Document, section: Section, numbers: dict[str, set[int]]
) -> Iterator[Stated]:
    """Properties that begin with a line of their own, `**Property 1: …**`, and not a heading."""
    starts = [block for block in section.blocks if _match_line(document, block)]
    ends = [*(block.span.start for block in starts[1:]), *(b.span.end for b in section.blocks[-1:])]
    for block, end in zip(starts, ends, strict=False):
        match = _match_line(document, block)
        assert match, "the blocks were chosen by it"
        first_line = document.source.data.find(b"\n", block.span.start, block.span.end)
        yield Stated(
            id=_number("P", match["number"], numbers),
            title=match["title"].rstrip("*_ "),
            level=section.level + 1,
            span=Span(start=block.span.start, end=end),
            body=Span(start=block.span.end if first_line < 0 else first_line, end=end),
            becomes_heading=False,
        )


def _read_labelled(
    document: Document, section: Section, numbers: dict[str, set[int]]
) -> Iterator[Stated]:
    """Decisions below a bold label."""
    for one in find_inline_decisions(document, section):
        yield Stated(
            id=_number("D", None, numbers),
            title=one.title,
            level=section.level + 1,
            span=one.span,
            body=one.body,
            becomes_heading=True,
        )


def _match_line(document: Document, block: Block) -> re.Match[str] | None:
    if block.kind is not BlockKind.PARAGRAPH:
        return None
    first_line = document.visible(block.content).partition("\n")[0].strip()
    return re.fullmatch(_PROPERTY_LINE, first_line, re.IGNORECASE)


def _number(letter: str, own: str | None, numbers: dict[str, set[int]]) -> str:
    number = int(own or 0)
    if not number or number in numbers[letter]:
        number = max(numbers[letter], default=0) + 1
    numbers[letter].add(number)
    return f"{letter}{number}"


def _make_decision(document: Document, stated: Stated, serves: tuple[str, ...]) -> Decision:
    return Decision(
        id=stated.id,
        title=stated.title,
        text=document.raw(stated.body),
        serves=serves,
        span=document.trimmed(stated.span),
        place=document.place(stated.span.start),
    )
