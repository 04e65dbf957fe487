"""What the items of a spec say, in the normal form that prompts are rendered from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.prose import normalise_prose

if TYPE_CHECKING:
    from headwater.spec.model import Feature


def read_item_text(feature: Feature, local: str) -> str:
    """The prose of a story, scenario, requirement or criterion of a feature, by its id.

    Where an id stands twice the first one counts; empty when no such item is there.
    """
    spec = feature.spec
    if spec is None:
        return ""
    for story in spec.stories:
        steps = {story.id: story.text} | {item.id: item.text for item in story.scenarios}
        if local in steps:
            return normalise_prose(steps[local], steps=True)
    stated = {item.id: item.text for item in spec.criteria}
    stated |= {item.id: item.text for item in reversed(spec.requirements)}
    return normalise_prose(stated.get(local, ""))
