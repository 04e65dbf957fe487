from __future__ import annotations

from headwater.engine.interface import Ended
from headwater.engine.progress import (
    AttemptStarted,
    Event,
    JobFinished,
    JobStarted,
    Message,
    Observer,
    SilentObserver,
    TestsJudged,
    TokensSpent,
)

ABOUT = {"component": "001/C1", "purpose": "implement"}

EVENTS: list[Event] = [
    JobStarted(**ABOUT),
    AttemptStarted(**ABOUT, attempt=1, attempts=3),
    TestsJudged(**ABOUT, passed=2, total=3),
    TokensSpent(**ABOUT, input_tokens=10, output_tokens=5),
    Message(**ABOUT, text="The embedded model starts."),
    JobFinished(**ABOUT, ended=Ended.DONE),
]


class Collector:
    """An observer that keeps what it is told."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def notify(self, event: Event) -> None:
        self.events.append(event)


def test_every_event_says_what_it_concerns_and_reaches_the_observer() -> None:
    collector = Collector()
    observers: list[Observer] = [collector, SilentObserver()]
    for observer in observers:
        for event in EVENTS:
            observer.notify(event)
    assert collector.events == EVENTS
    assert {(event.component, event.purpose) for event in EVENTS} == {("001/C1", "implement")}
