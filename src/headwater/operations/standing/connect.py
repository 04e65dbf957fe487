"""The graph of a repository, and the nodes in it that a person means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.network import connect_items
from headwater.graph.scope import suggest_names
from headwater.operations.checking.suspect_articles import list_citations
from headwater.operations.standing.locate import locate_path
from headwater.spec.ids import split_ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from headwater.graph.lock import WrittenRecord
    from headwater.graph.network import Network
    from headwater.graph.summary import FeatureSummary
    from headwater.operations.standing.lock_folder import Lock
    from headwater.operations.standing.reading import Reading
    from headwater.targets.interface import Target
    from headwater.workspace.repository import Repository

# What a test runner calls a test: `tests/001_wallet/test_c1.py::test_fr_001[FR-001-1f9a03c2]`.
_RUNNER_NAME = r"(?P<file>[^:]+)::[^\[]*(?:\[(?P<key>[^\]]+)\])?"


def connect_reading(
    reading: Reading, lock: Lock, *, citations: Iterable[tuple[str, str]] | None = None
) -> Network:
    """The graph of the documents as read, with the tests that the lock records.

    Args:
        reading: the documents.
        lock: what was recorded.
        citations: policies with the articles that cite them; all there are when None.
    """
    if citations is None:
        citations = list_citations(reading.constitution)
    return connect_items(
        reading.index,
        summaries=reading.summaries.values(),
        constitution=reading.constitution,
        units=reading.all_units,
        written=list_written(lock),
        test_files=dict(list_test_files(reading.summaries.values(), targets=reading.targets)),
        citations=citations,
    )


def list_written(lock: Lock) -> Iterator[WrittenRecord]:
    """Every test that a model wrote from prose and that the lock holds."""
    for component in lock.records.values():
        yield from component.written
    for number in lock.features:
        feature = lock.find_feature(number)
        yield from feature.written if feature else ()


def list_test_files(
    summaries: Iterable[FeatureSummary], *, targets: Mapping[str, Target]
) -> Iterator[tuple[str, str]]:
    """Where tests go: of every component by its ref, of every feature by its number."""
    for summary in summaries:
        target = targets.get(summary.target)
        if target is None:
            continue
        name = summary.folder.rpartition("/")[2]
        yield summary.number, target.test_path(name, "")
        for planned in summary.components:
            yield planned.ref, target.test_path(name, planned.id)


def find_node(
    given: str, *, reading: Reading, network: Network, repository: Repository, folder: Path
) -> str:
    """The node that a person means, or the number of a feature.

    Args:
        given: a feature's number or folder, a ref, an id that only one feature has, a path
            (relative to `folder`), a test by its key or by its runner's name.
        reading: the documents.
        network: their graph.
        repository: where they lie.
        folder: where the person works.

    Raises:
        HeadwaterError: there is no such node, or there are several, or it is retired.
    """
    for feature in reading.summaries.values():
        if given in {feature.number, feature.slug, feature.folder.rpartition("/")[2]}:
            return feature.number
    for name in _spell(given, repository=repository, folder=folder):
        if name in network.kinds:
            return name
        matching = [node for node in network.kinds if split_ref(node)[1] == name]
        if len(matching) == 1:
            return matching[0]
        if matching:
            raise HeadwaterError(
                f"`{given}` stands in several features",
                hint=f"Choose one of: {', '.join(matching)}.",
            )
    _refuse_retired(given, reading)
    raise HeadwaterError(
        f"there is no `{given}` in any document, plan or lock",
        hint=suggest_names(given, network.kinds)
        or "Name a ref such as 001/FR-003, a planned file, or a test.",
    )


def _spell(given: str, *, repository: Repository, folder: Path) -> Iterator[str]:
    """The names in the graph that `given` may stand for, likeliest first."""
    yield given
    runner = re.fullmatch(_RUNNER_NAME, given)
    if runner:
        yield runner["key"] or runner["file"]
    elif "/" in given or "." in given:
        try:
            yield locate_path(repository, folder / given)
        except HeadwaterError:
            return  # a path out of the repository names no node either


def _refuse_retired(given: str, reading: Reading) -> None:
    for item in reading.index.items.values():
        if item.retired and given in {item.ref, split_ref(item.ref)[1]}:
            raise HeadwaterError(
                f"{item.place}: `{item.ref}` is retired, so nothing is derived from it",
                hint="`git log` tells what was.",
            )
