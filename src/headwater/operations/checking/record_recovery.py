"""Which lock records must be brought back from history, and from which version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.records import CONFLICTED, DAMAGED
from headwater.operations.standing.lock_folder import read_lock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.operations.standing.lock_folder import Lock
    from headwater.operations.standing.versions import History, Version
    from headwater.spec.model import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordRecovery:
    """Recovery of the lock records of a repository.

    Attributes:
        history: where they are found.
        numbers: the features' folders, to their numbers.
    """

    history: History
    numbers: Mapping[str, str]

    def read(self, files: Mapping[str, bytes]) -> Lock:
        """The lock that files of lock folders make, path to bytes."""
        return read_lock(self.numbers, files)

    def is_wanting(self, path: str, data: bytes | None, *, named: bool) -> bool:
        """Whether a record is lost, damaged, or vouched for by no commit.

        A merge conflict is a person's, unless they name the record; another format is that of
        another version of the program.

        Args:
            path: of the record.
            data: its bytes; None where it is gone.
            named: whether a person asked for this record, and not for all of a folder.
        """
        if data is None:
            return True
        problem = self._find_problem(path, data)
        if problem is None:
            return not self.history.vouches(data)
        return problem.code == DAMAGED or (problem.code == CONFLICTED and named)

    def find_record(self, path: str, data: bytes | None) -> Version | None:
        """The newest version that a commit vouches for, else the newest that reads well.

        None for a record that reads well now, where history has none that a commit vouches for.

        Raises:
            HeadwaterError: no commit has a version that reads well.
        """

        def is_sound(version: bytes) -> bool:
            return self._find_problem(path, version) is None

        sound = (one for one in self.history.list_versions(path) if is_sound(one.data))
        vouched = next((one for one in sound if self.history.vouches(one.data)), None)
        if vouched or (data is not None and is_sound(data)):
            return vouched
        return self.history.find_version(path, accepts=is_sound)

    def _find_problem(self, path: str, data: bytes) -> Problem | None:
        return next(iter(self.read({path: data}).problems), None)
