"""Ends every process below another one, also where no namespace does it.

The Landlock launcher imports this too, for the sake of its start-up time: standard library only.
"""

from __future__ import annotations

import os
import signal
import time

TYPE_CHECKING = False  # as a type checker sees it; importing typing would take time
if TYPE_CHECKING:
    from collections.abc import Iterable

_ENDED = (b"Z", b"X")
_ROUNDS = 50  # some cannot be stopped, as while they wait for a disk: kill them all the same
_PAUSE = 0.002  # seconds


def read_processes() -> dict[int, tuple[int, bytes]]:
    """Every process that can be seen, with its parent and state (`R`, `T`, …); from proc(5).

    Those that have ended and only wait to be buried are left out.
    """
    processes: dict[int, tuple[int, bytes]] = {}
    try:
        entries = os.scandir("/proc")
    except FileNotFoundError:
        return processes  # no Linux
    with entries:
        for entry in entries:
            if entry.name.isdecimal():
                # pid (name) state parent …; the name may hold blanks and brackets
                fields = _read(f"/proc/{entry.name}/stat").rpartition(b")")[2].split(maxsplit=2)
                if fields and fields[0] not in _ENDED:
                    processes[int(entry.name)] = (int(fields[1]), fields[0])
    return processes


def find_descendants(ancestor: int) -> dict[int, bytes]:
    """The processes below one, itself left out, with their states."""
    processes = read_processes()
    children: dict[int, list[int]] = {}
    for pid, (parent, _) in processes.items():
        children.setdefault(parent, []).append(pid)
    found: dict[int, bytes] = {}
    pending = [ancestor]
    while pending:
        for child in children.get(pending.pop(), ()):
            if child not in found:
                found[child] = processes[child][1]
                pending.append(child)
    return found


def end_descendants(ancestor: int) -> None:
    """Kill every process below one; returns when none can be found any more.

    They are frozen first, so that none can fork while the others die. One that is told to stop in
    the middle of a fork still completes it, so only those seen to have stopped count as frozen.
    """
    while find_descendants(ancestor):
        for _ in range(_ROUNDS):
            running = [pid for pid, state in find_descendants(ancestor).items() if state != b"T"]
            if not running:
                break
            _send(running, signal.SIGSTOP)
            time.sleep(_PAUSE)
        _send(find_descendants(ancestor), signal.SIGKILL)
        time.sleep(_PAUSE)


def _send(processes: Iterable[int], number: signal.Signals) -> None:
    for pid in processes:
        try:
            os.kill(pid, number)
        except (ProcessLookupError, PermissionError):
            continue  # ended meanwhile, and its number may have gone to another


def _read(path: str) -> bytes:
    """The first of a file; empty once its process is gone. Without pathlib, for start-up time."""
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return b""
    try:
        return os.read(file, 1024)
    except ProcessLookupError:
        return b""
    finally:
        os.close(file)
