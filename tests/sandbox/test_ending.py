"""How an ending is told from what was seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headwater.sandbox.ending import conclude
from headwater.sandbox.folder import FolderSize
from headwater.sandbox.interface import Ending, Limits
from headwater.sandbox.supervise import Watched

_LIMITS = Limits(processes=20, file_size=1000, written=5000)
_SEEN = Watched(
    stopped=None,
    return_code=0,
    status={},
    stdout=b"out",
    stderr=b"err",
    stderr_tail=b"",
    seconds=1.5,
    most_tasks=1,
)
_FORK_REFUSED = """Traceback (most recent call last):
  File "/x/program.py", line 3, in <module>
    os.fork()
BlockingIOError: [Errno 11] Resource temporarily unavailable
"""
_POPEN_REFUSED = """  File "/usr/lib/python3.11/subprocess.py", line 1885, in _execute_child
    self.pid = _fork_exec(
               ^^^^^^^^^^^
BlockingIOError: [Errno 11] Resource temporarily unavailable
"""


def _end(
    said: str,
    *,
    exit_code: int = 1,
    seen: Watched = _SEEN,
    before: FolderSize | None = None,
    after: FolderSize | None = None,
) -> Ending:
    return conclude(
        replace(seen, stderr_tail=said.encode()),
        exit_code=exit_code,
        limits=_LIMITS,
        before=before or FolderSize(),
        after=after or FolderSize(),
    ).ending


@pytest.mark.parametrize(
    ("said", "ending"),
    [
        ("Traceback …\nMemoryError", Ending.OUT_OF_MEMORY),
        ("MemoryError: too large", Ending.OUT_OF_MEMORY),
        ("numpy.core._exceptions._ArrayMemoryError: Unable to allocate", Ending.OUT_OF_MEMORY),
        ("OSError: [Errno 12] Cannot allocate memory", Ending.OUT_OF_MEMORY),
        ("terminate called after throwing …\n  what():  std::bad_alloc\n", Ending.OUT_OF_MEMORY),
        ("fatal error: runtime: out of memory\n\ngoroutine 1:\nmain.go:3", Ending.OUT_OF_MEMORY),
        ("FATAL ERROR: x JavaScript heap out of memory\n 1: 0xb7c\n", Ending.OUT_OF_MEMORY),
        (_FORK_REFUSED, Ending.TOO_MANY_PROCESSES),
        (_POPEN_REFUSED, Ending.TOO_MANY_PROCESSES),
        ("RuntimeError: can't start new thread", Ending.TOO_MANY_PROCESSES),
        ("sh: 1: Cannot fork", Ending.TOO_MANY_PROCESSES),
        ("runtime: failed to create new OS thread (have 5)\nmore", Ending.TOO_MANY_PROCESSES),
        ("OSError: [Errno 27] File too large", Ending.WROTE_TOO_MUCH),
        ("OSError: [Errno 28] No space left on device", Ending.WROTE_TOO_MUCH),
        ("Error: ENOSPC, write", Ending.WROTE_TOO_MUCH),
        ("BlockingIOError: [Errno 11] Resource temporarily unavailable", Ending.EXITED),
        ("MemoryError\nValueError: raised while handling it", Ending.EXITED),
        ("MyMemoryErrors: 3", Ending.EXITED),
        ("", Ending.EXITED),
    ],
)
def test_last_words(said: str, ending: Ending) -> None:
    assert _end(said) is ending


def test_last_words_of_a_success_mean_nothing() -> None:
    assert _end("MemoryError", exit_code=0) is Ending.EXITED


def test_unclear_words_count_beside_many_processes() -> None:
    said = "BlockingIOError: [Errno 11] Resource temporarily unavailable"
    assert _end(said, seen=replace(_SEEN, most_tasks=10)) is Ending.TOO_MANY_PROCESSES


def test_passed_bound_comes_first() -> None:
    stopped = replace(_SEEN, stopped=Ending.TIMED_OUT)
    assert _end("MemoryError", seen=stopped, after=FolderSize(total=9999)) is Ending.TIMED_OUT


@pytest.mark.parametrize(
    ("exit_code", "after", "ending"),
    [
        (0, FolderSize(total=5001), Ending.WROTE_TOO_MUCH),
        (0, FolderSize(total=5000), Ending.EXITED),
        (0, FolderSize(too_deep=True), Ending.WROTE_TOO_MUCH),
        (-25, FolderSize(), Ending.WROTE_TOO_MUCH),
        (1, FolderSize(largest=1000), Ending.WROTE_TOO_MUCH),
        (0, FolderSize(largest=1000), Ending.EXITED),
        (1, FolderSize(largest=999), Ending.EXITED),
        (-11, FolderSize(), Ending.KILLED),
    ],
)
def test_what_is_left_in_the_folder(exit_code: int, after: FolderSize, ending: Ending) -> None:
    assert _end("", exit_code=exit_code, after=after) is ending


def test_large_file_that_was_there_before_is_no_sign() -> None:
    size = FolderSize(largest=2000, total=2000)
    assert _end("", before=size, after=size) is Ending.EXITED


def test_what_was_seen_is_passed_on() -> None:
    finished = conclude(_SEEN, exit_code=3, limits=_LIMITS, before=FolderSize(), after=FolderSize())
    assert (finished.exit_code, finished.stdout, finished.stderr) == (3, b"out", b"err")
    assert finished.seconds == 1.5
