"""How the documents of commits differ in meaning from those of their parents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.graph.changes import Documents, compare_documents
from headwater.graph.index import index_summaries
from headwater.operations.log.versions import Version, read_versions
from headwater.spec.read_project import CONSTITUTION_PATH, DOCUMENT_NAMES, SPECS_FOLDER
from headwater.workspace.trees import read_trees

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from headwater.graph.changes import ItemChange
    from headwater.operations.log.versions import Said
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults
    from headwater.workspace.repository import Repository
    from headwater.workspace.walk import WalkedCommit

_DOCUMENT = re.compile(rf"({SPECS_FOLDER}/[^/]+)/(?:{'|'.join(map(re.escape, DOCUMENT_NAMES))})")
_CONSTITUTION_FOLDER, _, _CONSTITUTION_NAME = CONSTITUTION_PATH.rpartition("/")


def list_document_changes(
    repository: Repository,
    commits: Sequence[WalkedCommit],
    *,
    targets: Mapping[str, Target],
    kept: KeptResults | None,
) -> dict[str, tuple[ItemChange, ...]]:
    """What commits change in the meaning of native documents, by the commit's id.

    A merge changes what differs from all its parents. However many commits there are, git runs
    twice; a version of a folder's documents is read once, and what follows from it is kept.

    Args:
        repository: where to look.
        commits: as `walk_commits` gives them.
        targets: languages that can be derived for, by name.
        kept: results of earlier runs; None for none.
    """
    touched = {one.commit.id: _list_folders(one) for one in commits}
    versions = _find_versions(repository, commits, touched)
    read = read_versions(repository, set(versions.values()), targets=targets, kept=kept)
    found = {}
    for one in commits:
        folders = touched[one.commit.id]
        now, *parents = (
            _join(read[versions[name, folder]] for folder in folders)
            for name in (one.commit.id, *(one.commit.parents or ("",)))
        )
        found[one.commit.id] = tuple(_compare(now, parents))
    return found


def _join(parts: Iterable[Said]) -> Documents:
    """What some folders say together: an item that moved from one to another is no change."""
    parts = tuple(parts)
    summaries = {one.summary.number: one.summary for one in parts if one.summary}
    return Documents(
        index=index_summaries((item for one in parts for item in one.articles), summaries.values()),
        summaries=summaries,
        units={one.summary.number: one.examples for one in parts if one.summary},
    )


def _compare(now: Documents, parents: Iterable[Documents]) -> Iterator[ItemChange]:
    """What `now` means differently from every one of the parents."""
    first, *others = (compare_documents(parent, now) for parent in parents)
    for change in first:
        if all(change.ref in {one.ref for one in other} for other in others):
            yield change


def _list_folders(commit: WalkedCommit) -> tuple[str, ...]:
    """Folders in which a commit changes documents."""
    found: dict[str, None] = {}
    for file in commit.files:
        match = _DOCUMENT.fullmatch(file.path)
        if match:
            found[match[1]] = None
        elif file.path == CONSTITUTION_PATH:
            found[_CONSTITUTION_FOLDER] = None
    return tuple(found)


def _find_versions(
    repository: Repository,
    commits: Iterable[WalkedCommit],
    touched: Mapping[str, Sequence[str]],
) -> dict[tuple[str, str], Version]:
    """What each commit and its parents have in the folders that it touches.

    Before the first commit, whose id is empty, there is nothing.
    """
    wanted = {
        (name, folder): None
        for one in commits
        for folder in touched[one.commit.id]
        for name in (one.commit.id, *one.commit.parents)
    }
    trees = read_trees(repository.root, [f"{name}:{folder}" for name, folder in wanted])
    found: dict[tuple[str, str], Version] = {}
    for (name, folder), tree in zip(wanted, trees, strict=True):
        names = (_CONSTITUTION_NAME,) if folder == _CONSTITUTION_FOLDER else DOCUMENT_NAMES
        contents = [
            (document, tree[document].object)
            for document in names
            if document in tree and tree[document].mode.startswith("100")
        ]
        found[name, folder] = Version(folder, tuple(contents))
        found["", folder] = Version(folder, ())
    return found
