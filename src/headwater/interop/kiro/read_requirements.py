"""Reads `requirements.md` and `bugfix.md`: user stories with numbered criteria.

`Requirement 1` is the story `US1`; its criterion 2 is the requirement `FR-1.2`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.interop.kiro.find_groups import find_bug_parts, find_requirements
from headwater.interop.kiro.words import CRITERIA
from headwater.interop.remainders import find_prose
from headwater.interop.span_set import SpanSet
from headwater.spec.document import find_unclosed, open_document, sort_problems
from headwater.spec.model import Requirement, Severity, Spec, UserStory
from headwater.spec.prose import Prose
from headwater.spec.read_spec import find_clarifications
from headwater.spec.sections import find_sections, read_document_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from headwater.interop.interface import Remainder
    from headwater.interop.kiro.find_criteria import Criterion
    from headwater.interop.kiro.find_groups import Group
    from headwater.spec.document import Document
    from headwater.spec.model import Problem, Source
    from headwater.spec.sections import Section

_GENERAL_TITLES = (
    r"(?i)(?:bugfix\s+|feature\s+)?requirements?(?:\s+document)?|要件(?:定義書?)?|需求文档"
)


def read_requirements(source: Source, *, name: str) -> tuple[Spec, list[Remainder]]:
    """Read `requirements.md`.

    Args:
        source: UTF-8 of at most 4 MB.
        name: of the spec, which is the title where the document has no telling one.
    """
    return _read(source, find_requirements, name=name)


def read_bugfix(source: Source, *, name: str) -> tuple[Spec, list[Remainder]]:
    """Read `bugfix.md`: what must hold is the expected and the unchanged behaviour.

    The current behaviour is a story without requirements, since it is what must end.

    Args:
        source: UTF-8 of at most 4 MB.
        name: of the spec, which is the title where the document has no telling one.
    """
    return _read(source, find_bug_parts, name=name)


def _read(
    source: Source,
    find_groups: Callable[[Document, Sequence[Section]], list[Group]],
    *,
    name: str,
) -> tuple[Spec, list[Remainder]]:
    document = open_document(source)
    sections = find_sections(document)
    groups = find_groups(document, sections)
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


def _make_story(document: Document, group: Group) -> UserStory:
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


def _make_requirement(document: Document, group: Group, found: Criterion) -> Requirement:
    return Requirement(
        id=f"FR-{found.group or group.number}.{found.number}",
        text=document.raw(found.text, indent=found.indent),
        span=found.span,
        place=document.place(found.span.start),
    )


def _find_unowned(
    document: Document, sections: Sequence[Section], groups: Sequence[Group]
) -> Iterator[Problem]:
    """Headings above criteria that belong to no requirement."""
    known = SpanSet(group.section.span for group in groups)
    for section in sections:
        if (
            not known.holds(section.start)
            and section.level > 1
            and re.fullmatch(CRITERIA, section.title)
        ):
            yield document.problem(
                "criteria-without-requirement",
                "these criteria belong to no requirement, so they are not read",
                offset=section.start,
                hint="Put a heading `### Requirement 1: Title` above them.",
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
