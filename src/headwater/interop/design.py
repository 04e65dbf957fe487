"""Reads `design.md`: decisions, and the properties that a design promises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from headwater.interop.remainders import find_prose
from headwater.spec.document import find_unclosed, open_document, sort_problems
from headwater.spec.model import Decision, Plan
from headwater.spec.sections import find_sections, read_document_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.interop.interface import Remainder
    from headwater.spec.document import Document
    from headwater.spec.model import Problem, Source
    from headwater.spec.sections import Section

_TITLE = r"(?i)(?:technical\s+)?design(?:\s+document)?\s*(?:[:：–—-]\s*|$)"
_PARENTS = (
    r"(?i)(?:.*\b)?decisions?\b.*|.*(?:設計判断|設計決定|技術的決定|決定事項|设计决策|技术决策).*"
)
_DECISION = (
    r"(?i)(?:decision\s*)?(?:(?:D|#)?(?P<number>\d{1,3})(?!\w))?\s*[:：.)–—-]*\s*(?P<title>.*)"
)
_PROPERTY = (
    r"(?i)(?:correctness\s+)?(?:property|プロパティ|特性|属性)\s*(?P<number>\d{1,3})"
    r"\s*[:：.–—-]*\s*(?P<title>.*)"
)


class FindRefs(Protocol):
    """Finds the refs that a section says it serves, and what is wrong with them."""

    def __call__(
        self, document: Document, section: Section, /
    ) -> tuple[tuple[str, ...], list[Problem]]:
        """Refs as local ids."""
        ...


def name_none(_document: Document, _section: Section, /) -> tuple[tuple[str, ...], list[Problem]]:
    """For designs that name no requirements."""
    return (), []


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A section that states a decision (`D1`) or a property (`P1`), and its title."""

    id: str
    title: str
    section: Section


def read_design(
    source: Source,
    *,
    name: str,
    find_refs: FindRefs = name_none,
) -> tuple[Plan, list[Remainder]]:
    """Read a design. What is neither decision nor property is prose.

    Args:
        source: UTF-8 of at most 4 MB.
        name: the title where the document has none.
        find_refs: the refs that a section says it serves, and what is wrong with them.
    """
    document = open_document(source)
    sections = find_sections(document)
    headings = list(find_headings(sections))
    decisions: list[Decision] = []
    problems = find_unclosed(document)
    for heading in headings:
        serves, found = find_refs(document, heading.section)
        problems += found
        decisions.append(_make_decision(document, heading, serves))
    plan = Plan(
        source=source,
        title=re.sub(_TITLE, "", read_document_title(sections), count=1) or name,
        context=None,
        decisions=tuple(decisions),
        problems=sort_problems(problems),
    )
    taken = [heading.section.span for heading in headings]
    return plan, list(find_prose(document, sections, taken=taken))


def find_headings(sections: Sequence[Section]) -> Iterator[Heading]:
    """The headings that state decisions and properties, in order.

    A number in the heading is kept where it is free; the others get the next free one.
    """
    numbers: dict[str, set[int]] = {"D": set(), "P": set()}
    for section in sections:
        letter, pattern = (
            ("P", _PROPERTY) if re.match(_PROPERTY, section.title) else ("D", _DECISION)
        )
        stated = letter == "P" or _states_decision(section)
        match = re.fullmatch(pattern, section.title) if stated and section.level > 1 else None
        if match:
            number = int(match["number"] or 0)
            if not number or number in numbers[letter]:
                number = max(numbers[letter], default=0) + 1
            numbers[letter].add(number)
            yield Heading(id=f"{letter}{number}", title=match["title"], section=section)


def _states_decision(section: Section) -> bool:
    """Whether a heading stands right below one such as `## Decisions`."""
    return bool(section.parents) and bool(re.fullmatch(_PARENTS, section.parents[-1]))


def _make_decision(document: Document, heading: Heading, serves: tuple[str, ...]) -> Decision:
    section = heading.section
    return Decision(
        id=heading.id,
        title=heading.title,
        text=document.raw(section.body),
        serves=serves,
        span=document.trimmed(section.span),
        place=document.place(section.start),
    )
