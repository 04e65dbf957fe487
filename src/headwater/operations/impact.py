"""`headwater impact`: everything that a change touches, each with the path that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.changes import (
    Documents,
    ItemChange,
    begin_with,
    compare_documents,
    list_beginnings,
)
from headwater.graph.connections import are_connected_alike
from headwater.graph.impact import Effect, find_impact
from headwater.graph.network import ArcKind, NodeKind, connect_items
from headwater.graph.states import Change
from headwater.operations.checking.suspect_articles import find_suspects, list_citations
from headwater.operations.standing.connect import (
    connect_reading,
    find_node,
    list_test_files,
    list_written,
)
from headwater.operations.standing.lock_folder import read_lock
from headwater.operations.standing.past import read_past
from headwater.operations.standing.reading import LOCKS, read_repository
from headwater.spec.ids import split_ref
from headwater.spec.model import Place
from headwater.workspace.documents import read_documents
from headwater.workspace.files import read_file
from headwater.workspace.history import resolve_revision
from headwater.workspace.repository import open_repository
from headwater.workspace.snapshot import identify_content, list_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from headwater.graph.impact import Touched
    from headwater.graph.index import Index
    from headwater.graph.network import Arc, Network
    from headwater.operations.standing.lock_folder import Lock
    from headwater.operations.standing.reading import Reading
    from headwater.spec.model import Constitution
    from headwater.targets.interface import Target
    from headwater.workspace.kept_results import KeptResults
    from headwater.workspace.repository import Repository


@dataclass(frozen=True, kw_only=True, slots=True)
class PathStep:
    """A node on a path, and why the one before it touches it: `depends on its interface`."""

    node: str
    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TouchedNode:
    """Something that a change touches.

    Attributes:
        node: its ref, path or test name.
        kind: what it is.
        effect: what the change does to it.
        title: what it says or is called; empty for files and tests.
        gone: whether nothing in the documents asks for it any more, as something did before.
        path: a shortest way from what is changed, which comes first, to it, which comes last.
    """

    node: str
    kind: NodeKind
    effect: Effect
    title: str
    gone: bool
    path: tuple[PathStep, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ImpactReport:
    """What a change touches.

    Attributes:
        refs: what was asked for, in full.
        revision: the commit that the documents are compared with; empty when refs were asked for.
        changes: how documents differ from that commit.
        touched: everything that is touched, what is changed itself included; strongest effects
            first, near nodes before far ones.
    """

    refs: tuple[str, ...] = ()
    revision: str = ""
    changes: tuple[ItemChange, ...] = ()
    touched: tuple[TouchedNode, ...] = ()


def report_impact(
    path: Path,
    refs: Sequence[str],
    *,
    targets: Mapping[str, Target],
    kept: KeptResults | None = None,
    depth: int = 0,
) -> ImpactReport:
    """What a change of some items, their examples included, would touch.

    Args:
        path: a folder of the repository.
        refs: as `trace` takes them, files apart; a story stands for its scenarios too, a feature
            for all that is in it.
        targets: languages that can be derived for, by name.
        kept: results of earlier runs; None for none.
        depth: how many arcs a path may have; 0 for any number.

    Raises:
        HeadwaterError: there is no such ref, several have it, it is retired or a file.
    """
    repository = open_repository(path)
    reading, lock = _read(repository, targets=targets, kept=kept)
    network = connect_reading(reading, lock)
    found = [
        find_node(ref, reading=reading, network=network, repository=repository, folder=path)
        for ref in refs
    ]
    beginnings = [start for node in found for start in _list_beginnings(network, node)]
    touched = find_impact(network, beginnings, depth=depth)
    return ImpactReport(refs=tuple(found), touched=_describe(touched, reading.index))


def report_impact_since(
    path: Path,
    revision: str,
    *,
    targets: Mapping[str, Target],
    kept: KeptResults | None = None,
    depth: int = 0,
) -> ImpactReport:
    """What the documents mean differently from those of a revision, and what that touches.

    Args:
        path: a folder of the repository.
        revision: a commit, as git names it: `HEAD~1`, `main`.
        targets: languages that can be derived for, by name.
        kept: results of earlier runs; None for none.
        depth: how many arcs a path may have; 0 for any number.

    Raises:
        UsageError: git knows no such commit.
    """
    repository = open_repository(path)
    commit = resolve_revision(repository, revision)
    reading, lock = _read(repository, targets=targets, kept=kept)
    before, constitution = read_past(reading, repository=repository, commit=commit)
    now = Documents(index=reading.index, summaries=reading.summaries, units=reading.units)
    changes = (
        *_compare_policies(repository, reading, commit=commit),
        *compare_documents(before, now),
    )
    suspects = find_suspects(repository.root, reading.constitution, kept=kept)
    cited = ((one.source.passage.path, one.article.id) for one in suspects)
    present = connect_reading(reading, lock, citations=cited)
    alike = constitution == reading.constitution and are_connected_alike(before, now)
    past = None if alike else _connect_past(before, constitution, lock, targets=targets)
    touched = find_impact(present, list_beginnings(changes), past=past, depth=depth)
    return ImpactReport(
        revision=commit,
        changes=changes,
        touched=_describe(touched, reading.index, before=before.index, present=present),
    )


def _compare_policies(
    repository: Repository, reading: Reading, *, commit: str
) -> Iterator[ItemChange]:
    """Cited policies that are not as they were in a commit."""
    tree = list_tree(repository, commit)
    for path in dict.fromkeys(path for path, _ in list_citations(reading.constitution)):
        try:
            now = identify_content(repository, read_file(repository.root, path))
        except HeadwaterError:  # gone, or no file any more
            now = ""
        before = tree.get(path, "")
        if before != now:
            change = Change.CHANGED if before and now else Change.ADDED if now else Change.REMOVED
            place = Place(path=path, line=1)
            yield ItemChange(ref=path, kind=NodeKind.POLICY, change=change, place=place)


def _read(
    repository: Repository, *, targets: Mapping[str, Target], kept: KeptResults | None
) -> tuple[Reading, Lock]:
    reading = read_repository(repository.root, targets=targets, kept=kept)
    numbers = {summary.folder: summary.number for summary in reading.summaries.values()}
    return reading, read_lock(numbers, read_documents(repository.root, LOCKS))


def _connect_past(
    before: Documents,
    constitution: Constitution | None,
    lock: Lock,
    *,
    targets: Mapping[str, Target],
) -> Network:
    return connect_items(
        before.index,
        summaries=before.summaries.values(),
        constitution=constitution,
        units=(unit for units in before.units.values() for unit in units),
        written=list_written(lock),
        test_files=dict(list_test_files(before.summaries.values(), targets=targets)),
    )


def _list_beginnings(network: Network, node: str) -> Iterator[tuple[str, Effect]]:
    """Where a change of `node` begins: there, at its examples, and at what is part of it."""
    kind = network.kinds.get(node)
    if kind is None:  # a feature's number
        for other, found in network.kinds.items():
            if split_ref(other)[0] == node and found not in {NodeKind.FILE, NodeKind.TEST}:
                yield from _list_beginnings(network, other)
        return
    if kind is NodeKind.FILE:
        raise HeadwaterError(
            f"expected something that documents say, found the derived file {node}",
            hint=f"`headwater explain {node}` tells what it comes from.",
        )
    yield node, begin_with(kind)
    for test in network.targets(node, ArcKind.EXAMPLE):
        yield test, Effect.REGENERATED
    for scenario in network.targets(node, ArcKind.SCENARIO):
        yield from _list_beginnings(network, scenario)


def _describe(
    touched: Iterable[Touched],
    index: Index,
    *,
    before: Index | None = None,
    present: Network | None = None,
) -> tuple[TouchedNode, ...]:
    """Touched nodes with their titles; `before` and `present` tell what is there no more."""
    items = {**(before.items if before else {}), **index.items}
    steps: dict[Arc, PathStep] = {}
    return tuple(
        TouchedNode(
            node=one.node,
            kind=one.kind,
            effect=one.effect,
            title=items[one.node].title if one.node in items else "",
            gone=present is not None
            and (one.node not in present.kinds or _is_retired(one.node, index)),
            path=tuple(_list_steps(one, steps)),
        )
        for one in touched
    )


def _is_retired(node: str, index: Index) -> bool:
    return node in index.components and index.is_retired(node)


def _list_steps(touched: Touched, steps: dict[Arc, PathStep]) -> Iterator[PathStep]:
    """The path as nodes; `steps` keeps one value for every arc, since many paths share them."""
    yield PathStep(node=touched.path[0].source if touched.path else touched.node, because="")
    for arc in touched.path:
        if arc not in steps:
            steps[arc] = PathStep(node=arc.target, because=arc.kind.value)
        yield steps[arc]
