"""How the documents of commits differ in meaning from those of their parents."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from headwater.graph.changes import Documents, compare_documents
from headwater.graph.index import index_summaries
from headwater.graph.make_units import make_units
from headwater.graph.summary import list_articles
from headwater.graph.summary_codec import decode_summary, decode_units, encode_summary, encode_units
from headwater.graph.units import summarise_unit
from headwater.operations.library import FeatureLibrary, combine
from headwater.spec.read_project import (
    CONSTITUTION_PATH,
    DOCUMENT_NAMES,
    find_folders,
    read_feature,
    read_project_constitution,
)
from headwater.workspace.snapshot import read_contents
from headwater.workspace.trees import read_trees

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from headwater.graph.changes import ItemChange
    from headwater.graph.index import Item
    from headwater.graph.summary import FeatureSummary
    from headwater.graph.units import UnitSummary
    from headwater.spec.read_project import FeatureFolder
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults
    from headwater.workspace.repository import Repository
    from headwater.workspace.walk import WalkedCommit

_DOCUMENT = re.compile(rf"(specs/[^/]+)/(?:{'|'.join(map(re.escape, DOCUMENT_NAMES))})")
_CONSTITUTION_FOLDER, _, _CONSTITUTION_NAME = CONSTITUTION_PATH.rpartition("/")


class _Version(NamedTuple):
    """Documents of one folder as one or many commits have them: their names and contents' ids."""

    folder: str
    contents: tuple[tuple[str, str], ...]

    @property
    def paths(self) -> dict[str, str]:
        """Path of every document, to the id of its content."""
        return {f"{self.folder}/{name}": content for name, content in self.contents}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """What one version says: the articles of a constitution, or a feature and its examples."""

    articles: tuple[Item, ...] = ()
    summary: FeatureSummary | None = None
    examples: tuple[UnitSummary, ...] = ()


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
    read = _read_versions(repository, set(versions.values()), targets=targets, kept=kept)
    found = {}
    for one in commits:
        folders = touched[one.commit.id]
        now, *parents = (
            _join(read[versions[name, folder]] for folder in folders)
            for name in (one.commit.id, *(one.commit.parents or ("",)))
        )
        found[one.commit.id] = tuple(_compare(now, parents))
    return found


def _join(parts: Iterable[_Said]) -> Documents:
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
) -> dict[tuple[str, str], _Version]:
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
    found: dict[tuple[str, str], _Version] = {}
    for (name, folder), tree in zip(wanted, trees, strict=True):
        names = (_CONSTITUTION_NAME,) if folder == _CONSTITUTION_FOLDER else DOCUMENT_NAMES
        contents = [
            (document, tree[document].object)
            for document in names
            if document in tree and tree[document].mode.startswith("100")
        ]
        found[name, folder] = _Version(folder, tuple(contents))
        found["", folder] = _Version(folder, ())
    return found


def _read_versions(
    repository: Repository,
    versions: Iterable[_Version],
    *,
    targets: Mapping[str, Target],
    kept: KeptResults | None,
) -> dict[_Version, _Said]:
    versions = sorted(versions)
    names = list(dict.fromkeys(name for version in versions for _, name in version.contents))
    contents = dict(zip(names, read_contents(repository, names), strict=True))
    folders: dict[_Version, FeatureFolder] = {}
    said: dict[_Version, _Said] = {}
    for version in versions:
        documents = {path: contents[name] for path, name in version.paths.items()}
        found, _ = find_folders(documents)
        if found:
            folders[version] = found[0]
        else:
            constitution, _ = read_project_constitution(documents)
            said[version] = _Said(articles=tuple(list_articles(constitution)))
    return said | _read_features(folders, targets=targets, kept=kept)


def _read_features(
    folders: Mapping[_Version, FeatureFolder],
    *,
    targets: Mapping[str, Target],
    kept: KeptResults | None,
) -> dict[_Version, _Said]:
    """Features by themselves: what stands in other features plays no part in what they say."""
    # Versions of one feature share its number, so each has a library, and none keeps anything.
    libraries = {
        str(number): FeatureLibrary([folder], read=read_feature, targets=targets, kept=None)
        for number, folder in enumerate(folders.values())
    }
    features = dict(zip(libraries, (one.number for one in folders.values()), strict=True))
    keys = {name: library.key(features[name]) for name, library in libraries.items()}

    def make_summary(name: str) -> tuple[FeatureSummary, tuple[()]]:
        ((summary, _),) = libraries[name].summarise()
        return summary, ()

    def make_examples(name: str) -> tuple[tuple[UnitSummary, ...], tuple[()]]:
        # Without a plan and an index nothing is looked up: an example is what its row says.
        bare = replace(libraries[name].load(features[name]).feature, plan=None)
        units, _ = make_units(bare, index=index_summaries((), ()), interfaces={})
        return tuple(map(summarise_unit, units)), ()

    recall = FeatureLibrary((), read=read_feature, targets=targets, kept=kept).recall
    summaries = recall(
        {name: combine(b"logged summary", key) for name, key in keys.items()},
        make=make_summary,
        encode=lambda made: encode_summary(*made),
        decode=decode_summary,
    )
    examples = recall(
        {name: combine(b"logged examples", key) for name, key in keys.items()},
        make=make_examples,
        encode=lambda made: encode_units(*made),
        decode=decode_units,
    )
    return {
        version: _Said(summary=summary, examples=units)
        for version, (summary, _), (units, _) in zip(folders, summaries, examples, strict=True)
    }
