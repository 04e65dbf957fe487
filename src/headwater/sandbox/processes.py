"""What the processes of a running sandbox hold: tasks, memory, deleted files."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from headwater.sandbox.reap import find_descendants


@dataclass(frozen=True, kw_only=True, slots=True)
class Holdings:
    """What processes hold between them.

    Attributes:
        tasks: processes and threads.
        largest: bytes of RAM of the process with the most, shared memory included.
        total: bytes of RAM of all of them.
        deleted: bytes in files that have no name any more but are still open.
    """

    tasks: int = 0
    largest: int = 0
    total: int = 0
    deleted: int = 0


def read_holdings(ancestor: int, *, itself: bool) -> Holdings:
    """What the processes below one hold, and that one where `itself`; from proc(5)."""
    processes = set(find_descendants(ancestor))
    if itself:
        processes.add(ancestor)
    tasks = largest = total = 0
    deleted: dict[tuple[int, int], int] = {}
    for pid in processes:
        status = _read_status(pid)
        resident = status.get("RssAnon", 0) + status.get("RssShmem", 0)
        tasks += status.get("Threads", 0)
        largest = max(largest, resident)
        total += resident
        deleted |= _find_deleted(pid)
    return Holdings(tasks=tasks, largest=largest, total=total, deleted=sum(deleted.values()))


def count_tasks_of(uid: int) -> int:
    """Processes and threads of a user, as far as they can be seen."""
    return sum(_read_status(pid).get("Threads", 0) for pid in find_processes_of(uid))


def find_processes_of(uid: int) -> set[int]:
    """The processes of a user."""
    found = set()
    with os.scandir("/proc") as entries:
        for entry in entries:
            try:
                if entry.name.isdecimal() and entry.stat().st_uid == uid:
                    found.add(int(entry.name))
            except OSError:
                continue  # ended meanwhile
    return found


def _read_status(pid: int) -> dict[str, int]:
    """The numbers of `/proc/PID/status`, sizes in bytes; empty once the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(errors="replace").splitlines()
    except OSError:
        return {}
    numbers = {}
    for line in lines:
        name, _, value = line.partition(":")
        words = value.split()
        if words and words[0].isdecimal():
            numbers[name] = int(words[0]) * (1024 if words[-1] == "kB" else 1)
    return numbers


def _find_deleted(pid: int) -> dict[tuple[int, int], int]:
    """Sizes of the nameless files that a process has open, by device and inode."""
    found = {}
    try:
        with os.scandir(f"/proc/{pid}/fd") as entries:
            for entry in entries:
                status = entry.stat()
                if stat.S_ISREG(status.st_mode) and status.st_nlink == 0:
                    found[status.st_dev, status.st_ino] = status.st_blocks * 512
    except OSError:
        return found  # gone, or another user's: the bounds on named files and memory remain
    return found
