"""The bytes of a document that were read as items, and of those that are only reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from headwater.spec.model import Constitution, Plan, Span, Spec, TaskList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.examples import ExampleTable
    from headwater.spec.model import Requirement, Scenario, UserStory

    _Holder = Requirement | UserStory | Scenario


class _Item(Protocol):
    """Whatever was read, and lies somewhere."""

    @property
    def span(self) -> Span: ...


def list_item_spans(read: Spec | Plan | TaskList | Constitution) -> list[Span]:
    """Where everything stands that has an id or is kept as a value of its own."""
    items: list[Sequence[_Item]]
    match read:
        case Spec():
            items = [read.stories, read.requirements, read.criteria, read.answers]
            items += [read.assumptions, read.edge_cases, read.entities, read.clarifications]
            items += [_list_tables(read)]
        case Plan():
            items = [read.decisions, read.components, read.key_decisions]
        case TaskList():
            items = [read.tasks]
        case Constitution():
            items = [read.articles]
    return [item.span for group in items for item in group]


def list_reported_spans(read: Spec | Plan | TaskList | Constitution) -> list[Span]:
    """Where everything stands that counts for nothing, with a problem that says so."""
    if not isinstance(read, Spec):
        return []
    reported: list[Sequence[_Item]] = [read.unnumbered, read.loose_scenarios]
    return [item.span for group in reported for item in group]


def _list_tables(spec: Spec) -> list[ExampleTable]:
    """The example tables, which need not stand inside the items that they belong to."""
    scenarios = [one for story in spec.stories for one in story.scenarios]
    holders: list[_Holder] = [*spec.requirements, *spec.stories, *scenarios]
    return [table for one in holders for table in one.tables]
