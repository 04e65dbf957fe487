"""A drafted specification as Markdown, in the shape of Spec Kit's template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.spec.drafted import DRAFTED_MARK
from headwater.steps.drafting.ears import lower_first

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.steps.specify.draft import (
        DraftedEdge,
        DraftedRequirement,
        DraftedRow,
        DraftedStory,
        SpecDraft,
    )


def render_spec(draft: SpecDraft, *, branch: str, created: str) -> str:
    """The whole of `spec.md`. Sections that would be empty are left out."""
    blocks = (
        *_render_head(draft, branch, created),
        *_render_stories(draft),
        *_render_requirements(draft),
        *_render_rest(draft),
    )
    return "\n\n".join(blocks) + "\n"


def write_mark(question: str) -> str:
    """A question as readers find it."""
    return f"[NEEDS CLARIFICATION: {question}]"


def render_rows(rows: tuple[DraftedRow, ...], *, indent: str = "") -> str:
    """An example table; its lines are indented as their list item is."""
    lines = ["| Call | Result |", "| --- | --- |"]
    lines += [render_row(row.call, row.result) for row in rows]
    return "\n".join(f"{indent}{line}" for line in lines)


def render_row(call: str, result: str) -> str:
    """One row; `result` is a JSON value, `raises name` or another form of docs/formats.md."""
    return f"| {_wrap_cell(call)} | {render_result(result)} |"


def render_result(result: str) -> str:
    """A result's cell: the value in back-ticks, with `raises` or `≈` before them."""
    for opening in ("raises ", "≈ "):
        if result.startswith(opening):
            return opening + _wrap_cell(result.removeprefix(opening).strip("` "))
    return result if result in {"—", "-", "–"} else _wrap_cell(result)


def _wrap_cell(text: str) -> str:
    escaped = text.replace("|", "\\|")
    fence = "``" if "`" in escaped else "`"
    gap = " " if fence == "``" else ""
    return f"{fence}{gap}{escaped}{gap}{fence}"


def _render_head(draft: SpecDraft, branch: str, created: str) -> Iterator[str]:
    yield f"# Feature Specification: {draft.title}"
    yield f"**Feature Branch**: `{branch}`"
    yield f"**Created**: {created}"
    yield "**Status**: Draft"
    yield f'**Input**: User description: "{draft.quoted}"'


def _render_stories(draft: SpecDraft) -> Iterator[str]:
    yield "## User Scenarios & Testing *(mandatory)*"
    for number, story in enumerate(draft.stories, 1):
        yield from _render_story(story, number)
    if draft.edges:
        yield "### Edge Cases"
        yield "\n".join(f"- {_render_edge(edge)}" for edge in draft.edges)


def _render_story(story: DraftedStory, number: int) -> Iterator[str]:
    yield f"### User Story {number} - {story.title} (Priority: P{number})"
    yield story.narrative
    yield f"**Why this priority**: {story.why}"
    yield f"**Independent Test**: {story.test}"
    yield "**Acceptance Scenarios**:"
    yield "\n".join(
        f"{place}. **Given** {one.given}, **When** {one.when}, **Then** {one.then}."
        for place, one in enumerate(story.scenarios, 1)
    )


def _render_edge(edge: DraftedEdge) -> str:
    if not edge.outcome:
        return write_mark(f"what happens when {edge.situation}?")
    outcome = lower_first(edge.outcome.rstrip("."))
    return f"When {edge.situation}, {outcome} ({edge.requirement})."


def _render_requirements(draft: SpecDraft) -> Iterator[str]:
    yield "## Requirements *(mandatory)*"
    kinds = (("### Functional Requirements", "FR"), ("### Non-Functional Requirements", "NFR"))
    for title, kind in kinds:
        own = [one for one in draft.requirements if one.id.startswith(f"{kind}-")]
        if own:
            yield title
            yield from map(_render_requirement, own)
    if draft.entities:
        yield "### Key Entities"
        yield "\n".join(f"- **{name}**: {meaning}" for name, meaning in draft.entities)


def _render_requirement(one: DraftedRequirement) -> str:
    question = f" {write_mark(one.question)}" if one.question else ""
    text = f"- **{one.id}**: {one.text}{question}"
    if not one.rows:
        return text
    return f"{text}\n\n  {DRAFTED_MARK}\n{render_rows(one.rows, indent='  ')}"


def _render_rest(draft: SpecDraft) -> Iterator[str]:
    if draft.criteria:
        yield "## Success Criteria *(mandatory)*"
        yield "### Measurable Outcomes"
        yield "\n".join(
            f"- **SC-{number:03}**: {text}" for number, text in enumerate(draft.criteria, 1)
        )
    if draft.assumptions:
        yield "## Assumptions"
        yield "\n".join(f"- {text} (open)" for text in draft.assumptions)
