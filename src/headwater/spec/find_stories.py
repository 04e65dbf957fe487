"""Finds a spec's user stories and their acceptance scenarios."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.spec.find_items import read_head
from headwater.spec.markdown import Block, BlockKind
from headwater.spec.model import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.spec.document import Document
    from headwater.spec.sections import Section


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundScenario:
    """A scenario's list item; `body` is its text, indented to column `indent`."""

    id: str
    span: Span
    body: Span
    indent: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundStory:
    """A story's section. `apart` are its scenarios' lists and the labels above them."""

    id: str
    title: str
    priority: str
    level: int
    span: Span
    body: Span
    scenarios: tuple[FoundScenario, ...]
    apart: tuple[Span, ...]


_TITLE = r"(?i)(?:US-?|(?:user\s+)?story\s*#?)\s*(?P<number>\d{1,3})(?!\w)(?!\.\d)(?P<rest>.*)"
# In other languages the words differ; a number and a priority still make a story of a heading.
_FOREIGN_TITLE = (
    r"(?!(?i:phase|step|scenario|milestone|iteration|sprint|option|goal|risk)\b)"
    r"[^\d(（]{2,40}?(?P<number>\d{1,3})\s*[-–—:：.](?P<rest>.*\bP\d\b.*)"
)
# Spec Kit's first templates had one story, unnumbered, and its scenarios in the section after it.
_ONLY_TITLE = r"(?i)(?:primary\s+|main\s+)?user\s+story\W*$"
_STORIES = r"(?i)\b(?:scenarios|stories)\b"
_PRIORITY = r"[(（][^()（）]{0,40}?\b(P\d)\b[^()（）]{0,40}[)）]"
_SIGNS = " \t-–—:：."
_LABEL = r"(?i)\bacceptance\b|\bscenarios?\b"
_LONGEST_LABEL = 80
_STEP = r"(?i)\W{0,6}(?:given|when)\b"


def find_stories(
    document: Document, sections: Sequence[Section]
) -> tuple[list[FoundStory], list[Problem]]:
    """The stories in order, each with its scenarios numbered as they are written."""
    found: list[FoundStory] = []
    problems: list[Problem] = []
    titles = [_match_title(section) for section in sections]
    for index, match in enumerate(titles):
        if match:
            inside = _below(sections, index, titles)
            story, renumbered = _read_story(document, inside, match)
            found.append(story)
            problems += renumbered
    if found:
        return found, problems
    return _find_prioritised(document, sections) or _find_only_story(document, sections)


def _read_story(
    document: Document, inside: Sequence[Section], match: re.Match[str]
) -> tuple[FoundStory, list[Problem]]:
    priority = re.search(_PRIORITY, match["rest"])
    rest = re.sub(_PRIORITY, "", match["rest"], count=1)
    title = " ".join(rest.split()).strip(_SIGNS)
    return _make_story(
        document,
        inside,
        number=int(match["number"]),
        title=title,
        priority=priority[1] if priority else "",
    )


def _find_prioritised(
    document: Document, sections: Sequence[Section]
) -> tuple[list[FoundStory], list[Problem]] | None:
    """Headings with a priority under User Scenarios, where no story has a number; None if none."""
    found: list[FoundStory] = []
    problems: list[Problem] = []
    for index, section in enumerate(sections):
        priority = re.search(_PRIORITY, section.title)
        if priority and section.parents and re.search(_STORIES, section.parents[-1]):
            title = section.title[: priority.start()].strip(_SIGNS)
            inside = _below(sections, index, [None] * len(sections))
            story, renumbered = _make_story(
                document, inside, number=len(found) + 1, title=title, priority=priority[1]
            )
            found.append(story)
            problems += [_without_number(document, section, story), *renumbered]
    return (found, problems) if found else None


def _without_number(document: Document, section: Section, story: FoundStory) -> Problem:
    return document.problem(
        "story-without-number",
        f"this story has no number; by its order it is read as {story.id}",
        offset=section.start,
        hint=f"Write `User Story {story.id[2:]} - {story.title}`, so that the id stays when others "
        "come before it.",
        severity=Severity.WARNING,
    )


def _find_only_story(
    document: Document, sections: Sequence[Section]
) -> tuple[list[FoundStory], list[Problem]]:
    """The story of a spec that numbers none: it is the first, and the scenarios beside it its."""
    for index, section in enumerate(sections):
        if section.level > 1 and re.match(_ONLY_TITLE, section.title):
            inside = [section]
            for other in sections[index + 1 :]:
                beside = other.level == section.level and re.search(_LABEL, other.title)
                if other.level <= section.level and not beside:
                    break
                inside.append(other)
            story, problems = _make_story(document, inside, number=1)
            return [story], problems
    return [], []


