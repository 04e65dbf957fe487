"""The user's repository as it stands: its folders, branch, head commit and uncommitted work."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.paths import matches_any
from headwater.workspace.git import GitError, read_line, run_git

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_FOLDERS = ("--show-toplevel", "--absolute-git-dir")


@dataclass(frozen=True, kw_only=True, slots=True)
class Repository:
    """A git repository with a work tree.

    Attributes:
        root: the work tree's top folder.
        git_folder: where this work tree's index and HEAD are (`.git`, or a linked work tree's own).
        no_object: the object id that stands for "nothing": as many zeros as an id has digits.
    """

    root: Path
    git_folder: Path
    no_object: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DirtyPath:
    """A path that differs from the last commit.

    `staged` tells that the index differs from the commit, `unstaged` that the file differs from
    the index; an untracked file is `untracked` and nothing else.
    """

    path: str
    staged: bool = False
    unstaged: bool = False
    untracked: bool = False


class NoRepositoryError(HeadwaterError):
    """There is no git repository at a folder or above it."""


def open_repository(path: Path) -> Repository:
    """Open the repository whose work tree holds `path`.

    Raises:
        NoRepositoryError: there is no repository.
        HeadwaterError: git is not installed, or the repository has no work tree.
    """
    try:
        printed = run_git(path, ["rev-parse", "--show-object-format", *_FOLDERS])
    except GitError as error:
        raise _explain_closed(path, error) from error
    object_format, *folders = os.fsdecode(printed).removesuffix("\n").split("\n")
    if len(folders) != len(_FOLDERS):  # a line end in the name of one: each by itself
        folders = [read_line(path, ["rev-parse", option]) for option in _FOLDERS]
    root, git_folder = map(Path, folders)
    digits = 64 if object_format == "sha256" else 40
    return Repository(root=root, git_folder=git_folder, no_object="0" * digits)


def read_head(repository: Repository) -> str:
    """The id of the commit that is checked out.

    Raises:
        HeadwaterError: there is no commit yet.
    """
    try:
        return read_line(repository.root, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])
    except GitError as error:
        raise HeadwaterError(
            f"expected a commit, found none yet in {repository.root}",
            hint="Commit the documents first: `git add . && git commit`.",
        ) from error


def read_branch(repository: Repository) -> str:
    """The name of the branch that is checked out, such as `main`; it may have no commit yet.

    Raises:
        HeadwaterError: no branch is checked out (a detached HEAD).
    """
    try:
        ref = read_line(repository.root, ["symbolic-ref", "--quiet", "HEAD"])
    except GitError as error:
        raise HeadwaterError(
            f"expected a branch to be checked out in {repository.root}, found a detached HEAD",
            hint="Check out a branch: `git switch main`, or `git switch -c NAME` for a new one.",
        ) from error
    return ref.removeprefix("refs/heads/")


def read_ref(repository: Repository, ref: str) -> str:
    """The commit that a full ref name (`refs/heads/main`) points at; empty when there is none."""
    printed = run_git(
        repository.root,
        ["rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}"],
        accepted=(0, 1),
    )
    return printed.decode().strip()


def is_shallow(repository: Repository) -> bool:
    """Whether the clone was cut off somewhere, so that what git does not find may yet have been."""
    return read_line(repository.root, ["rev-parse", "--is-shallow-repository"]) == "true"


def find_dirty_paths(
    repository: Repository, patterns: Sequence[str] = ("**",)
) -> tuple[DirtyPath, ...]:
    """Uncommitted changes to paths that one of the globs covers, in the order of their paths.

    A renamed file counts twice: as removed and as added. Ignored files do not count.
    """
    found = _read_status(repository, ["--untracked-files=all"])
    return tuple(dirty for dirty in found if matches_any(dirty.path, patterns))


def find_dirty_tracked(repository: Repository, paths: Sequence[str]) -> Mapping[str, DirtyPath]:
    """Those of exactly these paths that git tracks and that have uncommitted changes."""
    if not paths:
        return {}
    found = _read_status(repository, ["--untracked-files=no", "--", *paths])
    return {dirty.path: dirty for dirty in found}


def _read_status(repository: Repository, options: Sequence[str]) -> list[DirtyPath]:
    printed = run_git(repository.root, ["status", "--porcelain=v2", "-z", "--no-renames", *options])
    entries = (os.fsdecode(entry) for entry in printed.split(b"\0") if entry)
    return sorted(_read_entries(entries), key=lambda dirty: dirty.path)


def _read_entries(entries: Iterable[str]) -> Iterator[DirtyPath]:
    """Entries of `git status --porcelain=v2`: `1 XY … path` changed, `u XY … path` unmerged."""
    for entry in entries:
        if entry.startswith("?"):
            yield DirtyPath(path=entry[2:].rstrip("/"), untracked=True)
        elif entry.startswith(("1", "u")):
            fields = entry.split(" ", 8 if entry.startswith("1") else 10)
            yield DirtyPath(
                path=fields[-1], staged=fields[1][0] != ".", unstaged=fields[1][1] != "."
            )


def _explain_closed(path: Path, error: GitError) -> HeadwaterError:
    if "dubious ownership" in error.stderr:
        return HeadwaterError(
            f"git does not trust the repository at {path}: it belongs to another user",
            hint=f"If you trust it: `git config --global --add safe.directory {path}`.",
        )
    if "not a git repository" in error.stderr:
        return NoRepositoryError(
            f"expected a git repository, found none at {path} or above it",
            hint="Make one: `git init && git add . && git commit`.",
        )
    if "must be run in a work tree" not in error.stderr:
        return error
    if read_line(path, ["rev-parse", "--is-bare-repository"]) == "true":
        return HeadwaterError(
            f"expected a repository with a work tree, found a bare one at {path}",
            hint="Clone it, and work in the clone.",
        )
    return HeadwaterError(f"expected a work tree, found git's own folder at {path}")
