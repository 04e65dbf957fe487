"""What the repository's commits say: files as they were, and who derived what."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from headwater.errors import UsageError
from headwater.workspace.commits import read_tree_entries
from headwater.workspace.git import GitError, run_git
from headwater.workspace.repository import read_ref

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.workspace.repository import Repository

FIELD_END: Final = "\x1f"
# What git writes itself comes first: a message that holds the sign between fields shifts no id.
COMMIT_FORMAT: Final = FIELD_END.join(
    ("%H", "%P", "%aI", "%an", "%ae", "%s", "%(trailers:only,unfold)", "%B")
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Commit:
    """One commit. `trailers` maps a name to its values, in the order of the message.

    `message` is the whole of it: a squash merge buries the trailers of its commits in there, where
    git no longer takes them for trailers.
    """

    id: str
    parents: tuple[str, ...]
    author: str
    email: str
    time: datetime
    subject: str
    trailers: Mapping[str, tuple[str, ...]]
    message: str


def resolve_revision(repository: Repository, revision: str) -> str:
    """The id of the commit that a revision (`HEAD~2`, `main`, `v1.0`) names.

    Raises:
        UsageError: it names none.
    """
    arguments = ["rev-list", "--max-count=1", "--end-of-options", revision, "--"]
    return ask_of_revision(repository, revision, arguments).decode().strip()


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
        f"--format={COMMIT_FORMAT}",
    )
    arguments = ["log", *options, "--end-of-options", revisions, "--", *paths]
    printed = ask_of_revision(repository, revisions, arguments)
    return tuple(parse_commit(text) for text in os.fsdecode(printed).split("\0") if text)


def find_removal(repository: Repository, path: str) -> str:
    """The newest commit up to HEAD that takes a file away; empty when none does."""
    # `-m`: a merge may take away by itself what both its sides had.
    options = ("-1", "-m", "--diff-filter=D", "--no-renames", "--no-show-signature", "--format=%H")
    printed = run_git(repository.root, ["log", *options, "HEAD", "--", path]).decode()
    return next(iter(printed.split()), "")  # a merge is printed once for each side


def search_commits(repository: Repository, revision: str, *, line: str) -> tuple[Commit, ...]:
    """The commits up to a revision whose message has a line as `line` says, newest first.

    Args:
        repository: where to look.
        revision: a commit.
        line: an extended regular expression of git's.

    Raises:
        HeadwaterError: the revision does not exist.
    """
    options = ("-z", "--no-show-signature", "--extended-regexp", f"--grep={line}")
    arguments = ["log", *options, f"--format={COMMIT_FORMAT}", "--end-of-options", revision, "--"]
    printed = ask_of_revision(repository, revision, arguments)
    return tuple(parse_commit(text) for text in os.fsdecode(printed).split("\0") if text)


def ask_of_revision(repository: Repository, revisions: str, arguments: Sequence[str]) -> bytes:
    """What a git command prints that is given a revision or range.

    Raises:
        HeadwaterError: the command failed, as it does where a revision names nothing.
    """
    try:
        return run_git(repository.root, arguments)
    except GitError as error:
        raise UsageError(
            f"expected the name of a commit, found {revisions!r}",
            hint="`git log --oneline` lists commits.",
        ) from error


def parse_commit(text: str) -> Commit:
    """A commit as git prints it in `COMMIT_FORMAT`."""
    name, parents, time, author, email, subject, rest = text.split(FIELD_END, 6)
    trailers, _, message = rest.partition(FIELD_END)
    values: dict[str, tuple[str, ...]] = {}
    for line in trailers.splitlines():
        key, _, value = line.partition(": ")
        values[key] = (*values.get(key, ()), value)
    return Commit(
        id=name,
        parents=tuple(parents.split()),
        author=author,
        email=email,
        time=datetime.fromisoformat(time),
        subject=subject,
        trailers=values,
        message=message,
    )
