"""The files of a commit, written to a folder outside the repository."""

from __future__ import annotations

import os
from hashlib import sha1, sha256
from typing import TYPE_CHECKING, Final

from headwater.errors import UsageError
from headwater.paths import is_plain
from headwater.workspace.files import resolve_inside
from headwater.workspace.git import run_git
from headwater.workspace.repository import is_shallow, read_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from headwater.workspace.repository import Repository

_SHA256_DIGITS: Final = 64


def find_merge_base(repository: Repository, revision: str) -> str:
    """The id of the last commit that a revision and HEAD have in common.

    Raises:
        UsageError: the revision names no commit, or shares none with HEAD as far as this clone
            knows.
        HeadwaterError: there is no commit yet.
    """
    head = read_head(repository)
    commit = _resolve(repository, revision)
    if not commit:
        raise UsageError(
            f"expected the name of a commit to compare with, found {revision!r}",
            hint=_advise(repository, revision),
        )
    found = run_git(repository.root, ["merge-base", commit, head], accepted=(0, 1))
    if not found:
        raise UsageError(
            f"expected a commit that {revision} and HEAD have in common, found none",
            hint=_advise(repository, revision),
        )
    return found.decode().strip()


def list_tree(repository: Repository, commit: str) -> Mapping[str, str]:
    """Every regular file of a commit, path to the id of its content.

    Paths that may not be written are left out.
    """
    printed = run_git(repository.root, ["ls-tree", "-r", "-z", "--full-tree", commit])
    found: dict[str, str] = {}
    for line in os.fsdecode(printed).split("\0")[:-1]:
        fields, path = line.split("\t", 1)
        mode, _, name = fields.split(" ")
        if mode.startswith("100") and is_plain(path):
            found[path] = name
    return found


def write_files(repository: Repository, files: Mapping[str, str], *, folder: Path) -> None:
    """Write files of `list_tree` below `folder`, each with the content that has its id."""
    for path, data in zip(files, read_contents(repository, files.values()), strict=True):
        place = resolve_inside(folder, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def read_contents(repository: Repository, objects: Iterable[str]) -> Iterator[bytes]:
    """The content of each object: git prints `ID blob SIZE`, a line end, the bytes, a line end."""
    stdin = "".join(f"{name}\n" for name in objects).encode()
    printed = run_git(repository.root, ["cat-file", "--batch"], stdin=stdin) if stdin else b""
    start = 0
    while start < len(printed):
        end = printed.index(b"\n", start)
        size = int(printed[start:end].rsplit(b" ", 1)[1])
        yield printed[end + 1 : end + 1 + size]
        start = end + size + 2


def identify_content(repository: Repository, data: bytes) -> str:
    """Git's id of a file with these bytes, as they are: no filter or line ending is applied."""
    hashed = sha256 if len(repository.no_object) == _SHA256_DIGITS else sha1
    return hashed(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _resolve(repository: Repository, revision: str) -> str:
    arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    return run_git(repository.root, arguments, accepted=(0, 1, 128)).decode().strip()


def _advise(repository: Repository, revision: str) -> str:
    """What to do about a revision that cannot be compared with."""
    if is_shallow(repository):
        return (
            "This clone is shallow: fetch all of the history with `git fetch --unshallow`; in "
            "GitHub Actions set `fetch-depth: 0` for actions/checkout."
        )
    if _resolve(repository, f"refs/remotes/origin/{revision}"):
        return f"Did you mean `origin/{revision}`?"
    return "`git log --oneline` lists commits, `git branch --all` branches."
