"""Every item of the documents by its ref, and the edges between them, gathered in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from headwater.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.graph.summary import FeatureSummary


class ItemKind(Enum):
    """What a ref names."""

    ARTICLE = "article"
    STORY = "story"
    SCENARIO = "scenario"
    REQUIREMENT = "requirement"
    CRITERION = "criterion"
    DECISION = "decision"
    COMPONENT = "component"
    TASK = "task"


class Edge(Enum):
    """What the text of an item says of another; components have fields of their own for it."""

    REFINES = "refines"
    CHANGES = "changes"
    MENTIONS = "mentions"
    SERVES = "serves"
    BINDS = "binds"
    NAMES = "names"
    NEEDS = "needs"


class Link(NamedTuple):
    """One edge to the item with this ref. A task binds what it works on and needs other tasks.

    It also names the story that it belongs to, and files by their paths. `base` is the digest that
    a changed requirement had when the change was written, where that is said.
    """

    edge: Edge
    ref: str
    base: str = ""


class Item(NamedTuple):
    """One thing that has a ref. A tuple, since a project may have a hundred thousand.

    `feature` is its feature's number, empty for articles; `digest` is that of its prose (for a
    component of its whole section); `title` is its text's first line, cut short. `text` is what a
    requirement or a scenario says, in normal form on one line; empty for what is not shown whole.
    """

    ref: str
    kind: ItemKind
    feature: str
    digest: str
    title: str
    path: str
    line: int
    column: int
    retired: bool = False
    text: str = ""
    links: tuple[Link, ...] = ()

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(path=self.path, line=self.line, column=self.column)

    def linked(self, edge: Edge) -> tuple[str, ...]:
        """The refs at the other end of its edges of one kind."""
        return tuple([link.ref for link in self.links if link.edge is edge])


class PlannedComponent(NamedTuple):
    """A component of a plan, as the rest of the project needs to know it.

    Attributes:
        ref: `001/C1`.
        feature: the number of its feature.
        name: from its heading.
        files: from **File** or **Files**.
        implements: refs; a story that it implements stands there with all of its scenarios.
        depends_on: refs.
        commands: what the first word of a Run row starts.
        section: digest of its section with the interface by its syntax.
        offer: digest of what it offers to others: its interface, and from which file.
        interface: digest of its interface block.
        declares: the names that its interface declares.
    """

    ref: str
    feature: str
    name: str
    files: tuple[str, ...]
    implements: tuple[str, ...]
    depends_on: tuple[str, ...]
    commands: tuple[str, ...]
    section: str
    offer: str
    interface: str
    declares: tuple[str, ...]
    path: str
    line: int
    column: int

    @property
    def id(self) -> str:
        """`C1`."""
        return self.ref.rpartition("/")[2]

    @property
    def place(self) -> Place:
        """Where its heading stands."""
        return Place(path=self.path, line=self.line, column=self.column)


@dataclass(frozen=True, kw_only=True, slots=True)
class Index:
    """The documents' items and edges. Where an id stands twice, the first one counts.

    Attributes:
        items: every item, by ref, in document order.
        components: those of every plan, by ref.
        implementers: ref to the components that implement it.
        dependencies: component to the components that it depends on directly.
        plans: numbers of the features that have a plan, to the refs of its components.
    """

    items: Mapping[str, Item]
    components: Mapping[str, PlannedComponent]
    implementers: Mapping[str, tuple[str, ...]]
    dependencies: Mapping[str, tuple[str, ...]]
    plans: Mapping[str, tuple[str, ...]]

    def live_refs(self, component: str) -> tuple[str, ...]:
        """What `component` implements that exists and is not retired."""
        found = (self.items.get(ref) for ref in self.components[component].implements)
        return tuple(item.ref for item in found if item is not None and not item.retired)

    def is_retired(self, component: str) -> bool:
        """Whether `component` implements something, and all of it is retired."""
        refs = self.components[component].implements
        items = [self.items.get(ref) for ref in refs]
        return bool(items) and all(item is not None and item.retired for item in items)


def index_summaries(articles: Iterable[Item], summaries: Iterable[FeatureSummary]) -> Index:
    """Index the articles of the constitution and all features, in their order."""
    items: dict[str, Item] = {item.ref: item for item in articles}
    components: dict[str, PlannedComponent] = {}
    plans: dict[str, tuple[str, ...]] = {}
    for summary in summaries:
        for item in summary.items:
            items.setdefault(item.ref, item)
        for planned in summary.components:
            components.setdefault(planned.ref, planned)
        if summary.has_plan:
            plans[summary.number] = tuple(dict.fromkeys(c.ref for c in summary.components))
    _spread_stories(components, items)
    implementers: dict[str, list[str]] = {}
    for planned in components.values():
        for ref in planned.implements:
            implementers.setdefault(ref, []).append(planned.ref)
    return Index(
        items=items,
        components=components,
        implementers={ref: tuple(refs) for ref, refs in implementers.items()},
        dependencies={planned.ref: planned.depends_on for planned in components.values()},
        plans=plans,
    )


def _spread_stories(components: dict[str, PlannedComponent], items: Mapping[str, Item]) -> None:
    """Let a component that implements a story implement the story's scenarios too."""
    scenarios: dict[str, list[str]] = {}
    for item in items.values():
        if item.kind is ItemKind.SCENARIO:
            scenarios.setdefault(item.ref.rpartition(".")[0], []).append(item.ref)
    for planned in components.values():
        if any(ref in scenarios for ref in planned.implements):
            whole = (part for ref in planned.implements for part in (ref, *scenarios.get(ref, ())))
            components[planned.ref] = planned._replace(implements=tuple(dict.fromkeys(whole)))
