"""Lends each sandbox a user id of its own, where this process may take one.

The kernel counts processes by user, and not at all for root. So as root every command runs as a
user that no one else is, which also leaves it without rights to anybody's files.
"""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.sandbox.folder import give_folder, reclaim_folder
from headwater.sandbox.interface import SandboxError
from headwater.sandbox.processes import find_processes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAPPED = Path("/proc/self/uid_map")
_WANTED_FIRST = 1_000_000_000  # far above the ids that people, services and containers get
_WANTED_LAST = 2_147_000_000
_EACH = 256  # ids that one process may lend at a time
_SMALL_FIRST = 30_000  # where a container maps 65,536 ids


class UserLender:
    """Keeps account of the ids and folders in use in this process; safe for threads."""

    def __init__(self, ids: range) -> None:
        self._ids = ids
        self._changed = threading.Condition()
        self._lent: set[int] = set()
        self._busy: set[Path] = set()

    @contextmanager
    def lend(self, folder: Path) -> Iterator[int | None]:
        """A user id for one command, and the folder made that user's for as long.

        It is None where this process can take no other id: the command then runs as its user.
        Waits while another command runs in the same folder.

        Raises:
            SandboxError: the folder cannot be handed over.
        """
        uid = self._take(folder)
        try:
            with _hand_over(folder, uid):
                yield uid
        finally:
            with self._changed:
                self._busy.discard(folder)
                if uid is not None:
                    self._lent.discard(uid)
                self._changed.notify_all()

    def _take(self, folder: Path) -> int | None:
        with self._changed:
            while True:
                if folder not in self._busy:
                    uid = self._find_free()
                    if uid is not None or not self._ids:
                        self._busy.add(folder)
                        return uid
                self._changed.wait()

    def _find_free(self) -> int | None:
        """An id that nobody uses: another process could have arrived at the same one."""
        start = os.getpid() * _EACH
        for step in range(_EACH if self._ids else 0):
            uid = self._ids[(start + step) % len(self._ids)]
            if uid not in self._lent and not find_processes_of(uid):
                self._lent.add(uid)
                return uid
        return None


@cache
def process_lender() -> UserLender:
    """The one account of this process."""
    return UserLender(find_spare_ids() if os.geteuid() == 0 else range(0))


def find_spare_ids(mapped: Path = _MAPPED) -> range:
    """User ids that root may take here and that belong to nobody; from user_namespaces(7).

    Empty where the user namespace has too few ids to spare any.
    """
    last = 0
    for line in mapped.read_text().splitlines():
        inside, _, count = map(int, line.split())
        last = max(last, inside + count - 1)
    if last >= _WANTED_LAST:
        return range(_WANTED_FIRST, _WANTED_LAST)
    return range(_SMALL_FIRST, last - 1_000) if last >= 2 * _SMALL_FIRST else range(0)


@contextmanager
def _hand_over(folder: Path, uid: int | None) -> Iterator[None]:
    status = folder.stat()
    try:
        if uid is not None:
            with _explained(folder):
                give_folder(folder, uid=uid, gid=uid)
        yield
    finally:
        with _explained(folder):
            owner = None if uid is None else (status.st_uid, status.st_gid)
            reclaim_folder(folder, owner=owner)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SandboxError(
            f"the files of {folder} cannot be handed to a sandbox and back: {error}",
            hint="Use a folder on a local disk that belongs to you.",
        ) from error
