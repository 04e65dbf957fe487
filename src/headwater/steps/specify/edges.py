"""Edge cases: answered by a requirement, or put to a person as a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.narrowing import choose_from, narrow_items
from headwater.steps.drafting.texts import LINE, PlainShort, refuse_marks, tidy_line
from headwater.steps.specify.context import show_requirements
from headwater.steps.specify.draft import DraftedEdge
from headwater.steps.specify.ears import clean_condition
from headwater.steps.specify.echoes import is_echo
from headwater.steps.specify.numbers import add_boundaries, find_invented
from headwater.steps.specify.stories import end_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.steps.specify.context import Context
    from headwater.steps.specify.draft import DraftedRequirement

MOST_EDGES = 3
_NOBODY = "none"
_TEMPLATE = "specify/edges"


class EdgePart(BaseModel):
    """An edge case; `outcome` counts only where a requirement gives it."""

    situation: PlainShort
    requirement: str
    outcome: Annotated[str, Field(max_length=LINE)]


class EdgesAnswer(BaseModel):
    """The edge cases of a feature."""

    edges: Annotated[list[EdgePart], Field(max_length=MOST_EDGES)]


def draft_edges(
    context: Context, requirements: Sequence[DraftedRequirement], *, questions: int
) -> tuple[DraftedEdge, ...]:
    """Edge cases, those that no requirement answers as questions, at most `questions` of them.

    Raises:
        ModelError: a model could not be reached, or refused.
    """
    ids = [one.id for one in requirements]
    question = Question(
        template=_TEMPLATE,
        values={"idea": context.show_idea(), "requirements": show_requirements(requirements)},
        kind=narrow_items(EdgesAnswer, "edges", EdgePart, requirement=choose_from([_NOBODY, *ids])),
        about="edge cases",
        check=lambda answer: list(_find_faults(answer, known=context.known_numbers)),
    )
    answer = context.ledger.add(ask(question, drafter=context.drafter)).value
    found: dict[str, DraftedEdge] = {}
    said = [context.idea.text, *(one.text for one in requirements)]
    for part in answer.edges if answer else ():
        if is_echo(part.situation, template=_TEMPLATE, said=said):
            continue
        edge = _make(part)
        questions -= not edge.outcome
        if edge.outcome or questions >= 0:
            found.setdefault(edge.situation.casefold(), edge)
    return tuple(found.values())


def _find_faults(answer: EdgesAnswer, *, known: frozenset[str]) -> Iterator[str]:
    allowed = add_boundaries(known)
    for part in answer.edges:
        text = f"{part.situation} {part.outcome}"
        if "MUST" in text:
            yield "an edge case is a situation in a few words, not a requirement"
        for number in find_invented(text, known=allowed):
            yield f"the idea does not give the number {number}"
        if part.requirement != _NOBODY:
            try:
                refuse_marks(tidy_line(part.outcome))
            except ValueError as error:
                yield f"outcome: {error}"


def _make(part: EdgePart) -> DraftedEdge:
    situation = clean_condition(part.situation.rstrip("?.")) or part.situation
    if part.requirement == _NOBODY or part.outcome.strip(" .").casefold() == _NOBODY:
        return DraftedEdge(situation=situation)
    outcome = end_sentence(tidy_line(part.outcome))
    return DraftedEdge(situation=situation, outcome=outcome, requirement=part.requirement)
