"""What the repository's commits say: files as they were, and who derived what."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from headwater.errors import UsageError
from headwater.workspace.commits import read_tree_entries
from headwater.workspace.git import GitError, run_git
from headwater.workspace.repository import read_ref

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.workspace.repository import Repository

_FIELDS = ("%H", "%an", "%ae", "%aI", "%s", "%(trailers:only,unfold)")
_FIELD_END = "\x1f"


@dataclass(frozen=True, kw_only=True, slots=True)
class Commit:
    """One commit. `trailers` maps a name to its values, in the order of the message."""

    id: str
    author: str
    email: str
    time: datetime
    subject: str
    trailers: Mapping[str, tuple[str, ...]]


def resolve_revision(repository: Repository, revision: str) -> str:
    """The id of the commit that a revision (`HEAD~2`, `main`, `v1.0`) names.

    Raises:
        UsageError: it names none.
    """
    arguments = ["rev-list", "--max-count=1", "--end-of-options", revision, "--"]
    return _ask(repository, revision, arguments).decode().strip()


def read_file_at(repository: Repository, revision: str, path: str) -> bytes | None:
    """A file's bytes as a commit has them; None when it has no regular file there."""
    commit = resolve_revision(repository, revision)
    entry = read_tree_entries(repository, commit, [path]).get(path)
    if entry is None or not entry.mode.startswith("100"):
        return None
    return run_git(repository.root, ["cat-file", "blob", entry.object])


def read_last_commit_time(repository: Repository) -> datetime | None:
    """When the commit that is checked out was made; None before the first."""
    if not read_ref(repository, "HEAD"):
        return None
    printed = run_git(repository.root, ["log", "-1", "--no-show-signature", "--format=%cI"])
    return datetime.fromisoformat(printed.decode().strip())


def read_commits(
    repository: Repository,
    revisions: str = "HEAD",
    *,
    paths: Sequence[str] = (),
    limit: int = 100,
) -> tuple[Commit, ...]:
    """Commits of a revision or range (`main..HEAD`), newest first.

    Args:
        repository: where to look.
        revisions: a revision or a range.
        paths: only commits that change one of these files or folders; all when empty.
        limit: at most so many.

    Raises:
        UsageError: the revision does not exist.
    """
    options = (
        "-z",
        "--no-show-signature",
        f"--max-count={limit}",
        f"--format={_FIELD_END.join(_FIELDS)}",
    )
    arguments = ["log", *options, "--end-of-options", revisions, "--", *paths]
    printed = _ask(repository, revisions, arguments)
    return tuple(_read_commit(text) for text in os.fsdecode(printed).split("\0") if text)


def _ask(repository: Repository, revisions: str, arguments: Sequence[str]) -> bytes:
    try:
        return run_git(repository.root, arguments)
    except GitError as error:
        raise UsageError(
            f"expected the name of a commit, found {revisions!r}",
            hint="`git log --oneline` lists commits.",
        ) from error


def _read_commit(text: str) -> Commit:
    name, author, email, time, subject, trailers = text.split(_FIELD_END, 5)
    values: dict[str, tuple[str, ...]] = {}
    for line in trailers.splitlines():
        key, _, value = line.partition(": ")
        values[key] = (*values.get(key, ()), value)
    return Commit(
        id=name,
        author=author,
        email=email,
        time=datetime.fromisoformat(time),
        subject=subject,
        trailers=values,
    )
