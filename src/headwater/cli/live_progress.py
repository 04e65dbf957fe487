"""The live table of a build: one line a component, redrawn in place on a terminal."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from headwater.cli.progress import describe_event
from headwater.cli.render import clean
from headwater.engine.interface import Ended
from headwater.engine.progress import (
    AttemptStarted,
    JobFinished,
    JobStarted,
    Message,
    TestsJudged,
    TokensSpent,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.engine.progress import Event

_COLOURS = {Ended.DONE: "green", Ended.FAILED: "red", Ended.SKIPPED: "yellow"}


@dataclass(kw_only=True, slots=True)
class _Row:
    """What is known of one component; changes with every event. Times are in seconds."""

    state: Text
    started: float | None = None
    ended: float | None = None
    attempt: str = ""
    tests: str = ""
    tokens: str = ""
    note: str = ""

    @property
    def seconds(self) -> str:
        """How long its job has taken, or took; empty before one begins."""
        if self.started is None:
            return ""
        return f"{(self.ended or time.monotonic()) - self.started:.0f}"


class LiveProgress:
    """Collects events in a table; safe to call from several threads."""

    def __init__(self) -> None:
        self._rows: dict[str, _Row] = {}
        self._fetched = ""
        self._lock = Lock()

    def notify(self, event: Event) -> None:
        """Take note of an event."""
        with self._lock:
            row = self._rows.setdefault(event.component, _Row(state=Text(event.purpose)))
            _update(row, event)

    def pulled(self, name: str, *, done: int, total: int) -> None:
        """Show how much of a model is here."""
        share = 100 * done // total if total else 100
        self._fetched = f"fetching {name}: {share} % of {total / 1e9:.1f} GB"

    def __rich__(self) -> Table:
        """The table as it stands, asked for by the screen a few times a second."""
        table = Table(box=None, pad_edge=False, expand=True, show_header=bool(self._rows))
        for name in ("component", "state", "attempt", "tests", "tokens", "seconds"):
            table.add_column(name, no_wrap=True)
        table.add_column("", no_wrap=True, overflow="ellipsis", ratio=1)
        with self._lock:
            for ref, row in self._rows.items():
                cells = (row.attempt, row.tests, row.tokens, row.seconds, clean(row.note))
                table.add_row(Text(clean(ref)), row.state, *map(Text, cells))
        if self._fetched and not self._rows:
            table.add_row(Text(clean(self._fetched)))
        return table


@contextmanager
def open_live_progress() -> Iterator[LiveProgress]:
    """A live table on standard error, until the block ends; its last state stays."""
    progress = LiveProgress()
    with Live(progress, console=Console(stderr=True), refresh_per_second=4):
        yield progress


def _update(row: _Row, event: Event) -> None:
    match event:
        case JobStarted():
            row.state, row.ended = Text(event.purpose), None
            row.started = row.started or time.monotonic()
        case AttemptStarted():
            row.attempt = f"{event.attempt} of {event.attempts}"
        case TestsJudged():
            row.tests = f"{event.passed} of {event.total}"
        case TokensSpent():
            row.tokens = str(event.input_tokens + event.output_tokens)
        case JobFinished():
            row.state = Text(event.ended.value, style=_COLOURS[event.ended])
            row.ended = time.monotonic()
            row.note = event.detail
        case Message():
            row.note = describe_event(event)
