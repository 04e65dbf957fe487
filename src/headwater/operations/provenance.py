"""Where derived files come from, as far as a revision and its history can prove it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.deviations import choose_standing, choose_valid
from headwater.graph.digest import digest_bytes
from headwater.graph.records import lock_path, render_verification
from headwater.graph.scope import suggest_names
from headwater.graph.vouching import BUILDER, VOUCHING_LINE, read_carried, read_vouched
from headwater.operations.checking.vouched import explain_unvouched
from headwater.operations.standing.lock_folder import read_lock
from headwater.operations.standing.reading import DOCUMENTS, LOCKS
from headwater.paths import matches_any
from headwater.spec.ids import split_ref
from headwater.spec.model import Problem
from headwater.spec.read_project import CONSTITUTION_PATH, find_folders
from headwater.workspace.commits import read_tree_entries
from headwater.workspace.history import resolve_revision, search_commits
from headwater.workspace.repository import open_repository
from headwater.workspace.snapshot import list_tree, read_contents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from headwater.graph.deviations import Deviation
    from headwater.graph.lock import ComponentRecord, Verification
    from headwater.operations.standing.lock_folder import Lock
    from headwater.workspace.history import Commit
    from headwater.workspace.repository import Repository


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordedFile:
    """A file that git has: its path, and the sha256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PassedTests:
    """A verification of exactly the recorded code; `sha256` is that of its line in the lock."""

    verification: Verification
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """Where the files of one component come from.

    Attributes:
        record: of its derivation.
        digest: the record's own sha256.
        file: the record as a file.
        commit: the one that vouches for the record.
        builder: program and version that derived, as the commit says; empty where it does not.
        documents: of its feature, with the constitution, as that commit has them.
        passed: the verification of its code; None where there is none.
        deviations: files that the revision has as a person edited them, which was accepted.
    """

    record: ComponentRecord
    digest: str
    file: RecordedFile
    commit: Commit
    builder: str
    documents: tuple[RecordedFile, ...]
    passed: PassedTests | None
    deviations: tuple[Deviation, ...] = ()


def gather_provenance(
    path: Path, names: Sequence[str] = (), *, revision: str = "HEAD"
) -> tuple[Provenance, ...]:
    """Where derived files of a revision come from, component by component.

    Args:
        path: a folder of the repository.
        names: components, features by number, or refs that components were derived from; none for
            every component.
        revision: the commit whose lock is read; the work tree plays no part.

    Raises:
        HeadwaterError: a name belongs to no record, a record is damaged, or no commit vouches for
            one: then nothing can be said of where its files come from.
    """
    repository = open_repository(path)
    commit = resolve_revision(repository, revision)
    files = _read_files(repository, commit)
    folders, _ = find_folders(files)
    places = {folder.path: folder.number for folder in folders}
    lock = read_lock(places, {name: files[name] for name in files if matches_any(name, LOCKS)})
    refs = _choose(lock, names)
    vouching = _find_commits(repository, commit)
    numbers = {number: folder for folder, number in places.items()}
    return tuple(
        replace(
            _gather(repository, lock, ref, folder=numbers[split_ref(ref)[0]], vouching=vouching),
            deviations=_find_deviations(repository, lock, ref, commit=commit),
        )
        for ref in refs
    )


def _read_files(repository: Repository, commit: str) -> dict[str, bytes]:
    """Documents and lock files of a commit, by path."""
    tree = list_tree(repository, commit)
    wanted = {path: tree[path] for path in tree if matches_any(path, (*DOCUMENTS, *LOCKS))}
    return dict(zip(wanted, read_contents(repository, wanted.values()), strict=True))


def _choose(lock: Lock, names: Iterable[str]) -> tuple[str, ...]:
    """The components that are asked for, each once."""
    found: dict[str, None] = {} if (wanted := tuple(names)) else dict.fromkeys(lock.components)
    for name in wanted:
        matching = [ref for ref in lock.components if _belongs(lock, ref, name=name)]
        if not matching:
            sources = (source for record in lock.records.values() for source in record.sources)
            raise HeadwaterError(
                f"expected something that files were derived from, found {name!r}",
                hint=suggest_names(name, {*lock.components, *sources})
                or "Name a component, a requirement or a feature.",
            )
        found.update(dict.fromkeys(matching))
    return tuple(found)


def _belongs(lock: Lock, component: str, *, name: str) -> bool:
    record = lock.records.get(component)
    return name in {component, split_ref(component)[0], *(record.sources if record else ())}


def _find_commits(repository: Repository, revision: str) -> dict[str, Commit]:
    """Digest of a record, to the first commit that vouches for it."""
    commits = search_commits(repository, revision, line=VOUCHING_LINE)
    return {digest: one for one in commits for digest in read_vouched(one.message)}


def _gather(
    repository: Repository,
    lock: Lock,
    ref: str,
    *,
    folder: str,
    vouching: Mapping[str, Commit],
) -> Provenance:
    record = lock.components[ref]
    if isinstance(record, Problem):
        raise HeadwaterError(f"{record.place}: {record.message}", hint=record.hint)
    path = lock_path(folder, split_ref(ref)[1])
    data = lock.files[path]
    digest = read_carried(data.decode(errors="replace"))
    commit = vouching.get(digest)
    if commit is None:
        message, hint = explain_unvouched(path, digest)
        raise HeadwaterError(f"{path}: {message}", hint=hint)
    return Provenance(
        record=record,
        digest=digest,
        file=RecordedFile(path=path, sha256=digest_bytes(data)),
        commit=commit,
        builder=next(iter(commit.trailers.get(BUILDER, ())), ""),
        documents=_list_documents(repository, commit.id, folder=folder),
        passed=_find_passed(record, lock.verifications.get(ref, ())),
    )


def _find_deviations(
    repository: Repository, lock: Lock, ref: str, *, commit: str
) -> tuple[Deviation, ...]:
    """The accepted edits of a component that are what a commit has."""
    lines, record = lock.deviations.get(ref, ()), lock.records[ref]
    paths = [one.path for one in choose_valid(lines, record)]
    entries = read_tree_entries(repository, commit, paths)
    contents = read_contents(repository, [entry.object for entry in entries.values()])
    files = {path: digest_bytes(data) for path, data in zip(entries, contents, strict=True)}
    return choose_standing(lines, record, files)


def _list_documents(
    repository: Repository, commit: str, *, folder: str
) -> tuple[RecordedFile, ...]:
    """What a component is derived from lies in these; sources say in what of them."""
    paths = (CONSTITUTION_PATH, f"{folder}/plan.md", f"{folder}/spec.md")
    entries = read_tree_entries(repository, commit, paths)
    contents = read_contents(repository, [entry.object for entry in entries.values()])
    return tuple(
        RecordedFile(path=path, sha256=digest_bytes(data))
        for path, data in zip(entries, contents, strict=True)
    )


def _find_passed(
    record: ComponentRecord, verifications: Sequence[Verification]
) -> PassedTests | None:
    """The newest verification of this code; earlier ones may have been by other tests."""
    for one in reversed(verifications):
        if record.bodies.items() <= one.bodies.items():
            line = render_verification(one)
            return PassedTests(verification=one, sha256=digest_bytes(line.encode()))
    return None