def _make_story(
    document: Document,
    inside: Sequence[Section],
    *,
    number: int,
    title: str = "",
    priority: str = "",
) -> tuple[FoundStory, list[Problem]]:
    first, story_id = inside[0], f"US{number}"
    lists, labels = _find_lists(document, inside)
    scenarios, problems = _number_scenarios(document, story_id, lists)
    end = max(section.body.end for section in inside)
    story = FoundStory(
        id=story_id,
        title=title,
        priority=priority,
        level=first.level,
        span=document.trimmed(Span(start=first.start, end=end)),
        body=first.body,
        scenarios=tuple(scenarios),
        apart=(*(block.span for block in lists), *(block.span for block in labels)),
    )
    return story, problems


def is_story(section: Section) -> bool:
    """Whether a section's heading declares a user story."""
    return _match_title(section) is not None


def _match_title(section: Section) -> re.Match[str] | None:
    if section.level <= 1:
        return None
    return re.match(_TITLE, section.title) or re.match(_FOREIGN_TITLE, section.title)


def _below(
    sections: Sequence[Section], index: int, titles: Sequence[re.Match[str] | None]
) -> list[Section]:
    """A story's own section and those inside it, other stories' excepted."""
    end = index + 1
    while end < len(sections) and sections[end].level > sections[index].level and not titles[end]:
        end += 1
    return list(sections[index:end])


def _find_lists(document: Document, sections: Sequence[Section]) -> tuple[list[Block], list[Block]]:
    """The lists that hold scenarios, and the labels (`**Acceptance Scenarios**:`) above them.

    A list counts when a label or its section's title says so, or when it begins with Given or
    When. Where none does, a document in another language, every numbered list counts.
    """
    lists: list[Block] = []
    labels: list[Block] = []
    numbered: list[Block] = []
    for section in sections:
        labelled = section is not sections[0] and bool(re.search(_LABEL, section.title))
        for block in _walk_outside_scenarios(section.blocks):
            if block.kind is BlockKind.PARAGRAPH:
                labelled = _is_label(document, block)
                labels += [block] if labelled else []
            elif block.kind is BlockKind.LIST and not _declares(document, block):
                numbered += [block] if block.start is not None else []
                lists += [block] if labelled or _has_steps(document, block) else []
    return (lists, labels) if lists else (numbered, [])


def _walk_outside_scenarios(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks in order; of a list's items only those that are a label for a list inside."""
    for block in blocks:
        yield block
        if block.kind is BlockKind.LIST and block.start is None:
            for item in block.children:
                if any(child.kind is BlockKind.LIST for child in item.children):
                    yield from item.children


def _is_label(document: Document, block: Block) -> bool:
    text = document.visible(block.content)
    return len(text) <= _LONGEST_LABEL and bool(re.search(_LABEL, text))


def _declares(document: Document, block: Block) -> bool:
    """Whether a list declares requirements; its items are no scenarios then."""
    first = block.children[0].children if block.children else ()
    return bool(first and read_head(document.visible(first[0].content)))


def _has_steps(document: Document, block: Block) -> bool:
    first = block.children[0] if block.children else block
    return bool(first.children and re.match(_STEP, document.visible(first.children[0].content)))


def _number_scenarios(
    document: Document, story: str, lists: Sequence[Block]
) -> tuple[list[FoundScenario], list[Problem]]:
    """Scenarios with the numbers that a reader sees; a list that starts over counts on."""
    found: list[FoundScenario] = []
    problems: list[Problem] = []
    last = 0
    for block in lists:
        number = block.start if block.start is not None else last + 1
        if number <= last:
            problems.append(_started_over(document, story, block, last + 1))
            number = last + 1
        for item in block.children:
            found.append(_read_scenario(document, item, ref=f"{story}.{number}"))
            last, number = number, number + 1
    return found, problems


def _started_over(document: Document, story: str, block: Block, number: int) -> Problem:
    return document.problem(
        "scenarios-start-over",
        f"the scenarios of {story} are numbered from {block.start} again; these count on "
        f"from {story}.{number}",
        offset=block.span.start,
        hint="Number all scenarios of a story in one sequence.",
        severity=Severity.WARNING,
    )


def _read_scenario(document: Document, item: Block, *, ref: str) -> FoundScenario:
    span = document.trimmed(item.span)
    start = item.children[0].span.start if item.children else span.end
    body = Span(start=min(start, span.end), end=span.end)
    return FoundScenario(id=ref, span=span, body=body, indent=document.indentation(item))
