"""What changed in a specification, in words that an implementing model may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.prose import normalise_prose
from headwater.graph.states import Change
from headwater.steps.contract import render_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.graph.index import Index
    from headwater.graph.states import Reason
    from headwater.steps.suites import Suite

_EXAMPLE = " example "


def describe_change(reasons: Sequence[Reason], *, suite: Suite, index: Index) -> str:
    """The visible part of what made a component stale, a line each; empty when none is visible.

    Held-out examples are left out, as are examples that are gone: what holds now is what counts.
    """
    return "\n".join(line for reason in reasons for line in _describe(reason, suite, index))


def _describe(reason: Reason, suite: Suite, index: Index) -> Iterator[str]:
    if reason.change not in {Change.ADDED, Change.CHANGED}:
        return
    ref, is_example, key = reason.subject.partition(_EXAMPLE)
    if is_example:
        visible = (unit for unit in suite.units if unit.key == key and key not in suite.held_out)
        for unit in visible:
            yield from render_unit(unit)
    elif ref in index.items:
        item = index.items[ref]
        yield f"- {normalise_prose(item.text, steps=item.steps)}"
    elif ref in index.components:
        yield f"- {normalise_prose(index.components[ref].component.responsibility)}"
