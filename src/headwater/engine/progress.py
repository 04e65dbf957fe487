"""What happens during a run, told to whoever watches; the core itself never prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from headwater.engine.interface import Ended


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened.

    Attributes:
        component: what it concerns (`001/C1`); empty for the run as a whole.
        purpose: what is being done (`implement`, `write tests`, `gate`).
    """

    component: str
    purpose: str


@dataclass(frozen=True, kw_only=True, slots=True)
class JobStarted(Event):
    """Work on a component begins."""


@dataclass(frozen=True, kw_only=True, slots=True)
class JobFinished(Event):
    """Work on a component ended; `detail` says why it failed or was skipped."""

    ended: Ended
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AttemptStarted(Event):
    """A model is asked for candidate number `attempt` (from 1) of at most `attempts`."""

    attempt: int
    attempts: int
    model: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TestsJudged(Event):
    """A candidate was run: `passed` of `total` tests held."""

    __test__ = False  # not a test case itself, whatever pytest makes of its name

    passed: int
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TokensSpent(Event):
    """Tokens that this component took so far, in all its calls."""

    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Message(Event):
    """A sentence for the person who waits."""

    text: str


class Observer(Protocol):
    """Whoever watches a run; called from several threads, and never to fail."""

    def notify(self, event: Event) -> None:
        """Take note of an event."""
        ...


class SilentObserver:
    """Watches, and says nothing."""

    def notify(self, event: Event) -> None:
        """Ignore the event."""
