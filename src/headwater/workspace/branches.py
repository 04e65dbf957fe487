"""What other branches hold, as far as two of them can be in each other's way."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from headwater.workspace.git import run_git

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# Only branches on which someone worked lately: what was left years ago does not wait to be merged.
_MOST = 200
_FOLDER_MODE = b"40000"
# In a partial clone a tree that is not there would be fetched, over the network.
_STAY_HERE = {"GIT_NO_LAZY_FETCH": "1"}
_REF_FIELDS = "%(refname) %(symref)"


def read_branch_folders(root: Path, folder: str) -> Mapping[str, tuple[str, ...]]:
    """Names of the folders inside `folder` on every branch that HEAD does not hold already.

    Local and remote-tracking branches by their short names (`main`, `origin/main`), the newest 200;
    one without the folder is left out. Empty where there is no commit yet. Two git processes run,
    whatever the number of branches.

    Raises:
        GitError: the repository cannot be read.
    """
    refs = _list_unmerged(root)
    if not refs:
        return {}
    asked = "".join(f"{ref}:{folder}\n" for ref in refs).encode()
    printed = run_git(root, ["cat-file", "--batch"], stdin=asked, environment=_STAY_HERE)
    found = zip(refs, _split_trees(printed, len(refs)), strict=True)
    return {_shorten(ref): tuple(folders) for ref, folders in found if folders}


def _list_unmerged(root: Path) -> list[str]:
    # Exit codes 128 and 129: HEAD names no commit, or one that is not there.
    printed = run_git(
        root,
        [
            "for-each-ref",
            "--no-merged=HEAD",
            "--sort=-committerdate",
            f"--count={_MOST}",
            f"--format={_REF_FIELDS}",
            "refs/heads",
            "refs/remotes",
        ],
        accepted=(0, 128, 129),
    )
    lines = (os.fsdecode(line).partition(" ") for line in printed.split(b"\n") if line)
    return [ref for ref, _, symbolic in lines if not symbolic]


def _split_trees(printed: bytes, count: int) -> Iterator[list[str]]:
    """The folders in each tree that `cat-file --batch` was asked for; none where there is no tree.

    An answer is `id kind size`, a line end, and that many bytes; or `name missing`.
    """
    start = 0
    for _ in range(count):
        end = printed.index(b"\n", start)
        header = printed[start:end].split(b" ")
        start = end + 1
        if not header[-1].isdigit():
            yield []
            continue
        content = printed[start : start + int(header[-1])]
        start += len(content) + 1
        is_tree = header[-2] == b"tree"
        yield list(_list_folders(content, len(header[0]) // 2)) if is_tree else []


def _list_folders(tree: bytes, id_length: int) -> Iterator[str]:
    """The folders in a tree object: `mode name NUL id`, over and over."""
    start = 0
    while start < len(tree):
        end = tree.index(b"\0", start)
        mode, _, name = tree[start:end].partition(b" ")
        if mode == _FOLDER_MODE:
            yield os.fsdecode(name)
        start = end + 1 + id_length


def _shorten(ref: str) -> str:
    return ref.removeprefix("refs/heads/").removeprefix("refs/remotes/")
