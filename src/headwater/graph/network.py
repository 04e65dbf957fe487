"""One graph of everything that has a name: items, tests, files; and why one touches another.

An arc leads from what is changed to what is then touched. Nodes are named as a person names them:
`001/FR-003`, `001/FR-003-1f9a03c2` (a test), `001/plan Target` (a field of a plan's Technical
Context), `src/wallet/ledger.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from headwater.graph.index import Edge, ItemKind
from headwater.graph.sources import list_counting
from headwater.paths import matches_glob
from headwater.spec.ids import qualify, split_ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.graph.index import Index, Item
    from headwater.graph.lock import WrittenRecord
    from headwater.graph.summary import FeatureSummary
    from headwater.graph.units import AnyUnit
    from headwater.spec.model import Constitution


class NodeKind(Enum):
    """What a node is; those of documents have the names of `ItemKind`."""

    POLICY = "policy"
    ARTICLE = "article"
    STORY = "story"
    SCENARIO = "scenario"
    REQUIREMENT = "requirement"
    CRITERION = "criterion"
    DECISION = "decision"
    CONTEXT = "plan context"
    COMPONENT = "component"
    TASK = "task"
    FILE = "file"
    TEST = "test"


class ArcKind(Enum):
    """Why the second node of an arc is touched by the first, as words about the second."""

    SCENARIO = "is a scenario of it"
    REFINES = "refines it"
    MENTIONS = "mentions it"
    CHANGES = "changes it"
    SERVES = "serves it"
    DECIDES = "follows it"
    IMPLEMENTS = "implements it"
    SOURCE = "cites it"
    CONSTRAINS = "is in its scope"
    CONTEXT = "is derived under it"
    DEPENDS = "depends on its interface"
    NAMES = "names it"
    EXAMPLE = "is an example of it"
    WRITTEN = "is written from its prose"
    COUNTS = "has it as a source"
    JUDGES = "judges it"
    FILE = "is derived for it"
    HOLDS = "holds it"


_KINDS = {kind: NodeKind(kind.value) for kind in ItemKind}
# What an item says of others, told from the others' side.
_SAID = {
    Edge.REFINES: ArcKind.REFINES,
    Edge.CHANGES: ArcKind.CHANGES,
    Edge.MENTIONS: ArcKind.MENTIONS,
    Edge.SERVES: ArcKind.SERVES,
    Edge.BINDS: ArcKind.NAMES,
    Edge.NAMES: ArcKind.NAMES,
}


class Arc(NamedTuple):
    """From what is changed (`source`) to what that touches (`target`)."""

    source: str
    target: str
    kind: ArcKind


@dataclass(kw_only=True, slots=True)
class Network:
    """The graph: what each node is, and the arcs that leave and reach it, in document order."""

    kinds: dict[str, NodeKind] = field(default_factory=dict)
    onward: dict[str, list[Arc]] = field(default_factory=dict)
    back: dict[str, list[Arc]] = field(default_factory=dict)

    def add(self, source: str, target: str, kind: ArcKind) -> None:
        """Add an arc between two nodes; one of a node that is not there is left out."""
        if source in self.kinds and target in self.kinds and source != target:
            arc = Arc(source, target, kind)
            self.onward.setdefault(source, []).append(arc)
            self.back.setdefault(target, []).append(arc)

    def targets(self, node: str, *kinds: ArcKind) -> list[str]:
        """What `node` touches by arcs of these kinds."""
        return [arc.target for arc in self.onward.get(node, ()) if arc.kind in kinds]

    def sources(self, node: str, *kinds: ArcKind) -> list[str]:
        """What touches `node` by arcs of these kinds."""
        return [arc.source for arc in self.back.get(node, ()) if arc.kind in kinds]


def name_test(ref: str, key: str) -> str:
    """The node of the test `FR-003-1f9a03c2` of `001/FR-003`: `001/FR-003-1f9a03c2`."""
    return qualify(key, feature=split_ref(ref)[0])


def connect_items(
    index: Index,
    *,
    summaries: Iterable[FeatureSummary] = (),
    constitution: Constitution | None = None,
    units: Iterable[AnyUnit] = (),
    written: Iterable[WrittenRecord] = (),
    test_files: Mapping[str, str] | None = None,
    citations: Iterable[tuple[str, str]] = (),
) -> Network:
    """The graph of a project.

    Args:
        index: of the project.
        summaries: of its features, for the fields of their plans' Technical Context.
        constitution: for the scopes of its articles.
        units: every test made from examples.
        written: every test that a model wrote, from all records.
        test_files: where tests go: of a component, by its ref; of a feature, by its number.
        citations: the policies that articles cite, each by its path with the id of the article.
    """
    network = Network()
    for item in index.items.values():
        if not item.retired:
            network.kinds[item.ref] = _KINDS[item.kind]
    _connect_components(network, index)
    for item in index.items.values():
        _connect_item(network, item)
    for summary in summaries:
        _connect_context(network, summary)
    for unit in units:
        test = _add_test(network, unit.ref, unit.key, ArcKind.EXAMPLE)
        for component in list_counting(unit, index=index):
            network.add(test, component, ArcKind.COUNTS)
        _judge(network, test, unit.touches, owner=unit.owner, files=test_files or {})
    for record in written:
        test = _add_test(network, record.ref, record.key, ArcKind.WRITTEN)
        owner = record.touches[0] if len(record.touches) == 1 else ""
        _judge(network, test, record.touches, owner=owner, files=test_files or {})
    _connect_articles(network, constitution, index)
    for path, article in citations:
        network.kinds.setdefault(path, NodeKind.POLICY)
        network.add(path, f"article/{article}", ArcKind.SOURCE)
    return network


def _connect_components(network: Network, index: Index) -> None:
    for planned in index.components.values():
        for path in planned.files:
            network.kinds.setdefault(path, NodeKind.FILE)
            network.add(planned.ref, path, ArcKind.FILE)
        for ref in planned.implements:
            network.add(ref, planned.ref, ArcKind.IMPLEMENTS)
        for needed in planned.depends_on:
            network.add(needed, planned.ref, ArcKind.DEPENDS)


def _connect_item(network: Network, item: Item) -> None:
    if item.kind is ItemKind.SCENARIO:
        network.add(item.ref.rpartition(".")[0], item.ref, ArcKind.SCENARIO)
    said: set[str] = set()
    for edge, ref, _ in item.links:
        kind = _SAID.get(edge)
        if kind is None or ref in said:
            continue
        said.add(ref)
        network.add(ref, item.ref, kind)
        if kind is ArcKind.SERVES:
            for component in network.targets(ref, ArcKind.IMPLEMENTS):
                network.add(item.ref, component, ArcKind.DECIDES)


def _connect_context(network: Network, summary: FeatureSummary) -> None:
    for name in summary.context:
        network.kinds[name] = NodeKind.CONTEXT
        for planned in summary.components:
            network.add(name, planned.ref, ArcKind.CONTEXT)


def _add_test(network: Network, ref: str, key: str, kind: ArcKind) -> str:
    test = name_test(ref, key)
    network.kinds[test] = NodeKind.TEST
    network.add(ref, test, kind)
    return test


def _judge(
    network: Network, test: str, touches: Iterable[str], *, owner: str, files: Mapping[str, str]
) -> None:
    """Connect a test with what it judges (its owner, else all that it touches) and its file."""
    for component in (owner,) if owner else touches:
        network.add(component, test, ArcKind.JUDGES)
    path = files.get(owner or split_ref(test)[0])
    if path:
        network.kinds.setdefault(path, NodeKind.FILE)
        network.add(test, path, ArcKind.HOLDS)


def _connect_articles(network: Network, constitution: Constitution | None, index: Index) -> None:
    for article in constitution.articles if constitution else ():
        scopes = {check.scope for check in article.checks}
        for planned in index.components.values() if scopes else ():
            if any(matches_glob(path, scope) for scope in scopes for path in planned.files):
                network.add(f"article/{article.id}", planned.ref, ArcKind.CONSTRAINS)
