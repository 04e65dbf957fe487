"""Files as history has them, newest first, and which of its lock records commits vouch for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.digest import digest_bytes
from headwater.graph.vouching import read_carried
from headwater.operations.checking.vouched import list_vouched
from headwater.workspace.history import read_commits, read_file_at
from headwater.workspace.repository import read_head, read_ref
from headwater.workspace.snapshot import list_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from headwater.workspace.repository import Repository

_OLDEST = 10_000  # commits of one file that are searched


def has_digest(sha256: str) -> Callable[[bytes], bool]:
    """Accepts exactly the bytes with this sha256."""
    return lambda data: digest_bytes(data) == sha256


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """A file's bytes, and the commit that they were found in."""

    path: str
    data: bytes
    commit: str


class History:
    """What HEAD goes back to; in the midst of a merge, what the other side goes back to as well."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    @cached_property
    def revisions(self) -> tuple[str, ...]:
        """The commits that the search begins at.

        Raises:
            HeadwaterError: there is no commit yet.
        """
        merged = read_ref(self._repository, "MERGE_HEAD")
        return (read_head(self._repository), *([merged] if merged else ()))

    @cached_property
    def head_files(self) -> frozenset[str]:
        """The paths of all files that HEAD has."""
        return frozenset(list_tree(self._repository, self.revisions[0]))

    def vouches(self, record: bytes) -> bool:
        """Whether a commit says that this lock record was derived."""
        return read_carried(record.decode(errors="replace")) in self._vouched

    def list_versions(self, path: str) -> Iterator[Version]:
        """What a file was, newest first; the same bytes may come twice."""
        for commit in self._list_commits(path):
            data = read_file_at(self._repository, commit, path)
            if data is not None:
                yield Version(path=path, data=data, commit=commit)

    def find_version(self, path: str, *, accepts: Callable[[bytes], bool]) -> Version:
        """The newest version of a file that `accepts` takes.

        Raises:
            HeadwaterError: there is none.
        """
        for version in self.list_versions(path):
            if accepts(version.data):
                return version
        raise HeadwaterError(
            f"expected {path} as it was recorded in some commit, found it in none",
            hint="Fetch the whole history if this clone is shallow; or remove the file and build.",
        )

    @cached_property
    def _vouched(self) -> frozenset[str]:
        found = (list_vouched(self._repository, revision) for revision in self.revisions)
        return frozenset().union(*found)

    def _list_commits(self, path: str) -> Iterator[str]:
        yield from self.revisions
        for revision in self.revisions:
            for commit in read_commits(self._repository, revision, paths=[path], limit=_OLDEST):
                yield commit.id
