"""Reads a feature's `spec.md`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.coverage import report_unread
from headwater.spec.document import find_unclosed, find_unreadable, open_document, sort_problems
from headwater.spec.drafted import is_drafted_mark
from headwater.spec.find_entries import Topic, find_entries
from headwater.spec.find_examples import find_examples
from headwater.spec.find_items import find_items
from headwater.spec.find_loose_scenarios import find_loose_scenarios
from headwater.spec.find_stories import find_stories
from headwater.spec.find_unnumbered import find_unnumbered
from headwater.spec.ids import IdKind, find_refs
from headwater.spec.links import read_links
from headwater.spec.markdown import BlockKind
from headwater.spec.model import (
    Requirement,
    Scenario,
    Source,
    Span,
    Spec,
    SuccessCriterion,
    UserStory,
)
from headwater.spec.prose import Prose
from headwater.spec.questions import MARK_PATTERN, Clarification
from headwater.spec.read_answers import read_answers
from headwater.spec.read_assumptions import read_assumptions
from headwater.spec.read_entities import read_entities
from headwater.spec.retirement import read_retirement
from headwater.spec.sections import find_sections, read_document_title
from headwater.spec.statements import EdgeCase

if TYPE_CHECKING:
    from headwater.spec.document import Document
    from headwater.spec.examples import ExampleTable
    from headwater.spec.find_entries import Entry
    from headwater.spec.find_examples import Examples
    from headwater.spec.find_items import Item
    from headwater.spec.find_stories import FoundScenario, FoundStory
    from headwater.spec.model import Place, Problem


def read_spec(source: Source) -> Spec:
    """Read a spec. Whatever cannot be read stands in `problems`, those of tables included."""
    unreadable = find_unreadable(source)
    if unreadable:
        return Spec(source=source, title="", problems=(unreadable,))
    document = open_document(source)
    sections = find_sections(document)
    stories, story_problems = find_stories(document, sections)
    items, item_problems = find_items(document, sections)
    unnumbered, unnumbered_problems = find_unnumbered(document, sections)
    loose, loose_problems = find_loose_scenarios(document, sections, stories=stories)
    examples = find_examples(document, sections, items=items, stories=stories)
    entries = find_entries(document, sections)
    answers, answer_problems = read_answers(document, entries[Topic.CLARIFICATIONS])
    reader = _Reader(document, items, stories, examples)
    requirements = [reader.read_requirement(i) for i in items if i.kind is IdKind.REQUIREMENT]
    problems = [
        *find_unclosed(document),
        *story_problems,
        *item_problems,
        *unnumbered_problems,
        *loose_problems,
        *answer_problems,
        *examples.problems,
        *reader.problems,
    ]
    spec = Spec(
        source=source,
        title=read_document_title(sections),
        stories=tuple(map(reader.read_story, stories)),
        requirements=tuple(requirements),
        criteria=tuple(reader.read_criterion(i) for i in items if i.kind is IdKind.CRITERION),
        clarifications=find_clarifications(document),
        answers=answers,
        assumptions=read_assumptions(document, entries[Topic.ASSUMPTIONS]),
        edge_cases=tuple(reader.read_edge_case(e) for e in entries[Topic.EDGE_CASES]),
        entities=read_entities(document, entries[Topic.ENTITIES]),
        unnumbered=unnumbered,
        loose_scenarios=loose,
        problems=sort_problems(problems),
    )
    return report_unread(spec, document=document, sections=sections)


class _Reader:
    """Makes values of what was found in one document."""

    def __init__(
        self,
        document: Document,
        items: list[Item],
        stories: list[FoundStory],
        examples: Examples,
    ) -> None:
        self._document = document
        self._examples = examples
        self.problems: list[Problem] = []
        # What has a digest of its own is no part of the text that it stands in.
        apart = [
            *examples.spans,
            *(item.apart for item in items),
            *(span for story in stories for span in story.apart),
            *(block.span for block in document.every_block if block.kind is BlockKind.RULE),
            *(span for span in document.comments if is_drafted_mark(document.source, span)),
        ]
        self._prose = Prose(document, apart=apart)

    def read_requirement(self, item: Item) -> Requirement:
        place = self._place(item)
        links = read_links(self._item_text(item), place=place)
        retired, text, problems = read_retirement(links.text, place=place)
        self.problems += [*problems, *links.problems]
        return Requirement(
            id=item.id,
            text=text,
            span=item.span,
            place=place,
            tables=self._tables(item.span),
            retired=retired,
            changes=links.changes,
            refines=links.refines,
            mentions=tuple(ref for ref in find_refs(text) if ref != item.id),
        )

    def read_criterion(self, item: Item) -> SuccessCriterion:
        text = self._item_text(item)
        return SuccessCriterion(id=item.id, text=text, span=item.span, place=self._place(item))

    def read_edge_case(self, entry: Entry) -> EdgeCase:
        place = self._document.place(entry.span.start)
        return EdgeCase(text=entry.text, span=entry.span, place=place)

    def read_story(self, story: FoundStory) -> UserStory:
        return UserStory(
            id=story.id,
            title=story.title,
            priority=story.priority,
            text=self._prose.text(story.body),
            span=story.span,
            place=self._document.place(story.span.start),
            scenarios=tuple(map(self._read_scenario, story.scenarios)),
            tables=self._tables(story.span),
        )

    def _read_scenario(self, found: FoundScenario) -> Scenario:
        return Scenario(
            id=found.id,
            text=self._prose.text(found.body, indent=found.indent),
            span=found.span,
            place=self._document.place(found.span.start),
            tables=self._tables(found.span),
        )

    def _item_text(self, item: Item) -> str:
        end = item.span.end if item.text_end is None else item.text_end
        rest = Span(start=item.head.end, end=max(item.head.end, end))
        text = item.prefix + self._prose.text(rest, indent=item.indent)
        return "\n\n".join(filter(None, [item.title, text]))

    def _place(self, item: Item) -> Place:
        return self._document.place(item.id_start)

    def _tables(self, span: Span) -> tuple[ExampleTable, ...]:
        return self._examples.tables.get(span.start, ())


def find_clarifications(document: Document) -> tuple[Clarification, ...]:
    """Every open question in a document."""
    found = []
    for match in re.finditer(MARK_PATTERN.encode(), document.prose):
        span = Span(start=match.start(), end=match.end())
        question = document.visible(Span(start=match.start(1), end=match.end(1)))
        found.append(
            Clarification(
                text=" ".join(question.split()), span=span, place=document.place(span.start)
            )
        )
    return tuple(found)
