"""Reads `requirements.md` and `bugfix.md`: user stories with numbered criteria.

`Requirement 1` is the story `US1`; its criterion 2 is the requirement `FR-1.2`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.interop.kiro.find_criteria import find_criteria
from headwater.interop.kiro.words import CRITERIA, DEFECT, EXPECTED, REQUIREMENT, UNCHANGED
from headwater.interop.remainders import find_prose
from headwater.spec.document import find_unclosed, open_document, sort_problems
from headwater.spec.markdown import BlockKind
from headwater.spec.model import Requirement, Severity, Span, Spec, UserStory
from headwater.spec.prose import Prose
from headwater.spec.read_spec import find_clarifications
from headwater.spec.sections import find_sections, read_document_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.interop.interface import Remainder
    from headwater.interop.kiro.find_criteria import Criterion
    from headwater.spec.document import Document
    from headwater.spec.markdown import Block
    from headwater.spec.model import Problem, Source
    from headwater.spec.sections import Section

_GENERAL_TITLES = r"(?i)(?:bugfix\s+)?requirements?(?:\s+document)?|要件(?:定義書?)?|需求文档"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Group:
    """A story's section with its criteria. `apart` are labels and rules: no part of its text."""

    number: int
    title: str
    section: Section
    criteria: tuple[Criterion, ...]
    apart: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(kw_only=True, slots=True)
class _Labelled:
    """Blocks below one label, and the labels."""

    blocks: list[Block] = field(default_factory=list)
    labels: list[Span] = field(default_factory=list)


def read_requirements(source: Source, *, name: str) -> tuple[Spec, list[Remainder]]:
    """Read `requirements.md`.

    Args:
        source: UTF-8 of at most 4 MB.
        name: of the spec, which is the title where the document has no telling one.
    """
    document = open_document(source)
    sections = find_sections(document)
    groups = []
    for index, section in enumerate(sections):
        match = re.fullmatch(REQUIREMENT, section.title) if section.level > 1 else None
        if match:
            inside = _inside(sections, index)
            title = (match["title"] or "").strip()
            groups.append(_read_group(document, inside, int(match["number"]), title))
    return _make_spec(source, document, sections, groups, name=name)


def read_bugfix(source: Source, *, name: str) -> tuple[Spec, list[Remainder]]:
    """Read `bugfix.md`: what must hold is the expected and the unchanged behaviour.

    The current behaviour is a story without requirements, since it is what must end.

    Args:
        source: UTF-8 of at most 4 MB.
        name: of the spec, which is the title where the document has no telling one.
    """
    document = open_document(source)
    sections = find_sections(document)
    groups = []
    for index, section in enumerate(sections):
        for number, pattern in enumerate((DEFECT, EXPECTED, UNCHANGED), start=1):
            if section.level > 1 and re.fullmatch(pattern, section.title):
                inside = _inside(sections, index)
                criteria, problems = find_criteria(document, [b for s in inside for b in s.blocks])
                groups.append(
                    _Group(
                        number=number,
                        title=section.title,
                        section=section,
                        criteria=() if pattern is DEFECT else tuple(criteria),
                        apart=_list_rules(inside),
                        problems=tuple(problems),
                    )
                )
    return _make_spec(source, document, sections, groups, name=name)


def _read_group(document: Document, inside: Sequence[Section], number: int, title: str) -> _Group:
    labelled = _find_labelled(document, inside)
    criteria, problems = find_criteria(document, labelled.blocks)
    problems += _check_groups(document, criteria, number)
    if not criteria:
        problems.append(_without_criteria(document, inside[0]))
    return _Group(
        number=number,
        title=title,
        section=inside[0],
        criteria=tuple(criteria),
        apart=(*labelled.labels, *_list_rules(inside)),
        problems=tuple(problems),
    )


def _find_labelled(document: Document, inside: Sequence[Section]) -> _Labelled:
    """The blocks below `Acceptance Criteria`, as a heading or a line; without one, all lists."""
    found = _Labelled()
    for section in inside:
        labelled = section is not inside[0] and bool(re.fullmatch(CRITERIA, section.title))
        if labelled:
            found.labels.append(Span(start=section.start, end=section.body.start))
        for block in section.blocks:
            if block.kind is BlockKind.PARAGRAPH and _is_label(document, block):
                labelled = True
                found.labels.append(block.span)
            elif labelled and block.kind is not BlockKind.RULE:
                found.blocks.append(block)
    if not found.labels:
        kinds = (BlockKind.LIST, BlockKind.PARAGRAPH)
        found.blocks += [b for b in inside[0].blocks if b.kind in kinds]
    return found


def _list_rules(inside: Sequence[Section]) -> tuple[Span, ...]:
    blocks = (block for section in inside for block in section.blocks)
    return tuple(block.span for block in blocks if block.kind is BlockKind.RULE)


def _is_label(document: Document, block: Block) -> bool:
    text = document.visible(block.content).strip().strip("*_:： ")
    return len(text) < 60 and bool(re.fullmatch(CRITERIA, text))


def _make_spec(
    source: Source,
    document: Document,
    sections: Sequence[Section],
    groups: Sequence[_Group],
    *,
    name: str,
) -> tuple[Spec, list[Remainder]]:
    title = read_document_title(sections)
    problems = [*find_unclosed(document), *(p for group in groups for p in group.problems)]
    problems += _find_unowned(document, sections, groups)
    if not groups:
        problems.append(_empty(document))
    spec = Spec(
        source=source,
        title=name if not title or re.fullmatch(_GENERAL_TITLES, title) else title,
        stories=tuple(_make_story(document, group) for group in groups),
        requirements=tuple(
            _make_requirement(document, group, one) for group in groups for one in group.criteria
        ),
        clarifications=find_clarifications(document),
        problems=sort_problems(problems),
    )
    taken = [group.section.span for group in groups]
    return spec, list(find_prose(document, sections, taken=taken))


def _make_story(document: Document, group: _Group) -> UserStory:
    section = group.section
    apart = [*group.apart, *(one.span for one in group.criteria)]
    return UserStory(
        id=f"US{group.number}",
        title=group.title,
        priority="",
        text=Prose(document, apart=apart).text(section.body),
        span=document.trimmed(section.span),
        place=document.place(section.start),
    )


def _make_requirement(document: Document, group: _Group, found: Criterion) -> Requirement:
    return Requirement(
        id=f"FR-{found.group or group.number}.{found.number}",
        text=document.raw(found.text, indent=found.indent),
        span=found.span,
        place=document.place(found.span.start),
    )


def _inside(sections: Sequence[Section], index: int) -> list[Section]:
    first = sections[index]
    return [one for one in sections[index:] if one.start < first.body.end]


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


def _find_unowned(
    document: Document, sections: Sequence[Section], groups: Sequence[_Group]
) -> Iterator[Problem]:
    """Headings above criteria that belong to no requirement."""
    spans = [group.section.span for group in groups]
    for section in sections:
        inside = any(span.start <= section.start < span.end for span in spans)
        if not inside and section.level > 1 and re.fullmatch(CRITERIA, section.title):
            yield document.problem(
                "criteria-without-requirement",
                "these criteria belong to no requirement, so they are not read",
                offset=section.start,
                hint="Put a heading `### Requirement 1: Title` above them.",
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


def _empty(document: Document) -> Problem:
    return document.problem(
        "no-requirements",
        "expected headings such as `### Requirement 1: Title`, found none",
        offset=0,
        hint="Add what the feature must do.",
        severity=Severity.WARNING,
    )
