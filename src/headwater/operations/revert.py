"""`headwater revert`: brings derived files and lock records back as they were recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.digest import digest_bytes
from headwater.graph.records import (
    DAMAGED,
    LOCK_FOLDER,
    read_component_record,
    read_feature_record,
)
from headwater.operations.locate import locate_path
from headwater.operations.lock_folder import read_lock
from headwater.operations.reading import DOCUMENTS, LOCKS
from headwater.spec.model import Problem
from headwater.spec.read_project import SPECS_FOLDER, find_folders
from headwater.workspace.documents import read_documents
from headwater.workspace.files import hash_files, write_file
from headwater.workspace.history import read_commits, read_file_at
from headwater.workspace.repository import open_repository, read_head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from headwater.workspace.repository import Repository

_RECORD = re.compile(rf"{SPECS_FOLDER}/[^/]+/{LOCK_FOLDER}/(?:C\d+|feature)\.json")
_OLDEST = 10_000  # commits of one file that are searched


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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Version:
    """A file's bytes as recorded, and the commit that they were found in."""

    path: str
    data: bytes
    commit: str


def revert(path: Path, file: Path | None) -> RevertReport:
    """Bring back what was edited, lost or damaged; nothing is written unless all of it is found.

    A lock record that is damaged comes first, since it says what the other files were. Index and
    history stay as they are.

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
    records = {name: documents.get(name) for name in _list_records(documents, wanted)}
    found = [
        _find_version(repository, name, accepts=partial(_is_sound, path=name))
        for name, data in records.items()
        if data is None or _is_damaged(data, path=name)
    ]
    recorded = _list_recorded(repository, {**documents, **{one.path: one.data for one in found}})
    files = {name: sha256 for name, sha256 in recorded.items() if _covers(wanted, name)}
    if wanted and not records and not files:
        raise HeadwaterError(
            f"expected a derived file, found that no lock record names {wanted}",
            hint="What no record names is your own; Headwater never writes it.",
        )
    present = hash_files(repository.root, files)
    found += [
        _find_version(repository, name, accepts=partial(_has_digest, sha256=sha256))
        for name, sha256 in files.items()
        if present[name] != sha256
    ]
    for version in found:
        write_file(repository.root, version.path, version.data)
    return _report(found, asked_for=wanted if wanted in {*records, *files} else "")


def _list_records(documents: Iterable[str], wanted: str) -> list[str]:
    """The lock records that are asked for; one that is named may be gone."""
    named = {*documents, *([wanted] if wanted else ())}
    return sorted(name for name in named if _RECORD.fullmatch(name) and _covers(wanted, name))


def _list_recorded(repository: Repository, documents: Mapping[str, bytes]) -> dict[str, str]:
    """The sha256 of every derived file, by path, as the lock records have it."""
    folders, _ = find_folders(read_documents(repository.root, DOCUMENTS))
    lock = read_lock({folder.path: folder.number for folder in folders}, documents)
    return {file.path: file.sha256 for file in lock.list_files()}


def _covers(wanted: str, path: str) -> bool:
    return not wanted or path == wanted or path.startswith(f"{wanted}/")


def _find_version(
    repository: Repository, path: str, *, accepts: Callable[[bytes], bool]
) -> _Version:
    """The newest committed version of a file that `accepts` takes."""
    for commit in _list_commits(repository, path):
        data = read_file_at(repository, commit, path)
        if data is not None and accepts(data):
            return _Version(path=path, data=data, commit=commit)
    raise HeadwaterError(
        f"expected {path} as it was recorded in some commit, found it in none",
        hint="Fetch the whole history if this clone is shallow; or remove the file and build.",
    )


def _list_commits(repository: Repository, path: str) -> Iterator[str]:
    yield read_head(repository)
    for commit in read_commits(repository, paths=[path], limit=_OLDEST):
        yield commit.id


def _report(found: Iterable[_Version], *, asked_for: str) -> RevertReport:
    files = {
        version.path: RevertedFile(
            path=version.path, outcome=Outcome.RESTORED, commit=version.commit
        )
        for version in found
    }
    if asked_for:
        files.setdefault(asked_for, RevertedFile(path=asked_for, outcome=Outcome.UNCHANGED))
    return RevertReport(files=tuple(files[name] for name in sorted(files)))


def _has_digest(data: bytes, *, sha256: str) -> bool:
    return digest_bytes(data) == sha256


def _is_sound(data: bytes, *, path: str) -> bool:
    return _read_record(data, path) is None


def _is_damaged(data: bytes, *, path: str) -> bool:
    """Whether only damage keeps a record from being read; a merge conflict is a person's."""
    problem = _read_record(data, path)
    return problem is not None and problem.code == DAMAGED


def _read_record(data: bytes, path: str) -> Problem | None:
    """What is wrong with a record's file; None when it reads well."""
    read = read_feature_record if path.endswith("/feature.json") else read_component_record
    record = read(data.decode(errors="replace"), path=path)
    return record if isinstance(record, Problem) else None
