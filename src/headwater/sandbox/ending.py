"""Tells how a command ended from what was seen of it.

In this order, the first that holds:

1. It was ended for passing a bound: that bound.
2. Its folder holds more than it may, or (unless the exit code is 0) a file as large as one may be
   that was not there before, or it died of SIGXFSZ: it wrote too much.
3. It failed, and its last words on standard error are those that a runtime has for a refused
   allocation, process or write: that bound. "Resource temporarily unavailable" is also said of
   other things, so for processes it counts when `fork` stands beside it or at least half of the
   processes allowed were seen.
4. It died of a signal: killed.
5. Otherwise it exited.

A command can pretend an ending by what it prints when it fails; it gains nothing by it.
"""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING

from headwater.sandbox.interface import Ending, Finished

if TYPE_CHECKING:
    from headwater.sandbox.folder import FolderSize
    from headwater.sandbox.interface import Limits
    from headwater.sandbox.supervise import Watched

_NO_MEMORY = re.compile(
    r"(^|\.|_Array)MemoryError(:|$)|\[Errno 12\]|Cannot allocate memory"
    r"|std::bad_alloc|memory exhausted"
)
# These runtimes print stacks after their last words.
_NO_MEMORY_ANYWHERE = re.compile(
    r"^(fatal error: (runtime: )?(out of memory|cannot allocate memory)"
    r"|FATAL ERROR: .*(heap out of memory|Allocation failed))",
    re.MULTILINE,
)
_NO_PROCESS = re.compile(r"can't start new thread|[Ff]ork: .*|Cannot fork|\bspawn .*EAGAIN")
_NO_PROCESS_ANYWHERE = re.compile(
    r"fork\w*\([^\n]*\n(?:[ ^~]+\n)?BlockingIOError: \[Errno 11\]"
    r"|^runtime: failed to create new OS thread",
    re.MULTILINE,
)
_PERHAPS_NO_PROCESS = re.compile(r"\[Errno 11\]|Resource temporarily unavailable")
_NO_SPACE = re.compile(
    r"\[Errno (27|28|122)\]|File too large|No space left on device|\b(EFBIG|ENOSPC)\b"
)


def conclude(
    watched: Watched,
    *,
    exit_code: int,
    limits: Limits,
    before: FolderSize,
    after: FolderSize,
) -> Finished:
    """What a command did; `before` and `after` are what its folder held."""
    ending = _name_ending(watched, exit_code=exit_code, limits=limits, before=before, after=after)
    return Finished(
        ending=ending,
        exit_code=exit_code,
        stdout=watched.stdout,
        stderr=watched.stderr,
        seconds=watched.seconds,
    )


def _name_ending(
    watched: Watched,
    *,
    exit_code: int,
    limits: Limits,
    before: FolderSize,
    after: FolderSize,
) -> Ending:
    if watched.stopped is not None:
        return watched.stopped
    if after.total > limits.written or after.too_deep or exit_code == -signal.SIGXFSZ:
        return Ending.WROTE_TOO_MUCH
    if exit_code == 0:
        return Ending.EXITED
    if before.largest < limits.file_size <= after.largest:
        return Ending.WROTE_TOO_MUCH
    said = _read_last_words(watched, limits=limits)
    if said is not None:
        return said
    return Ending.KILLED if exit_code < 0 else Ending.EXITED


def _read_last_words(watched: Watched, *, limits: Limits) -> Ending | None:
    text = watched.stderr_tail.decode(errors="replace").rstrip()
    last = text.rpartition("\n")[2]
    if _NO_MEMORY.search(last) or _NO_MEMORY_ANYWHERE.search(text):
        return Ending.OUT_OF_MEMORY
    if _NO_PROCESS.search(last) or _NO_PROCESS_ANYWHERE.search(text):
        return Ending.TOO_MANY_PROCESSES
    if _PERHAPS_NO_PROCESS.search(last) and 2 * watched.most_tasks >= limits.processes:
        return Ending.TOO_MANY_PROCESSES
    if _NO_SPACE.search(last):
        return Ending.WROTE_TOO_MUCH
    return None
