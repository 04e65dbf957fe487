"""Bringing index and work tree from one commit to another, for the changed paths alone.

A path is safe to change when the user has done nothing to it since the old commit, or when the
file already is as the new commit has it.
"""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from headwater.errors import HeadwaterError
from headwater.workspace.commits import TreeEntry
from headwater.workspace.files import read_file, remove_file, resolve_inside, write_file
from headwater.workspace.git import GitError, run_git
from headwater.workspace.repository import find_dirty_tracked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from headwater.workspace.repository import Repository

_LOCK_ATTEMPTS: Final = 20
_LOCK_PAUSE_SECONDS: Final = 0.1


@dataclass(frozen=True, kw_only=True, slots=True)
class PathChange:
    """One path between two commits, and how the work tree stood when it was looked at.

    Attributes:
        path: in the repository.
        old, new: its entry in each commit; None where the commit does not have it.
        data: the bytes that the new commit has; None when it has none.
        seen: the bytes on disk; None when nothing is there.
        safe: index and work tree may be brought to `new` without loss.
    """

    path: str
    old: TreeEntry | None
    new: TreeEntry | None
    data: bytes | None
    seen: bytes | None
    safe: bool


def find_path_changes(repository: Repository, old: str, new: str) -> tuple[PathChange, ...]:
    """What differs between two commits, removed paths first, compared with the work tree."""
    entries = _read_differences(repository, old, new)
    index = _read_index(repository, tuple(entries))
    dirty = find_dirty_tracked(repository, tuple(entries))
    changes = [
        _compare(
            repository,
            path,
            old=before,
            new=after,
            staged=index.get(path),
            unstaged=path in dirty and dirty[path].unstaged,
        )
        for path, (before, after) in entries.items()
    ]
    return tuple(sorted(changes, key=lambda change: (change.new is not None, change.path)))


def update_paths(repository: Repository, changes: Sequence[PathChange]) -> None:
    """Bring the safe paths to the new commit: first the files, then the index.

    A file that was changed since it was looked at stays as it is.

    Raises:
        HeadwaterError: the index stays locked by another git process; the files are written.
    """
    safe = [change for change in changes if change.safe]
    for change in safe:
        if change.seen != change.data or change.old != change.new:
            _update_file(repository, change)
    lines = [
        f"{change.new.mode} {change.new.object}\t{change.path}"
        if change.new
        else f"0 {repository.no_object}\t{change.path}"
        for change in safe
    ]
    text = b"".join(os.fsencode(line) + b"\0" for line in lines)
    root = repository.root
    _retry_while_locked(
        lambda: run_git(root, ["update-index", "-z", "--add", "--index-info"], stdin=text)
    )
    # Only the recorded time stamps: 1 says that other files have changes, which is their affair.
    _retry_while_locked(lambda: run_git(root, ["update-index", "-q", "--refresh"], accepted=(0, 1)))


def _compare(
    repository: Repository,
    path: str,
    *,
    old: TreeEntry | None,
    new: TreeEntry | None,
    staged: TreeEntry | None,
    unstaged: bool,
) -> PathChange:
    data = _read_blob(repository, new)
    seen, in_the_way = _look_at(repository, path)
    as_old = staged == old and not unstaged and (old is None) == (seen is None)
    as_new = staged in (old, new) and seen == data
    safe = not in_the_way and (as_old or as_new)
    return PathChange(path=path, old=old, new=new, data=data, seen=seen, safe=safe)


def _update_file(repository: Repository, change: PathChange) -> None:
    seen, in_the_way = _look_at(repository, change.path)
    if in_the_way or seen != change.seen:
        return
    if change.new is None or change.data is None:
        remove_file(repository.root, change.path)
    else:
        executable = change.new.mode == "100755"
        write_file(repository.root, change.path, change.data, executable=executable)


def _look_at(repository: Repository, path: str) -> tuple[bytes | None, bool]:
    """The bytes at a path (None for nothing), and whether something that is no file is there."""
    try:
        place = resolve_inside(repository.root, path)
        if not place.exists():
            return None, False
        return read_file(repository.root, path), False
    except HeadwaterError:
        return None, True


def _read_differences(
    repository: Repository, old: str, new: str
) -> Mapping[str, tuple[TreeEntry | None, TreeEntry | None]]:
    printed = run_git(
        repository.root,
        ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--full-index", old, new],
    )
    fields = os.fsdecode(printed).split("\0")[:-1]
    differences = {}
    for description, path in zip(fields[::2], fields[1::2], strict=True):
        old_mode, new_mode, old_object, new_object, _ = description[1:].split(" ")
        differences[path] = (_make_entry(old_mode, old_object), _make_entry(new_mode, new_object))
    return differences


def _make_entry(mode: str, name: str) -> TreeEntry | None:
    return None if int(mode, 8) == 0 else TreeEntry(mode=mode, object=name)


def _read_index(repository: Repository, paths: Sequence[str]) -> Mapping[str, TreeEntry]:
    """Index entries of these paths.

    One that is unmerged, or that git was told not to compare with the disk (`skip-worktree`,
    `assume-unchanged`), comes back as an entry that equals no other.
    """
    if not paths:
        return {}
    printed = run_git(repository.root, ["ls-files", "-z", "-s", "-v", "--", *paths])
    entries = {}
    for line in os.fsdecode(printed).split("\0")[:-1]:
        fields, path = line.split("\t", 1)
        tag, mode, name, stage = fields.split(" ")
        known = tag == "H" and stage == "0"
        entries[path] = TreeEntry(mode=mode, object=name if known else "")
    return entries


def _read_blob(repository: Repository, entry: TreeEntry | None) -> bytes | None:
    if entry is None:
        return None
    if not stat.S_ISREG(int(entry.mode, 8)):
        raise HeadwaterError(f"expected a regular file in the commit, found mode {entry.mode}")
    return run_git(repository.root, ["cat-file", "blob", entry.object])


def _retry_while_locked(step: Callable[[], object]) -> None:
    for attempt in range(_LOCK_ATTEMPTS):
        try:
            step()
        except GitError as error:
            if "index.lock" not in error.stderr:
                raise
            if attempt == _LOCK_ATTEMPTS - 1:
                raise HeadwaterError(
                    "expected git's index to be free, found it locked by another process; the "
                    "branch has moved, and the index follows at the next build",
                    hint="End the other git command; remove `index.lock` if there is none.",
                ) from error
            time.sleep(_LOCK_PAUSE_SECONDS)
        else:
            return
