"""From an idea to a drafted specification, part by part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.steps.specify.choices import draft_choices
from headwater.steps.specify.draft import SpecDraft
from headwater.steps.specify.edges import draft_edges
from headwater.steps.specify.examples import draft_rows
from headwater.steps.specify.gist import refuse_vague
from headwater.steps.specify.idea import shorten_idea
from headwater.steps.specify.measures import draft_criteria, draft_entities
from headwater.steps.specify.numbers import find_numbers, list_known
from headwater.steps.specify.operations import draft_operations
from headwater.steps.specify.requirements import draft_requirements
from headwater.steps.specify.stories import draft_stories
from headwater.steps.specify.title import draft_title, make_slug

if TYPE_CHECKING:
    from headwater.steps.specify.context import Context
    from headwater.steps.specify.draft import DraftedRequirement
    from headwater.steps.specify.operations import Operation
    from headwater.steps.specify.rows import ReadRow

_Requirements = tuple["DraftedRequirement", ...]


def draft_spec(context: Context, *, questions: int) -> SpecDraft:
    """Draft every part of a specification.

    Args:
        context: the idea, and whom to ask.
        questions: how many open questions the spec may have.

    Raises:
        VagueIdeaError: the idea says too little.
        DraftError: no answer fitted for a part that a spec cannot do without.
        ModelError: a model could not be reached, or refused.
    """
    refuse_vague(context)
    title = draft_title(context)
    requirements = draft_requirements(context)
    _tell_lost_numbers(context, requirements)
    operations = draft_operations(context, requirements)
    stories = draft_stories(context, requirements, title=title)
    choices = draft_choices(context, requirements)
    requirements = _put_questions(requirements, choices.questions, most=questions)
    asked = sum(1 for one in requirements if one.question)
    edges = draft_edges(context, requirements, questions=max(questions - asked, 0))
    entities = draft_entities(context, requirements, operations=operations)
    criteria = draft_criteria(context, requirements)
    return SpecDraft(
        title=title,
        slug=make_slug(title),
        quoted=shorten_idea(context.idea),
        requirements=_add_examples(context, requirements, operations),
        stories=stories,
        edges=edges,
        assumptions=choices.assumptions,
        entities=entities,
        criteria=criteria,
        notes=tuple(context.notes),
    )


def _tell_lost_numbers(context: Context, requirements: _Requirements) -> None:
    """Note the numbers that stand in no sentence, such as those of headings."""
    given = list_known(one.text for one in requirements)
    lost = [number for number in find_numbers(context.idea.text) if number not in given]
    if lost:
        context.notes.append(f"In no requirement: the idea's {', '.join(lost)}.")


def _put_questions(
    requirements: _Requirements, questions: dict[str, str], *, most: int
) -> _Requirements:
    """The requirements with the questions that wait for a person, as many as there may be."""
    room = most - sum(1 for one in requirements if one.question)
    found = []
    for one in requirements:
        question = questions.get(one.id, "") if not one.question and room > 0 else ""
        room -= bool(question)
        found.append(replace(one, question=question) if question else one)
    return tuple(found)


def _add_examples(
    context: Context, requirements: _Requirements, operations: tuple[Operation, ...]
) -> _Requirements:
    """The requirements with rows, for those that an operation can show."""
    earlier: dict[str, ReadRow] = {}
    found = []
    for one in requirements:
        operation = next((each for each in operations if one.id in each.shows), None)
        if operation is None:
            found.append(one)
            continue
        rows = draft_rows(
            context, one, operation=operation, requirements=requirements, earlier=earlier
        )
        if not rows:
            context.notes.append(f"{one.id} has no example: none came out the same twice.")
        found.append(replace(one, rows=rows))
    return tuple(found)
