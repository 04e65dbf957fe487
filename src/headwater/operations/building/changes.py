"""What changed in a specification, in words that an implementing model may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.prose import normalise_prose
from headwater.graph.states import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.graph.states import Reason
    from headwater.operations.standing.reading import Reading
    from headwater.steps.deriving.suites import Suite
    from headwater.targets.interface import Target

_EXAMPLE = " example "


def describe_change(
    reasons: Sequence[Reason], *, suite: Suite, reading: Reading, target: Target
) -> str:
    """The visible part of what made a component stale; empty when none of it is visible.

    Held-out examples are left out, as are examples that are gone: what holds now is what counts.
    """
    changed = [
        reason.subject for reason in reasons if reason.change in {Change.ADDED, Change.CHANGED}
    ]
    keys = {subject.partition(_EXAMPLE)[2] for subject in changed}
    units = [unit for unit in suite.units if unit.key in keys and unit.key not in suite.held_out]
    prose = [line for subject in changed for line in _describe(subject, reading)]
    return "\n\n".join(
        part
        for part in (*prose, target.render_examples(units, components=suite.components))
        if part
    )


def _describe(subject: str, reading: Reading) -> Iterator[str]:
    if subject in reading.index.components:
        yield normalise_prose(reading.load_component(subject).responsibility)
    elif subject in reading.index.items:
        yield reading.read_text(subject)
