"""Every item of the documents by its ref, and the edges between them, gathered in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.spec.ids import qualify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.spec.examples import ExampleTable
    from headwater.spec.model import Component, Feature, Place, Project


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One thing that has a ref. `feature` is its feature's number, empty for articles."""

    ref: str
    kind: ItemKind
    feature: str
    text: str
    place: Place
    retired: bool = False
    tables: tuple[ExampleTable, ...] = ()

    @property
    def steps(self) -> bool:
        """Whether the order of its bullet points counts, as in a scenario."""
        return self.kind in {ItemKind.STORY, ItemKind.SCENARIO}


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedComponent:
    """A component with its ref and, as refs, what it implements and depends on.

    A story that it implements stands there with all of its scenarios.
    """

    ref: str
    feature: str
    component: Component
    implements: tuple[str, ...]
    depends_on: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Index:
    """The documents' items and edges. Where an id stands twice, the first one counts.

    Attributes:
        items: every item, by ref, in document order.
        components: those of every plan, by ref.
        implementers: ref to the components that implement it.
        dependencies: component to the components that it depends on directly.
        plans: numbers of the features that have a plan.
    """

    items: Mapping[str, Item]
    components: Mapping[str, PlannedComponent]
    implementers: Mapping[str, tuple[str, ...]]
    dependencies: Mapping[str, tuple[str, ...]]
    plans: frozenset[str]

    def live_refs(self, component: str) -> tuple[str, ...]:
        """What `component` implements that exists and is not retired."""
        found = (self.items.get(ref) for ref in self.components[component].implements)
        return tuple(item.ref for item in found if item is not None and not item.retired)

    def is_retired(self, component: str) -> bool:
        """Whether `component` implements something, and all of it is retired."""
        refs = self.components[component].implements
        items = [self.items.get(ref) for ref in refs]
        return bool(items) and all(item is not None and item.retired for item in items)


def index_project(project: Project) -> Index:
    """Index every document of a project."""
    items: dict[str, Item] = {}
    for item in list_items(project):
        items.setdefault(item.ref, item)
    scenarios = _group_scenarios(items)
    components: dict[str, PlannedComponent] = {}
    for feature in project.features:
        for component in feature.plan.components if feature.plan else ():
            planned = _plan_component(component, feature=feature, scenarios=scenarios)
            components.setdefault(planned.ref, planned)
    implementers: dict[str, list[str]] = {}
    for planned in components.values():
        for ref in planned.implements:
            implementers.setdefault(ref, []).append(planned.ref)
    return Index(
        items=items,
        components=components,
        implementers={ref: tuple(refs) for ref, refs in implementers.items()},
        dependencies={planned.ref: planned.depends_on for planned in components.values()},
        plans=frozenset(feature.number for feature in project.features if feature.plan),
    )


def list_items(project: Project) -> Iterator[Item]:
    """Every item in document order; an id that stands twice comes twice."""
    if project.constitution:
        for article in project.constitution.articles:
            yield Item(
                ref=f"article/{article.id}",
                kind=ItemKind.ARTICLE,
                feature="",
                text=article.text,
                place=article.place,
            )
    for feature in project.features:
        yield from list_feature_items(feature)


def list_feature_items(feature: Feature) -> Iterator[Item]:
    """The items of one feature: its spec's, then its plan's, then its tasks."""
    number = feature.number
    yield from _list_spec_items(feature)
    found: list[tuple[ItemKind, str, str, Place]] = []
    if feature.plan:
        found += [(ItemKind.DECISION, d.id, d.text, d.place) for d in feature.plan.decisions]
        found += [(ItemKind.COMPONENT, c.id, c.text, c.place) for c in feature.plan.components]
    if feature.tasks:
        found += [(ItemKind.TASK, task.id, task.text, task.place) for task in feature.tasks.tasks]
    for kind, local, text, place in found:
        ref = qualify(local, feature=number)
        yield Item(ref=ref, kind=kind, feature=number, text=text, place=place)


def _list_spec_items(feature: Feature) -> Iterator[Item]:
    spec, number = feature.spec, feature.number
    if spec is None:
        return
    for story in spec.stories:
        yield Item(
            ref=qualify(story.id, feature=number),
            kind=ItemKind.STORY,
            feature=number,
            text=story.text,
            place=story.place,
            tables=story.tables,
        )
        for scenario in story.scenarios:
            yield Item(
                ref=qualify(scenario.id, feature=number),
                kind=ItemKind.SCENARIO,
                feature=number,
                text=scenario.text,
                place=scenario.place,
                tables=scenario.tables,
            )
    for requirement in spec.requirements:
        yield Item(
            ref=qualify(requirement.id, feature=number),
            kind=ItemKind.REQUIREMENT,
            feature=number,
            text=requirement.text,
            place=requirement.place,
            retired=requirement.retired is not None,
            tables=requirement.tables,
        )
    for criterion in spec.criteria:
        yield Item(
            ref=qualify(criterion.id, feature=number),
            kind=ItemKind.CRITERION,
            feature=number,
            text=criterion.text,
            place=criterion.place,
        )


def _plan_component(
    component: Component, *, feature: Feature, scenarios: Mapping[str, Sequence[str]]
) -> PlannedComponent:
    number = feature.number
    implements: dict[str, None] = {}
    for ref in (qualify(local, feature=number) for local in component.implements):
        implements.update(dict.fromkeys((ref, *scenarios.get(ref, ()))))
    depends_on = dict.fromkeys(qualify(local, feature=number) for local in component.depends_on)
    return PlannedComponent(
        ref=qualify(component.id, feature=number),
        feature=number,
        component=component,
        implements=tuple(implements),
        depends_on=tuple(depends_on),
    )


def _group_scenarios(items: Mapping[str, Item]) -> dict[str, list[str]]:
    """Stories to their scenarios: `001/US1` to `001/US1.1`, `001/US1.2`."""
    scenarios: dict[str, list[str]] = {}
    for item in items.values():
        if item.kind is ItemKind.SCENARIO:
            scenarios.setdefault(item.ref.rpartition(".")[0], []).append(item.ref)
    return scenarios
