"""Writes `spec.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.interop.imported_from import render_origin
from headwater.interop.writing.carried import render_prose
from headwater.interop.writing.prose import lower_headings, mend_lookalikes, split_story
from headwater.spec.ids import qualify
from headwater.spec.origin import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.interop.interface import ForeignFeature
    from headwater.interop.writing.draft import Draft
    from headwater.spec.model import Requirement, Scenario, UserStory

_CHAPTER = 2
_SECTION = 4


def render_spec(draft: Draft, *, refs: Mapping[str, str]) -> bytes:
    """A native spec that holds all stories, scenarios, requirements and prose of a draft.

    Args:
        draft: what is to be written.
        refs: foreign refs to native ones, for requirements that change others.
    """
    feature = draft.whole.feature
    title = feature.spec.title if feature.spec else feature.slug
    stories = [(one, story) for one in draft.sources for story in _list_stories(one)]
    backgrounds: list[str] = []
    parts = [f"# Feature Specification: {title}", render_origin(feature.folder)]
    parts += [lower_headings(text, least=_CHAPTER) for text in render_prose(draft)]
    if stories:
        parts.append("## User Scenarios & Testing")
    for source, story in stories:
        told, rest = split_story(story.text)
        parts += _render_story(draft, source, story, told)
        if rest:
            backgrounds.append(f"### About “{story.title or story.id}”")
            backgrounds.append(lower_headings(rest, least=_SECTION))
    requirements = [(one, each) for one in draft.sources for each in _list_requirements(one)]
    if requirements:
        parts += ["## Requirements", "### Functional Requirements"]
    parts += [_render_requirement(draft, one, each, refs) for one, each in requirements]
    if backgrounds:
        parts += ["## Background", *backgrounds]
    return mend_lookalikes(("\n\n".join(parts) + "\n").encode())


def _list_stories(source: ForeignFeature) -> tuple[UserStory, ...]:
    return source.feature.spec.stories if source.feature.spec else ()


def _list_requirements(source: ForeignFeature) -> tuple[Requirement, ...]:
    return source.feature.spec.requirements if source.feature.spec else ()


def _render_story(
    draft: Draft, source: ForeignFeature, story: UserStory, told: str
) -> Iterator[str]:
    number = draft.local(source, story.id).removeprefix("US")
    yield f"### User Story {number} - {story.title}".removesuffix(" - ")
    if told:
        yield told
    if story.scenarios:
        yield "**Acceptance Scenarios**:"
    for position, scenario in enumerate(story.scenarios, start=1):
        yield _render_item(f"{position}. ", scenario)


def _render_item(marker: str, item: Scenario | Requirement) -> str:
    """A list item; its further lines are indented as Markdown needs them."""
    indent = " " * (len(marker) if marker[0].isdigit() else 2)
    lines = item.text.split("\n")
    return marker + "\n".join(
        line if number == 0 or not line.strip() else indent + line
        for number, line in enumerate(lines)
    )


def _render_requirement(
    draft: Draft, source: ForeignFeature, item: Requirement, refs: Mapping[str, str]
) -> str:
    local = draft.local(source, item.id)
    marks = _render_marks(item, draft.number, refs)
    if draft.origin is not Origin.OPENSPEC:
        return _render_item(f"- **{local}**: {marks}", item)
    name, _, body = item.text.partition("\n\n")
    heading = f"#### {local}: {marks}{name}"
    return f"{heading}\n\n{body}" if body else heading


def _render_marks(item: Requirement, number: str, refs: Mapping[str, str]) -> str:
    """What the requirement changes, and why it no longer holds."""
    marks = []
    if item.retired:
        # A bracket would end the mark; the whole reason stands in the text too.
        reason = item.retired.reason.replace("(", "[").replace(")", "]")
        marks.append(f"*(retired: {reason})* ")
    changed = [refs[one.ref] for one in item.changes if one.ref in refs]
    marks += [f"*(changes {_shorten(ref, number)})* " for ref in changed]
    return "".join(marks)


def _shorten(ref: str, number: str) -> str:
    local = ref.rpartition("/")[2]
    return local if qualify(local, feature=number) == ref else ref
