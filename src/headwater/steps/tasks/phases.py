"""Which phase each component of a plan is built in: what others stand on, then story by story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.order import invert, list_levels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.spec.model import Component, Spec, UserStory

_LEVELS = list[tuple[str, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Phase:
    """Components that are built together.

    Attributes:
        title: as its heading has it.
        story: `US1`, or empty.
        levels: ids of components; each level needs only earlier ones, of this phase or before.
    """

    title: str
    story: str
    levels: tuple[tuple[str, ...], ...]


def cut_phases(components: Sequence[Component], spec: Spec) -> list[Phase]:
    """The phases that have components, in order.

    A component belongs to the first story that it, or whatever depends on it, is for. What several
    stories stand on comes before them all, and what no story asks for comes last.
    """
    stories = sorted(spec.stories, key=_rank_story)
    rank = {story.id: number for number, story in enumerate(stories, 1)}
    needs = list_needs(components)
    phases = _rank_components(components, needs, rank)
    levels = list_levels(needs)
    titles = {0: ("Foundational", ""), len(stories) + 1: ("Other requirements", "")}
    titles |= {rank[story.id]: (_title(story), story.id) for story in stories}
    return [
        Phase(title=title, story=story, levels=_cut(levels, phases, number))
        for number, (title, story) in sorted(titles.items())
        if number in phases.values()
    ]


def list_needs(components: Sequence[Component]) -> dict[str, list[str]]:
    """The components of the same plan that each depends on."""
    own = {component.id for component in components}
    return {one.id: [need for need in one.depends_on if need in own] for one in components}


def _rank_components(
    components: Sequence[Component], needs: Mapping[str, Sequence[str]], rank: Mapping[str, int]
) -> dict[str, int]:
    last = max(rank.values(), default=0) + 1
    dependents = invert(needs)
    order = [one for level in list_levels(needs) for one in level]
    by_id = {component.id: component for component in components}
    found: dict[str, int] = {}
    for name in reversed(order):
        own = [rank[story] for ref in by_id[name].implements if (story := _story(ref)) in rank]
        above = {found[other] for other in dependents[name]}
        stories = {one for one in above if 0 < one < last}
        if own:
            found[name] = min([*own, *above])
        elif len(stories) > 1 or 0 in above:
            found[name] = 0
        else:
            found[name] = min([*above, last])
    return found


def _cut(levels: _LEVELS, phases: Mapping[str, int], number: int) -> tuple[tuple[str, ...], ...]:
    inside = (tuple(one for one in level if phases[one] == number) for level in levels)
    return tuple(level for level in inside if level)


def _story(ref: str) -> str:
    match = re.fullmatch(r"(US\d+)(?:\.\d+)?", ref)
    return match[1] if match else ""


def _rank_story(story: UserStory) -> tuple[str, int]:
    """By priority, those without one last; then by number."""
    return story.priority or "~", int(story.id[2:])


def _title(story: UserStory) -> str:
    priority = f" (Priority: {story.priority})" if story.priority else ""
    return f"User Story {story.id[2:]} - {story.title}{priority}"
