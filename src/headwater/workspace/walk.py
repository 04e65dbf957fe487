"""History walked once: every commit with the files that it changes, as git itself stores them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.workspace.history import COMMIT_FORMAT, Commit, ask_of_revision, parse_commit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.workspace.repository import Repository

_COMMIT_BEGINS = "\x01"


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedFile:
    """A file that a commit has otherwise than its parents.

    Attributes:
        path: in the repository.
        before: the id of its content in each parent, in their order; empty where it is not there.
        after: the id of its content in the commit; empty where it is gone.
    """

    path: str
    before: tuple[str, ...]
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WalkedCommit:
    """A commit and what it changes. A merge changes what it has otherwise than all its parents."""

    commit: Commit
    files: tuple[ChangedFile, ...]


def walk_commits(
    repository: Repository, revisions: str, *, paths: Sequence[str]
) -> tuple[WalkedCommit, ...]:
    """Every commit of a revision or range that changes one of the paths, newest first.

    Merged branches are walked too, whatever came of their changes. One git process runs.

    Args:
        repository: where to look.
        revisions: a revision or a range.
        paths: files or folders; only changes to them are given.

    Raises:
        HeadwaterError: the revision does not exist.
    """
    options = ("-z", "--raw", "-c", "--root", "--full-history", "--no-abbrev", "--no-renames")
    written = ("--no-show-signature", f"--format={_COMMIT_BEGINS}{COMMIT_FORMAT}")
    arguments = ["log", *options, *written, "--end-of-options", revisions, "--", *paths]
    printed = ask_of_revision(repository, revisions, arguments)
    return tuple(_read_commits(iter(os.fsdecode(printed).split("\0"))))


def _read_commits(fields: Iterator[str]) -> Iterator[WalkedCommit]:
    """Fields are a commit's text, then for each file its entry and its path; some are empty."""
    commit: Commit | None = None
    files: list[ChangedFile] = []
    for text in fields:
        entry = text.lstrip("\n")
        if entry.startswith(":"):
            files.append(_read_file(entry, path=next(fields)))
        elif entry:
            if commit is not None:
                yield WalkedCommit(commit=commit, files=tuple(files))
            commit, files = parse_commit(entry.removeprefix(_COMMIT_BEGINS)), []
    if commit is not None:
        yield WalkedCommit(commit=commit, files=tuple(files))


def _read_file(entry: str, *, path: str) -> ChangedFile:
    """`:100644 100644 ID ID M`, with as many colons, modes and ids more as there are parents."""
    fields = entry.lstrip(":").split(" ")
    count = len(entry) - len(entry.lstrip(":")) + 1
    modes, names = fields[:count], fields[count : 2 * count]
    # Only regular files count; a link or a submodule is nothing that Headwater reads.
    contents = [
        name if mode.startswith("100") else "" for mode, name in zip(modes, names, strict=True)
    ]
    return ChangedFile(path=path, before=tuple(contents[:-1]), after=contents[-1])
