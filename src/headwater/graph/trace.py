"""From requirements to what came of them, and from anything that came of them back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.graph.index import ItemKind
from headwater.graph.network import ArcKind, NodeKind, name_test
from headwater.graph.states import State
from headwater.spec.ids import split_ref

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from headwater.graph.index import Index, Item
    from headwater.graph.lock import WrittenRecord
    from headwater.graph.network import Network
    from headwater.graph.states import ComponentState
    from headwater.graph.units import AnyUnit

_TRACED = frozenset({ItemKind.REQUIREMENT, ItemKind.SCENARIO})
_HOLDS = frozenset({State.FRESH, State.UPGRADEABLE})
# Network that lead from what came of a requirement back to it.
_UPWARD = (
    *(ArcKind.SERVES, ArcKind.IMPLEMENTS, ArcKind.NAMES, ArcKind.FILE),
    *(ArcKind.HOLDS, ArcKind.EXAMPLE, ArcKind.WRITTEN),
)
_SOURCES = frozenset({NodeKind.REQUIREMENT, NodeKind.SCENARIO, NodeKind.STORY})


class Coverage(Enum):
    """What a requirement has come to, worst first."""

    UNIMPLEMENTED = "no component implements it"
    UNTESTED = "no test verifies it"
    PENDING = "not built and verified as it stands"
    VERIFIED = "verified"


@dataclass(frozen=True, kw_only=True, slots=True)
class TracedTest:
    """A test of a ref.

    Attributes:
        key: its name in the feature, `FR-001-1f9a03c2`.
        by_model: whether a model wrote it from prose.
        file: the file that it is emitted into; empty when unknown.
        passed: whether it passed with everything that it judges as it stands now.
    """

    key: str
    by_model: bool = False
    file: str = ""
    passed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TraceRow:
    """One requirement or scenario, and everything derived from it.

    `components` are those that implement it, or, for a scenario that none names, those that its
    tests touch; `files` are the files that their plan names; `tasks` those that name it, its
    story, one of its components, or a file of one.
    """

    ref: str
    kind: ItemKind
    decisions: tuple[str, ...]
    components: tuple[str, ...]
    tasks: tuple[str, ...]
    files: tuple[str, ...]
    tests: tuple[TracedTest, ...]
    coverage: Coverage


def trace_refs(
    index: Index,
    *,
    network: Network,
    units: Iterable[AnyUnit],
    written: Iterable[WrittenRecord],
    states: Mapping[str, ComponentState],
    ref: str = "",
) -> list[TraceRow]:
    """A row for every requirement and scenario that is not retired, uncovered ones first.

    Args:
        index: of the project.
        network: of the project.
        units: every test made from examples.
        written: every test that a model wrote, from all records.
        states: of every component.
        ref: only rows that this node of the graph comes from: a requirement or scenario itself,
            a story's scenarios, a feature's rows (`001`), what a decision serves, a component
            implements or is touched by, a task names or is bound to, a file or test was derived
            for, or what has components in an article's scope. Empty for every row.
    """
    tracer = _Tracer(index=index, network=network, states=states)
    for unit in units:
        tracer.add_test(unit.ref, unit.key, unit.touches, by_model=False)
    for record in written:
        tracer.add_test(record.ref, record.key, record.touches, by_model=True)
    wanted = find_origins(network, ref) if ref else ()
    rows = [
        tracer.make_row(item)
        for item in index.items.values()
        if item.kind in _TRACED
        and not item.retired
        and (not ref or _concerns(wanted, item, tracer.find_components(item.ref)))
    ]
    worst_first = {coverage: number for number, coverage in enumerate(Coverage)}
    return sorted(rows, key=lambda row: worst_first[row.coverage])


def find_origins(network: Network, node: str) -> frozenset[str]:
    """The node, and all that it came from: components, stories, scenarios and requirements.

    The walk ends at requirements; an article's begins at the components in its scope.
    """
    seen = {node: None, **dict.fromkeys(network.targets(node, ArcKind.CONSTRAINS))}
    queue = list(seen)
    for one in queue:
        if network.kinds.get(one) in _SOURCES:
            continue
        for source in network.sources(one, *_UPWARD):
            if source not in seen:
                seen[source] = None
                queue.append(source)
    return frozenset(seen)


class _Tracer:
    def __init__(
        self, *, index: Index, network: Network, states: Mapping[str, ComponentState]
    ) -> None:
        self._index = index
        self._network = network
        self._holding = {ref for ref, found in states.items() if found.state in _HOLDS}
        self._tests: dict[str, list[TracedTest]] = {}
        self._touched: dict[str, dict[str, None]] = {}

    def add_test(self, ref: str, key: str, touches: Sequence[str], *, by_model: bool) -> None:
        """Note a test of a ref."""
        files = self._network.targets(name_test(ref, key), ArcKind.HOLDS)
        test = TracedTest(
            key=key,
            by_model=by_model,
            file=files[0] if files else "",
            passed=bool(touches) and self._holding.issuperset(touches),
        )
        self._tests.setdefault(ref, []).append(test)
        self._touched.setdefault(ref, {}).update(dict.fromkeys(touches))

    def find_components(self, ref: str) -> tuple[str, ...]:
        """Those that implement a ref; else those that its tests touch."""
        return self._index.implementers.get(ref) or tuple(self._touched.get(ref, ()))

    def make_row(self, item: Item) -> TraceRow:
        """The row of a requirement or scenario."""
        components = self.find_components(item.ref)
        planned = (self._index.components.get(ref) for ref in components)
        files = _unique(path for each in planned if each for path in each.files)
        story = self._network.sources(item.ref, ArcKind.SCENARIO)
        return TraceRow(
            ref=item.ref,
            kind=item.kind,
            decisions=self._list_targets((item.ref,), ArcKind.SERVES),
            components=components,
            tasks=self._list_targets((item.ref, *story, *components, *files), ArcKind.NAMES),
            files=files,
            tests=tuple(self._tests.get(item.ref, ())),
            coverage=self._judge(item.ref, components),
        )

    def _list_targets(self, nodes: Iterable[str], kind: ArcKind) -> tuple[str, ...]:
        return _unique(target for node in nodes for target in self._network.targets(node, kind))

    def _judge(self, ref: str, components: Sequence[str]) -> Coverage:
        if not components:
            return Coverage.UNIMPLEMENTED
        if ref not in self._tests:
            return Coverage.UNTESTED
        return Coverage.VERIFIED if self._holding.issuperset(components) else Coverage.PENDING


def _concerns(wanted: Collection[str], item: Item, components: Sequence[str]) -> bool:
    """Whether an item, its story, its feature or one of its components is wanted."""
    story = item.ref.rpartition(".")[0] if item.kind is ItemKind.SCENARIO else ""
    names = {item.ref, story, split_ref(item.ref)[0], *components}
    return not names.isdisjoint(wanted)


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
