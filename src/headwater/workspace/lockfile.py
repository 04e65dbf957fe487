"""One build at a time in a work tree: a lock that ends with the process that holds it."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from headwater.errors import HeadwaterError
from headwater.workspace.files import resolve_inside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_PATH: Final = ".headwater/build.lock"


@contextmanager
def hold_build_lock(root: Path) -> Iterator[None]:
    """Hold the work tree's build lock inside the `with` block.

    The kernel releases it when the process ends, however it ends; the file stays, and means
    nothing by itself.

    Raises:
        HeadwaterError: another process holds it; the message names its process id.
    """
    place = resolve_inside(root, LOCK_PATH)
    place.parent.mkdir(exist_ok=True)
    descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    try:
        _lock(descriptor, root)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, root: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
        raise HeadwaterError(
            f"expected no other build in {root}, found one running (process {holder})",
            hint="Wait for it, or end it.",
        ) from error
