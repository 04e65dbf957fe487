"""One command run to its end, and what it took: processor time and memory, children included."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path
    from resource import struct_rusage

_KILOBYTE = 1024 if sys.platform == "linux" else 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """One command: processor seconds, user and system, and the largest process in megabytes.

    `output` is what it printed on stdout; `failed` the end of what it printed, when it ended as
    such a command should not.
    """

    step: str
    seconds: float
    megabytes: float
    output: str = ""
    failed: str = ""


def run_measured(
    step: str,
    command: Sequence[str],
    folder: Path,
    *,
    environment: Mapping[str, str],
    codes: Collection[int] = (0, 1),
) -> Measured:
    """Run one command; exit code 1 tells of findings in many tools, and may well be right.

    Processes that it leaves to themselves count too, once they end (a sandbox does not wait for
    its own): this process adopts them. Nothing else may wait for children meanwhile.
    """
    _adopt_orphans()
    with TemporaryFile() as output, TemporaryFile() as errors:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        usages = [usage, *_wait_for_orphans()]
        output.seek(0)
        errors.seek(0)
        printed, told = output.read(), errors.read()
    failed = ""
    if process.returncode not in codes or b"Traceback (most recent" in printed + told:
        failed = (told or printed).decode(errors="replace").strip().rpartition("\n")[2] or "?"
    return Measured(
        step=step,
        seconds=sum(usage.ru_utime + usage.ru_stime for usage in usages),
        megabytes=max(usage.ru_maxrss for usage in usages) * _KILOBYTE / 1e6,
        output=printed.decode(errors="replace"),
        failed=failed,
    )


_PR_SET_CHILD_SUBREAPER = 36  # prctl(2)
_PATIENCE = 60.0  # seconds for what a command left behind to end


def _adopt_orphans() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _wait_for_orphans() -> Iterator[struct_rusage]:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            child, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if child:
            yield usage
        else:
            time.sleep(0.01)
