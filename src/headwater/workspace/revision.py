"""Files as a commit has them, read without checking anything out."""

from __future__ import annotations

import hashlib
import os
from itertools import takewhile
from typing import TYPE_CHECKING

from headwater.paths import matches_any
from headwater.workspace.git import run_git

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from headwater.workspace.repository import Repository

_WILD = frozenset("*?[")


def list_files_at(
    repository: Repository, commit: str, patterns: Sequence[str]
) -> Mapping[str, str]:
    """The regular files of a commit that globs name, each with git's id of its content.

    The globs begin with the names of real folders, below which alone git is asked to look.
    """
    folders = {_plain_start(pattern) for pattern in patterns}
    options = ["-r", "-z", "--full-tree"]
    printed = run_git(repository.root, ["ls-tree", *options, commit, "--", *sorted(folders)])
    found: dict[str, str] = {}
    for line in os.fsdecode(printed).split("\0")[:-1]:
        fields, path = line.split("\t", 1)
        mode, _, name = fields.split(" ")
        if mode.startswith("100") and matches_any(path, patterns):
            found[path] = name
    return found


def read_contents(repository: Repository, ids: Iterable[str]) -> Mapping[str, bytes]:
    """The contents with these ids, read by one process."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    asked = "".join(f"{name}\n" for name in wanted).encode()
    printed = run_git(repository.root, ["cat-file", "--batch"], stdin=asked)
    contents: dict[str, bytes] = {}
    start = 0
    for name in wanted:
        end = printed.index(b"\n", start)  # `<id> blob <size>`
        size = int(printed[start:end].split(b" ")[2])
        contents[name] = printed[end + 1 : end + 1 + size]
        start = end + size + 2
    return contents


def identify_content(repository: Repository, data: bytes) -> str:
    """Git's id of a file with these bytes, as they are: no filter or line ending is applied."""
    hashed = hashlib.sha256 if len(repository.no_object) == 64 else hashlib.sha1
    return hashed(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _plain_start(pattern: str) -> str:
    """The folders that a glob begins with, up to its first wildcard; else all of it."""
    plain = list(takewhile(lambda part: not set(part) & _WILD, pattern.split("/")))
    return "/".join(plain) + ("" if plain == pattern.split("/") else "/")
