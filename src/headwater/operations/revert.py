"""`headwater revert`: brings derived files and lock records back as they were recorded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.vouching import is_record
from headwater.operations.checking.record_recovery import RecordRecovery
from headwater.operations.standing.locate import locate_path
from headwater.operations.standing.reading import DOCUMENTS, LOCKS
from headwater.operations.standing.versions import History, has_digest
from headwater.spec.read_project import find_folders
from headwater.workspace.documents import read_documents
from headwater.workspace.files import hash_files, write_file
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from headwater.operations.standing.versions import Version


class Outcome(Enum):
    """What became of a file."""

    RESTORED = "restored"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True, slots=True)
class RevertedFile:
    """One file; `commit` is where its bytes came from, empty for one that was as recorded."""

    path: str
    outcome: Outcome
    commit: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RevertReport:
    """Every file brought back, and the one that was asked for, in the order of their paths."""

    files: tuple[RevertedFile, ...]


def revert(path: Path, file: Path | None) -> RevertReport:
    """Bring back what was edited, lost or damaged; nothing is written unless all of it is found.

    A lock record that is damaged, lost, or vouched for by no commit comes first, since it says what
    the other files were. Code that was accepted as a person edited it comes back so, unless it is
    the very file that is named: then as it was derived. Index and history stay as they are.

    Args:
        path: a folder of the repository.
        file: a derived file or lock record, or a folder, which stands for all below it; None for
            the whole repository.

    Raises:
        HeadwaterError: no record names the file, it lies outside the repository, or no commit
            holds it as recorded.
    """
    repository = open_repository(path)
    wanted = locate_path(repository, file) if file else ""
    documents = read_documents(repository.root, LOCKS)
    folders, _ = find_folders(read_documents(repository.root, DOCUMENTS))
    history = History(repository)
    recovery = RecordRecovery(
        history=history, numbers={folder.path: folder.number for folder in folders}
    )
    records = _list_records({*documents, *history.head_files, wanted}, wanted=wanted)
    found = list(_recover(records, documents, recovery=recovery, named=wanted))
    lock = recovery.read({**documents, **{one.path: one.data for one in found}})
    files = {one.path: one.sha256 for one in lock.list_files() if _covers(wanted, path=one.path)}
    if wanted and not records and not files:
        raise HeadwaterError(
            f"expected a derived file, found that no lock record names {wanted}",
            hint="What no record names is your own; Headwater never writes it.",
        )
    present = hash_files(repository.root, files)
    for one in lock.list_valid():
        if one.path in files and one.path != wanted and present[one.path] != one.derived:
            files[one.path] = one.sha256
    found += [
        history.find_version(name, accepts=has_digest(sha256))
        for name, sha256 in files.items()
        if present[name] != sha256
    ]
    for version in found:
        write_file(repository.root, version.path, version.data)
    return _report(found, asked_for=wanted if wanted in {*records, *files} else "")


def _list_records(paths: Iterable[str], *, wanted: str) -> list[str]:
    """The lock records that are asked for; one may be gone that is named, or that HEAD has."""
    return sorted(path for path in paths if is_record(path) and _covers(wanted, path=path))


def _covers(wanted: str, *, path: str) -> bool:
    return not wanted or path == wanted or path.startswith(f"{wanted}/")


def _recover(
    records: Iterable[str],
    documents: Mapping[str, bytes],
    *,
    recovery: RecordRecovery,
    named: str,
) -> Iterator[Version]:
    for path in records:
        data = documents.get(path)
        if recovery.is_wanting(path, data, named=path == named):
            version = recovery.find_record(path, data)
            if version is not None:
                yield version


def _report(found: Iterable[Version], *, asked_for: str) -> RevertReport:
    files = {
        version.path: RevertedFile(
            path=version.path, outcome=Outcome.RESTORED, commit=version.commit
        )
        for version in found
    }
    if asked_for:
        files.setdefault(asked_for, RevertedFile(path=asked_for, outcome=Outcome.UNCHANGED))
    return RevertReport(files=tuple(files[name] for name in sorted(files)))
