"""Folders as commits have them, many in one git process."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from headwater.workspace.commits import TreeEntry
from headwater.workspace.git import run_git

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

FOLDER_MODE: Final = "40000"
# In a partial clone a tree that is not there would be fetched, over the network.
_STAY_HERE = {"GIT_NO_LAZY_FETCH": "1"}


def read_trees(root: Path, names: Iterable[str]) -> Iterator[Mapping[str, TreeEntry]]:
    """What stands in each folder (`main:specs`), by name; nothing where there is no such folder.

    Raises:
        GitError: the repository cannot be read.
    """
    wanted = list(names)
    if not wanted:
        return
    asked = os.fsencode("".join(f"{name}\n" for name in wanted))
    printed = run_git(root, ["cat-file", "--batch"], stdin=asked, environment=_STAY_HERE)
    start = 0
    # An answer is `id kind size`, a line end, and that many bytes; or `name missing`.
    for _ in wanted:
        end = printed.index(b"\n", start)
        header = printed[start:end].split(b" ")
        start = end + 1
        if not header[-1].isdigit():
            yield {}
            continue
        content = printed[start : start + int(header[-1])]
        start += len(content) + 1
        is_tree = header[-2] == b"tree"
        yield dict(_list_entries(content, len(header[0]) // 2)) if is_tree else {}


def _list_entries(tree: bytes, id_length: int) -> Iterator[tuple[str, TreeEntry]]:
    """The entries of a tree object: `mode name NUL id`, over and over."""
    start = 0
    while start < len(tree):
        end = tree.index(b"\0", start)
        mode, _, name = tree[start:end].partition(b" ")
        start = end + 1 + id_length
        yield os.fsdecode(name), TreeEntry(mode=mode.decode(), object=tree[end + 1 : start].hex())
