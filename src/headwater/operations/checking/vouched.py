"""Lock records that are sound by themselves, but that no commit says Headwater wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from headwater.graph.vouching import VOUCHING_LINE, is_record, read_carried, read_vouched
from headwater.operations.standing.deviations import (
    find_unvouched_deviations,
    list_deviation_digests,
)
from headwater.operations.standing.result_keys import combine
from headwater.spec.model import Place, Problem
from headwater.workspace.history import search_commits
from headwater.workspace.repository import NoRepositoryError, is_shallow, open_repository, read_ref

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from headwater.operations.standing.lock_folder import Lock
    from headwater.workspace.kept_results import KeptResults
    from headwater.workspace.repository import Repository

UNVOUCHED: Final = "lock-unvouched"


def find_unvouched(lock: Lock, *, root: Path, kept: KeptResults | None) -> tuple[Problem, ...]:
    """Records whose digest no commit up to HEAD names: edited by hand, their sha256 too.

    Lines that accept an edit are judged in the same way.

    None where history cannot tell: outside a repository, before its first commit, and in a shallow
    clone. That all records of a lock are vouched for is kept, so that git is asked only when one
    changed.

    Args:
        lock: as it was read.
        root: the folder that it was read from.
        kept: results of earlier runs; None for none.
    """
    digests = _list_digests(lock)
    every = {*digests.values(), *list_deviation_digests(lock)}
    key = combine(b"vouched", *(digest.encode() for digest in sorted(every)))
    if not every or (kept and kept.find([key])):
        return ()
    repository = _open_complete(root)
    if repository is None:
        return ()
    vouched = list_vouched(repository, "HEAD")
    found = (
        *(
            _report(path, digest, text=lock.files[path].decode(errors="replace"))
            for path, digest in digests.items()
            if digest not in vouched
        ),
        *find_unvouched_deviations(lock, vouched=vouched),
    )
    if kept and not found:
        kept.keep({key: b""})
    return found


def list_vouched(repository: Repository, revision: str) -> frozenset[str]:
    """The digests that the messages of all commits up to a revision vouch for.

    Raises:
        HeadwaterError: the revision does not exist.
    """
    commits = search_commits(repository, revision, line=VOUCHING_LINE)
    return frozenset().union(*(read_vouched(one.message) for one in commits))


def explain_unvouched(path: str, digest: str) -> tuple[str, str]:
    """What is wrong with such a record, and what to do about it."""
    message = (
        "no commit says that this lock record was derived: it was edited by hand, or a squash "
        "merge dropped the message of its derivation"
    )
    hint = (
        f"`headwater revert {path}` restores the last one that was derived. If this one is right, "
        f'vouch for it: `git commit --allow-empty -m "Vouch for records" -m "Recorded: {digest}"`.'
    )
    return message, hint


def _list_digests(lock: Lock) -> Mapping[str, str]:
    """Path of every record that reads well, to the digest that it carries."""
    damaged = {problem.place.path for problem in lock.problems}
    return {
        path: read_carried(data.decode(errors="replace"))
        for path, data in lock.files.items()
        if is_record(path) and path not in damaged
    }


def _open_complete(root: Path) -> Repository | None:
    """The repository, if its history is all there."""
    try:
        repository = open_repository(root)
    except NoRepositoryError:
        return None
    return repository if read_ref(repository, "HEAD") and not is_shallow(repository) else None


def _report(path: str, digest: str, *, text: str) -> Problem:
    message, hint = explain_unvouched(path, digest)
    lines = (number for number, line in enumerate(text.split("\n"), 1) if digest in line)
    place = Place(path=path, line=next(lines, 1))
    return Problem(code=UNVOUCHED, message=message, place=place, hint=hint)
