"""Jobs with needs: what an engine runs, and what became of each.

A job is a function from values to values: it reads only what it is given and returns what it
made. So the same job can run here in a thread, be run again after an interruption, or run on
another machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Job(Generic[T]):
    """One step. `run` is called once every job in `needs` has succeeded, with their results."""

    id: str
    needs: tuple[str, ...]
    run: Callable[[Mapping[str, T]], T]


class Ended(Enum):
    """What became of a job."""

    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome(Generic[T]):
    """A job's end: `result` when done; `error` when failed; `reason` when skipped."""

    ended: Ended
    result: T | None = None
    error: Exception | None = None
    reason: str = ""


class Engine(Protocol):
    """Runs jobs in the order of their needs."""

    def run(self, jobs: Sequence[Job[T]]) -> Mapping[str, Outcome[T]]:
        """Run every job whose needs succeed; jobs that do not need one another run side by side.

        A job that raises `Exception` fails and the jobs that need it are skipped, with the reason.
        `KeyboardInterrupt` stops the run: no further job starts, and it is raised once the running
        ones have ended.
        """
        ...
