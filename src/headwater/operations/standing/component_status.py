"""What is told of a component's state."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from headwater.graph.states import Change, State


class StatedReason(NamedTuple):
    """One reason of a state: as a sentence, and in its parts."""

    text: str
    subject: str
    change: Change


class ComponentStatus(NamedTuple):
    """A component's state. `name` and `files` are the plan's, or empty where it has none.

    For a feature's own files (feature tests, test support) `ref` is its number.
    """

    ref: str
    name: str
    files: tuple[str, ...]
    state: State
    reasons: tuple[StatedReason, ...]
