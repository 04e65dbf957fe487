"""The folder of one detached server: whether it lives, where it listens, who still needs it.

A lease is a file that its holder keeps locked; the system frees the lock when the holder ends,
however it ends, so a lease dies with its holder and no process id is ever mistaken for another.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from pydantic import BaseModel, ConfigDict

from headwater.llm.files import is_locked, try_lock, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE = 40
_PAUSE = 0.05


class ServerState(BaseModel):
    """What a server tells its clients: address, key, process id, and the model that it serves."""

    model_config = ConfigDict(strict=True, frozen=True)

    url: str
    key: str
    pid: int
    model: str


@contextmanager
def hold_lease(folder: Path) -> Iterator[None]:
    """Keep the server of `folder` alive, from before it starts until the block ends."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    leases = folder / "leases"
    leases.mkdir(exist_ok=True)
    name = uuid4().hex
    # Locked under another name first: the server removes leases that nobody holds.
    new = folder / f"{name}.new"
    descriptor = try_lock(new)
    assert descriptor is not None, "nobody else knows this name"
    try:
        os.write(descriptor, f"{os.getpid()}\n".encode())
        lease = new.rename(leases / name)
        yield
        lease.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def has_leases(folder: Path) -> bool:
    """Whether a living process needs the server; leases of dead ones are removed."""
    held = False
    for lease in (folder / "leases").glob("*"):
        if is_locked(lease):
            held = True
        else:
            lease.unlink(missing_ok=True)
    return held


def claim_folder(folder: Path) -> int | None:
    """Become the one server of `folder` until the returned descriptor is closed; None if taken."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for _ in range(_PATIENCE):
        descriptor = try_lock(folder / "alive")
        if descriptor is not None:
            return descriptor
        time.sleep(_PAUSE)  # a client that looks whether a server lives holds it for a moment
    return None


def is_served(folder: Path) -> bool:
    """Whether a server lives, be it only starting."""
    return is_locked(folder / "alive")


def publish_state(folder: Path, state: ServerState) -> None:
    """Tell clients where the server is; the file is its owner's alone, since it holds the key."""
    write_atomically(folder / "state.json", state.model_dump_json().encode())


def withdraw_state(folder: Path) -> None:
    """Tell clients that there is no server."""
    (folder / "state.json").unlink(missing_ok=True)


def read_state(folder: Path) -> ServerState | None:
    """Where the server of `folder` is; None while it starts, or when there is none."""
    if not is_served(folder):
        return None
    try:
        return ServerState.model_validate_json((folder / "state.json").read_bytes())
    except (OSError, ValueError):
        return None
