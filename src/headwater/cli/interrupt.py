"""Ctrl-C: first politely, so that everything is cleaned up, and soon after in any case."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from headwater.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

GRACE = 3.0
"""Seconds that running work may take to end after an interrupt."""

_SHOW_CURSOR = "\x1b[?25h"
_own_folders: set[Path] = set()  # what to remove when threads are cut off


@contextmanager
def end_soon_on_interrupt(grace: float = GRACE) -> Iterator[None]:
    """Let an interrupt raise `KeyboardInterrupt`, and end the process if that does not.

    A thread that waits for a model would keep the process for minutes. `grace` seconds after the
    first interrupt, or at the second, the process ends with exit code 130 whatever still runs.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may handle signals
        return
    timers: list[threading.Timer] = []

    def handle(_signal: int, _frame: FrameType | None) -> None:
        if timers:
            _end_now()
        timer = threading.Timer(grace, _end_now)
        timer.daemon = True
        timers.append(timer)
        timer.start()
        raise KeyboardInterrupt

    previous = signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
        for timer in timers:
            timer.cancel()


@contextmanager
def own_temporary_folder() -> Iterator[None]:
    """Keep all temporary files in one folder, which is gone afterwards even if threads are cut off.

    Other users may pass through it, since sandboxes run as other users when they can.
    """
    before = tempfile.tempdir
    folder = Path(tempfile.mkdtemp(prefix="headwater-"))
    folder.chmod(0o711)
    _own_folders.add(folder)
    tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)
        _own_folders.discard(folder)


def _end_now() -> NoReturn:
    """End the process without waiting for its threads; sandboxes end with their parent."""
    for folder in _own_folders:
        shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError, ValueError):
        cursor = _SHOW_CURSOR if sys.stderr.isatty() else ""
        sys.stderr.write(f"{cursor}\ninterrupted\n")
        sys.stderr.flush()
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    os._exit(ExitCode.INTERRUPTED)
