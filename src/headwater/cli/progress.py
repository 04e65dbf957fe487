"""What a build tells while it runs: a live table on a terminal, else plain lines."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING, Protocol, TextIO

from headwater.cli.render import clean
from headwater.engine.progress import (
    AttemptStarted,
    Event,
    JobFinished,
    JobStarted,
    Message,
    Observer,
    TestsJudged,
)
from headwater.llm.pull import PullObserver

if TYPE_CHECKING:
    from collections.abc import Iterator


class Progress(Observer, PullObserver, Protocol):
    """Watches a build, and a model that is fetched for it."""


@contextmanager
def open_progress(*, quiet: bool = False) -> Iterator[Progress]:
    """Whoever shows progress on standard error, until the block ends."""
    if quiet:
        yield SilentProgress()
    elif sys.stderr.isatty():
        # Imported here for start-up cost: `rich` is needed only when a person watches.
        from headwater.cli.live_progress import open_live_progress  # noqa: PLC0415

        with open_live_progress() as progress:
            yield progress
    else:
        yield PlainProgress(sys.stderr)


class SilentProgress:
    """Shows nothing."""

    def notify(self, event: Event) -> None:
        """Ignore it."""

    def pulled(self, name: str, *, done: int, total: int) -> None:
        """Ignore it."""


class PlainProgress:
    """Writes a line for what happens; safe to call from several threads, and never fails."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = Lock()
        self._told = -1

    def notify(self, event: Event) -> None:
        """Write a line for an event that is worth one."""
        text = describe_event(event)
        if text:
            self._write(f"{event.component}: {text}" if event.component else text)

    def pulled(self, name: str, *, done: int, total: int) -> None:
        """Write a line for every tenth of a download."""
        tenth = done * 10 // total if total else 10
        if tenth != self._told:
            self._told = tenth
            self._write(f"fetching {name}: {tenth * 10} % of {total / 1e9:.1f} GB")

    def _write(self, text: str) -> None:
        # Nobody may be listening any more; the build goes on.
        with self._lock, suppress(OSError, ValueError):
            self._stream.write(f"{clean(text)}\n")
            self._stream.flush()


def describe_event(event: Event) -> str:
    """An event in a few words; empty when it is not worth a line."""
    match event:
        case JobStarted():
            return event.purpose
        case AttemptStarted():
            return f"attempt {event.attempt} of at most {event.attempts}"
        case TestsJudged():
            return f"{event.passed} of {event.total} tests pass"
        case JobFinished():
            return f"{event.ended.value}: {event.detail}" if event.detail else event.ended.value
        case Message():
            return next(iter(event.text.splitlines()), "")
    return ""
