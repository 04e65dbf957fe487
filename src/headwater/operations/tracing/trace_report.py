"""What a trace tells: each requirement or scenario with everything that came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from headwater.graph.index import ItemKind
    from headwater.graph.states import State
    from headwater.graph.strength import RefStrength
    from headwater.graph.trace import Coverage, TracedTest
    from headwater.spec.model import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class TracedComponent:
    """A component; `passed` counts the tests that it last passed as it stands now, None if never.

    `accepted` are its files that stand as a person edited them, by an accepted deviation.

    All tests that judge a component pass when one is recorded, so there is no count of failures.
    """

    ref: str
    name: str
    state: State
    passed: int | None
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TracedDecision:
    """A decision that serves an item."""

    ref: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TracedTask:
    """A task that names an item, its story, or one of its components."""

    ref: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TracedSuspect:
    """An item that may not hold any more, and what changed since it was drafted."""

    ref: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TracedItem:
    """One requirement or scenario, with its text or the beginning of it, and what came of it.

    `strength` is that of its examples, and `score` the number that it comes to; None where that was
    not asked for, or not measured as things stand. `suspect` are those of its decisions, components
    and tasks that rest on what has changed.
    """

    ref: str
    kind: ItemKind
    text: str
    place: Place
    coverage: Coverage
    decisions: tuple[TracedDecision, ...]
    components: tuple[TracedComponent, ...]
    tasks: tuple[TracedTask, ...]
    files: tuple[str, ...]
    tests: tuple[TracedTest, ...]
    strength: RefStrength | None = None
    score: float | None = None
    suspect: tuple[TracedSuspect, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TracedStory:
    """A user story, by its ref."""

    ref: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TracedFeature:
    """A feature that items come from."""

    number: str
    slug: str
    stories: tuple[TracedStory, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TraceReport:
    """Every item asked for, uncovered ones first.

    Attributes:
        ref: what was asked for, in full; empty for everything.
        as_of: when the last commit was made; None before the first.
        features: those that the items belong to.
        items: the requirements and scenarios.
        with_strength: whether the strength of examples was asked for.
    """

    ref: str
    as_of: datetime | None
    features: tuple[TracedFeature, ...]
    items: tuple[TracedItem, ...]
    with_strength: bool = False

    def count(self, coverage: Coverage) -> int:
        """How many items have come to this."""
        return sum(item.coverage is coverage for item in self.items)
