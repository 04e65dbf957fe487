"""Finds scenarios that belong to no user story: under a heading of their own, or in a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.find_entries import find_topic
from headwater.spec.markdown import Block, BlockKind
from headwater.spec.model import Problem, Severity, Span
from headwater.spec.statements import LooseScenario

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.spec.document import Document
    from headwater.spec.find_stories import FoundStory
    from headwater.spec.sections import Section

_NAMED = r"(?i)scenario\b\s*\d*\s*[:：.–—-]\s*(?P<title>.*)"
_GROUP = r"(?i)\W*(?:(?:user|acceptance|key|test|usage)\s+)*scenarios?\b"
_STEP = r"(?im)^\W{0,8}(?:given|when|then)\b"


def find_loose_scenarios(
    document: Document, sections: Sequence[Section], *, stories: Sequence[FoundStory]
) -> tuple[tuple[LooseScenario, ...], list[Problem]]:
    """Scenarios outside every story, and a warning about each: nothing can refer to them.

    They are sections `Scenario: title`, and under a heading such as Scenarios every section or
    list item with steps (Given, When, Then).
    """
    found: list[LooseScenario] = []
    for section in sections:
        held = any(story.span.start <= section.start < story.span.end for story in stories)
        # Edge cases stand below the stories, and begin with `When` as steps do.
        if section.level > 1 and not held and not find_topic(section.title):
            found += _read_section(document, section)
    return tuple(found), [_problem(scenario) for scenario in found]


def _read_section(document: Document, section: Section) -> Iterator[LooseScenario]:
    named = re.match(_NAMED, section.title)
    grouped = bool(section.parents and re.match(_GROUP, section.parents[-1]))
    if named or (grouped and _has_steps(document, section.body)):
        title = named["title"] if named else section.title
        yield _make(document, document.trimmed(section.span), section.body, title=title)
    elif re.match(_GROUP, section.title):
        lists = [block for block in section.blocks if block.kind is BlockKind.LIST]
        for item in (item for block in lists for item in block.children):
            if item.children and _has_steps(document, item.children[0].content):
                yield _read_item(document, item)


def _read_item(document: Document, item: Block) -> LooseScenario:
    span = document.trimmed(item.span)
    body = Span(start=min(item.children[0].span.start, span.end), end=span.end)
    return _make(document, span, body, indent=document.indentation(item))


def _has_steps(document: Document, span: Span) -> bool:
    return bool(re.search(_STEP, document.visible(span)))


def _make(
    document: Document, span: Span, body: Span, *, title: str = "", indent: int = 0
) -> LooseScenario:
    return LooseScenario(
        title=title,
        text=document.raw(body, indent=indent),
        span=span,
        place=document.place(span.start),
    )


def _problem(scenario: LooseScenario) -> Problem:
    return Problem(
        code="scenario-without-story",
        message="this scenario belongs to no user story, so it has no id and nothing verifies it",
        place=scenario.place,
        hint="Put it below a heading such as `### User Story 1 - Title`, in a numbered list.",
        severity=Severity.WARNING,
    )
