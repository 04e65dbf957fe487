"""The documents of a repository as a commit has them; only features that differ are read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.changes import Documents
from headwater.graph.index import index_summaries
from headwater.graph.summary import list_articles, summarise_feature
from headwater.operations.standing.foreign import gather_foreign, list_formats_of, read_any_feature
from headwater.operations.standing.library import FeatureLibrary, digest_needs
from headwater.operations.standing.reading import ALL_DOCUMENTS
from headwater.paths import matches_any
from headwater.spec.read_project import find_folders, read_project_constitution
from headwater.workspace.snapshot import identify_content, list_tree, read_contents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.operations.standing.reading import Reading
    from headwater.spec.model import Constitution
    from headwater.workspace.repository import Repository


def read_past(
    reading: Reading, *, repository: Repository, commit: str
) -> tuple[Documents, Constitution | None]:
    """What the documents said in a commit.

    A feature that says the same as now is given as the very same values.

    Args:
        reading: the documents as they are now.
        repository: where they lie.
        commit: its id.
    """
    documents = _read_documents(reading.documents, repository=repository, commit=commit)
    constitution, _ = read_project_constitution(documents)
    folders, _ = find_folders(documents)
    foreign = gather_foreign(documents, formats=list_formats_of(documents), native=folders)
    folders += foreign.folders
    library = FeatureLibrary(folders, read=read_any_feature, targets=reading.targets, kept=None)
    summaries = {}
    same = set()
    for folder in folders:
        number = folder.number
        if number in reading.summaries and library.key(number) == reading.library.key(number):
            summaries[number] = reading.summaries[number]
            same.add(number)
        else:
            loaded = library.load(number)
            summaries[number] = summarise_feature(loaded.feature, interfaces=loaded.interfaces)
    principles = (*([constitution] if constitution else []), *foreign.guidance)
    articles = (item for one in principles for item in list_articles(one))
    index = index_summaries(articles, summaries.values())
    now = digest_needs(reading.index)
    then = now if index.components == reading.index.components else digest_needs(index)
    units = {
        number: reading.units[number]
        if number in same and then.get(number) == now.get(number)
        else library.list_units(number, index=index)
        for number in summaries
    }
    return Documents(index=index, summaries=summaries, units=units), constitution


def _read_documents(
    present: Mapping[str, bytes], *, repository: Repository, commit: str
) -> dict[str, bytes]:
    """The documents of a commit; git is asked only for those that are not the same now."""
    tree = list_tree(repository, commit)
    foreign = (pattern for one in list_formats_of(tree) for pattern in one.patterns)
    patterns = (*ALL_DOCUMENTS, *foreign)
    listed = {path: name for path, name in tree.items() if matches_any(path, patterns)}
    same = {
        path
        for path, data in present.items()
        if listed.get(path) == identify_content(repository, data)
    }
    others = {path: name for path, name in listed.items() if path not in same}
    read = dict(zip(others, read_contents(repository, others.values()), strict=True))
    return {path: present[path] if path in same else read[path] for path in listed}
