"""A repository as it would be with one edit adopted, in a folder apart."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from headwater.graph.digest import digest_bytes
from headwater.operations.standing.base_folder import lay_out_commit
from headwater.operations.standing.versions import has_digest
from headwater.workspace.files import resolve_inside, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from headwater.operations.standing.survey import Survey
    from headwater.operations.standing.versions import History
    from headwater.workspace.repository import Repository


@contextmanager
def lay_out_edited(
    repository: Repository,
    base: str,
    *,
    survey: Survey,
    history: History,
    files: Mapping[str, bytes],
) -> Iterator[Path]:
    """The commit `base` in a temporary folder, with `files` in the place of those that it has.

    All other derived files are there as they were derived, or as edits of them were accepted:
    somebody's other edits are not what is adopted.

    Args:
        repository: where the commit is.
        base: the commit.
        survey: of the repository; its lock is the commit's.
        history: where derived bytes are found.
        files: the edited code, and documents, path to bytes.

    Raises:
        HeadwaterError: no commit holds a derived file as it was recorded.
    """
    accepted = _choose_versions(survey)
    with lay_out_commit(repository, base) as folder:
        for file in survey.lock.list_files():
            wanted = accepted.get(file.path, file.sha256)
            place = resolve_inside(folder, file.path)
            present = digest_bytes(place.read_bytes()) if place.is_file() else ""
            if file.path not in files and present != wanted:
                version = history.find_version(file.path, accepts=has_digest(wanted))
                write_file(folder, file.path, version.data)
        for path, data in files.items():
            write_file(folder, path, data)
        yield folder


def _choose_versions(survey: Survey) -> dict[str, str]:
    """The sha256 of files that may stand as they were edited, where they are not as derived."""
    present = survey.present.files
    return {
        one.path: one.sha256
        for one in survey.lock.list_valid()
        if present.get(one.path) != one.derived
    }
