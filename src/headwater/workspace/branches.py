"""What other branches hold, as far as two of them can be in each other's way."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from headwater.workspace.git import run_git
from headwater.workspace.trees import FOLDER_MODE, read_trees

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from headwater.workspace.commits import TreeEntry

# Only branches on which someone worked lately: what was left years ago does not wait to be merged.
_MOST = 200
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
    trees = read_trees(root, [f"{ref}:{folder}" for ref in refs])
    found = ((ref, _list_folders(tree)) for ref, tree in zip(refs, trees, strict=True))
    return {_shorten(ref): folders for ref, folders in found if folders}


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


def _list_folders(tree: Mapping[str, TreeEntry]) -> tuple[str, ...]:
    return tuple(name for name, entry in tree.items() if entry.mode == FOLDER_MODE)


def _shorten(ref: str) -> str:
    return ref.removeprefix("refs/heads/").removeprefix("refs/remotes/")
