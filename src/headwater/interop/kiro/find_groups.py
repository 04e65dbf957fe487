"""Finds the requirements of `requirements.md` and the parts of `bugfix.md`, with their criteria."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.interop.below import list_below
from headwater.interop.kiro.find_criteria import find_criteria
from headwater.interop.kiro.words import CRITERIA, DEFECT, EXPECTED, REQUIREMENT, UNCHANGED
from headwater.spec.markdown import BlockKind
from headwater.spec.model import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.interop.kiro.find_criteria import Criterion
    from headwater.spec.document import Document
    from headwater.spec.markdown import Block
    from headwater.spec.sections import Section

_NUMBERED = r"(?:[A-Za-z]{1,4}-?)?(?P<number>\d{1,3})(?![\d.]*\d)\s*[:：.、)–—-]*\s*(?P<title>.*)"
_FIELD = r"(?:\*\*|__)[^*_]{1,60}(?:\*\*|__)\s*[:：]?|(?:\*\*|__)[^*_]{1,60}[:：](?:\*\*|__).*"
_LONGEST_LABEL = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A user story's section with its criteria.

    `apart` are labels and rules, which are no part of its text.
    """

    number: int
    title: str
    section: Section
    criteria: tuple[Criterion, ...]
    apart: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(kw_only=True, slots=True)
class _Labelled:
    """The blocks below labels such as `Acceptance Criteria`, section by section, and the labels."""

    parts: list[list[Block]] = field(default_factory=list)
    labels: list[Span] = field(default_factory=list)


def find_requirements(document: Document, sections: Sequence[Section]) -> list[Group]:
    """The requirements in order.

    A heading counts when it says `Requirement 1`, or when acceptance criteria stand below it; one
    without a number gets the next free one.
    """
    found: list[Group] = []
    explicit = [re.fullmatch(REQUIREMENT, section.title) for section in sections]
    taken = {int(match["number"]) for match in explicit if match}
    for index, section in enumerate(sections):
        if section.level < 2 or (found and section.start < found[-1].section.body.end):
            continue
        inside = list(list_below(sections, index))
        match = explicit[index]
        if match is None and not _has_criteria(document, inside):
            continue
        own = match or re.fullmatch(_NUMBERED, section.title)
        number = int(own["number"]) if own else 0
        if match is None and (not number or number in taken):
            number = max(taken, default=0) + 1
        taken.add(number)
        title = (own["title"] if own else section.title) or ""
        found.append(_read_group(document, inside, number, title.strip()))
    return found


def find_bug_parts(document: Document, sections: Sequence[Section]) -> list[Group]:
    """Current, expected and unchanged behaviour; the current one has no criteria to keep."""
    found: list[Group] = []
    for index, section in enumerate(sections):
        if section.level < 2 or (found and section.start < found[-1].section.body.end):
            continue
        for number, pattern in enumerate((DEFECT, EXPECTED, UNCHANGED), start=1):
            if re.fullmatch(pattern, section.title):
                inside = list(list_below(sections, index))
                criteria, problems = find_criteria(document, [part.blocks for part in inside])
                found.append(
                    Group(
                        number=number,
                        title=section.title,
                        section=section,
                        criteria=() if pattern is DEFECT else tuple(criteria),
                        apart=_list_rules(inside),
                        problems=tuple(problems),
                    )
                )
    return found


def _has_criteria(document: Document, inside: Sequence[Section]) -> bool:
    """Whether a label stands right below a heading, as a line or as a heading."""
    section = inside[0]
    if re.fullmatch(CRITERIA, section.title):
        return False
    lines = any(_is_label(document, block) for block in section.blocks)
    return lines or any(
        re.fullmatch(CRITERIA, one.title) and one.parents[-1:] == (section.title,)
        for one in inside[1:]
    )


def _read_group(document: Document, inside: Sequence[Section], number: int, title: str) -> Group:
    labelled = _find_labelled(document, inside)
    criteria, problems = find_criteria(document, labelled.parts)
    problems += _check_groups(document, criteria, number)
    if not criteria:
        problems.append(_without_criteria(document, inside[0]))
    return Group(
        number=number,
        title=title,
        section=inside[0],
        criteria=tuple(criteria),
        apart=(*labelled.labels, *_list_rules(inside)),
        problems=tuple(problems),
    )


def _find_labelled(document: Document, inside: Sequence[Section]) -> _Labelled:
    """What stands below `Acceptance Criteria`; without such a label, all lists and paragraphs."""
    found = _Labelled()
    for section in inside:
        labelled = section is not inside[0] and bool(re.fullmatch(CRITERIA, section.title))
        found.parts.append([])
        if labelled:
            found.labels.append(Span(start=section.start, end=section.body.start))
        for block in section.blocks:
            if _is_label(document, block):
                labelled = True
                found.labels.append(block.span)
            elif _is_field(document, block):
                labelled = False
            elif labelled and block.kind is not BlockKind.RULE:
                found.parts[-1].append(block)
    if not found.labels:
        kinds = (BlockKind.LIST, BlockKind.PARAGRAPH)
        found.parts.append([block for block in inside[0].blocks if block.kind in kinds])
    return found


def _is_label(document: Document, block: Block) -> bool:
    if block.kind is not BlockKind.PARAGRAPH:
        return False
    text = document.visible(block.content).strip().strip("*_:： ")
    return len(text) < _LONGEST_LABEL and bool(re.fullmatch(CRITERIA, text))


def _is_field(document: Document, block: Block) -> bool:
    """Whether a paragraph is another label, such as `**Notes**:`, which ends the criteria."""
    text = document.visible(block.content).strip()
    return block.kind is BlockKind.PARAGRAPH and bool(re.fullmatch(_FIELD, text, re.DOTALL))


def _list_rules(inside: Sequence[Section]) -> tuple[Span, ...]:
    blocks = (block for section in inside for block in section.blocks)
    return tuple(block.span for block in blocks if block.kind is BlockKind.RULE)


def _check_groups(
    document: Document, criteria: Sequence[Criterion], number: int
) -> Iterator[Problem]:
    for one in criteria:
        if one.group not in (0, number):
            yield document.problem(
                "criterion-number-foreign",
                f"{one.group}.{one.number} stands below Requirement {number}",
                offset=one.span.start,
                hint=f"Number it {number}.{one.number}, or move it.",
                severity=Severity.WARNING,
            )


def _without_criteria(document: Document, section: Section) -> Problem:
    return document.problem(
        "requirement-without-criteria",
        f"“{section.title}” has no acceptance criteria",
        offset=section.start,
        hint="Add `#### Acceptance Criteria` with a numbered list.",
        severity=Severity.WARNING,
    )
