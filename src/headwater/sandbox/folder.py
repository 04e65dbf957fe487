"""The folder of a sandboxed command: what it holds while it changes, and whose it is.

Everything goes through descriptors of open folders, never through paths, so that no symbolic
link put there meanwhile leads elsewhere.
"""

from __future__ import annotations

import os
import stat
import subprocess
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEEPEST = 200  # levels; what lies deeper is beyond what Python's own tools can delete
_LEAST = 1024  # bytes that even an empty file counts for, so that names are bounded too


@dataclass(frozen=True, kw_only=True, slots=True)
class FolderSize:
    """What a folder holds.

    Attributes:
        total: bytes of all files; a sparse file counts as if it were full.
        largest: bytes of the largest file.
        closed: folders that could not be opened, so that what they hold is unknown.
        too_deep: there are folders below the deepest level.
    """

    total: int = 0
    largest: int = 0
    closed: int = 0
    too_deep: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """A name in an open folder; `closed` for a second sight of a folder that did not open."""

    folder: int
    name: str
    status: os.stat_result
    depth: int
    closed: bool = False

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.status.st_mode)

    @property
    def is_too_deep(self) -> bool:
        return self.is_folder and self.depth >= DEEPEST


def measure_folder(folder: Path) -> FolderSize:
    """What the files below a folder take, also while they change; unreadable is closed."""
    seen: set[tuple[int, int]] = set()
    total = largest = closed = 0
    too_deep = False
    for entry in _walk_folder(folder):
        status = entry.status
        identity = (status.st_dev, status.st_ino)
        closed += entry.closed
        too_deep = too_deep or entry.is_too_deep
        if identity not in seen:  # else another name of the same file
            seen.add(identity)
            total += max(status.st_size, status.st_blocks * 512, _LEAST)
            largest = max(largest, 0 if entry.is_folder else status.st_size)
    return FolderSize(total=total, largest=largest, closed=closed, too_deep=too_deep)


def give_folder(folder: Path, *, uid: int, gid: int) -> None:
    """Make a user the owner of a folder and of all that is in it; needs root."""
    os.chown(folder, uid, gid)
    for entry in _walk_folder(folder):
        _change_owner(entry, uid, gid)


def reclaim_folder(folder: Path, *, owner: tuple[int, int] | None) -> None:
    """Let its owner read, write and delete all that a command has left in a folder.

    No process may be running in it any more. Folders nested too deep are removed. `owner` is the
    user and group that get it back after `give_folder`.
    """
    if owner is not None:
        os.chown(folder, *owner)
    folder.chmod(stat.S_IMODE(folder.stat().st_mode) | stat.S_IRWXU)
    for entry in _walk_folder(folder):
        if entry.is_too_deep:
            _remove_tree(entry)
            continue
        if owner is not None:
            _change_owner(entry, *owner)
        _open_up(entry)


def _walk_folder(folder: Path) -> Iterator[_Entry]:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield from _walk(opened, 0)
    finally:
        os.close(opened)


def _walk(folder: int, depth: int) -> Iterator[_Entry]:
    """Every entry, a folder before what it holds; what vanishes meanwhile is left out."""
    for name in os.listdir(folder):
        try:
            status = os.stat(name, dir_fd=folder, follow_symlinks=False)
        except OSError:
            continue
        entry = _Entry(folder=folder, name=name, status=status, depth=depth)
        yield entry
        if entry.is_folder and not entry.is_too_deep:
            yield from _walk_inside(entry)


def _walk_inside(entry: _Entry) -> Iterator[_Entry]:
    try:
        inner = os.open(
            entry.name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=entry.folder
        )
    except PermissionError:
        yield replace(entry, closed=True)
        return
    except OSError:
        return  # deleted, or replaced by something else
    try:
        yield from _walk(inner, entry.depth + 1)
    finally:
        os.close(inner)


def _change_owner(entry: _Entry, uid: int, gid: int) -> None:
    os.chown(entry.name, uid, gid, dir_fd=entry.folder, follow_symlinks=False)


def _open_up(entry: _Entry) -> None:
    """Let the owner read and write a file, and enter a folder; drop set-user-id bits."""
    mode = stat.S_IMODE(entry.status.st_mode)
    if entry.is_folder:
        wanted = mode | stat.S_IRWXU
    elif stat.S_ISREG(entry.status.st_mode):
        wanted = (mode | stat.S_IRUSR | stat.S_IWUSR) & ~(stat.S_ISUID | stat.S_ISGID)
    else:
        return
    if wanted != mode:
        os.chmod(entry.name, wanted, dir_fd=entry.folder)


def _remove_tree(entry: _Entry) -> None:
    """Remove a folder of any depth; the system's tools need no path and no recursion for it."""
    for tool in (("chmod", "-R", "u+rwx"), ("rm", "-rf")):
        subprocess.run(
            [*tool, "--", f"./{entry.name}"],
            cwd=f"/proc/self/fd/{entry.folder}",
            check=False,
            capture_output=True,
        )
