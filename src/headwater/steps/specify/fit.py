"""Keeping a draft within its budget of words, by taking out what is worth least."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from headwater.steps.specify.draft import SpecDraft

_FEWEST_ROWS = 2


def fit_draft(draft: SpecDraft, *, budget: int, count: Callable[[SpecDraft], int]) -> SpecDraft:
    """The draft with parts left out until it has at most `budget` words; a note says which.

    Requirements, questions and first scenarios are never left out: what then is still too long is
    counted in the report.

    Args:
        draft: all parts.
        budget: words of the document; 0 for no bound.
        count: the words of a draft as it would be written.
    """
    if not budget or count(draft) <= budget:
        return draft
    left_out: dict[str, int] = {}
    for what, smaller in _list_cuts(draft):
        if smaller(draft) != draft:
            draft = smaller(draft)
            left_out[what] = left_out.get(what, 0) + 1
        if count(draft) <= budget:
            break
    told = ", ".join(f"{number} {what}" for what, number in left_out.items())
    note = f"Left out to stay within {budget} words: {told}."
    return replace(draft, notes=(*draft.notes, note)) if told else draft


def _list_cuts(draft: SpecDraft) -> Iterator[tuple[str, Callable[[SpecDraft], SpecDraft]]]:
    """What can be taken out, cheapest loss first; each cut leaves alone what is not there."""
    for _ in draft.criteria:
        yield "success criteria", lambda one: replace(one, criteria=one.criteria[:-1])
    for _ in draft.entities:
        yield "entities", lambda one: replace(one, entities=one.entities[:-1])
    for _ in draft.edges:
        yield "answered edge cases", _drop_answered_edge
    for _ in draft.stories:
        yield "second scenarios", _drop_scenario
    for _ in range(sum(len(one.rows) for one in draft.requirements)):
        yield "example rows", _drop_row


def _drop_answered_edge(draft: SpecDraft) -> SpecDraft:
    answered = [edge for edge in draft.edges if edge.outcome]
    if not answered:
        return draft
    return replace(draft, edges=tuple(edge for edge in draft.edges if edge is not answered[-1]))


def _drop_scenario(draft: SpecDraft) -> SpecDraft:
    """The last story's last scenario, where it has two."""
    for number in reversed(range(len(draft.stories))):
        story = draft.stories[number]
        if len(story.scenarios) > 1:
            shorter = replace(story, scenarios=story.scenarios[:-1])
            stories = (*draft.stories[:number], shorter, *draft.stories[number + 1 :])
            return replace(draft, stories=stories)
    return draft


def _drop_row(draft: SpecDraft) -> SpecDraft:
    """The last row of the longest table, where it has more than two."""
    longest = max(draft.requirements, key=lambda one: len(one.rows))
    if len(longest.rows) <= _FEWEST_ROWS:
        return draft
    shorter = replace(longest, rows=longest.rows[:-1])
    return replace(
        draft,
        requirements=tuple(shorter if one is longest else one for one in draft.requirements),
    )
