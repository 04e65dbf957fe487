"""What the rest of a project needs to know of one feature: small, and cheap to keep and to load.

A summary follows from the feature's own documents and the interfaces in its plan alone. Whatever
looks across features (index, states, trace, rules) works on summaries, so that a feature whose
documents did not change need not be read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.graph.digest import digest_normal_prose, digest_text, digest_value
from headwater.graph.index import Edge, Item, ItemKind, Link, PlannedComponent
from headwater.graph.prose import normalise_prose
from headwater.spec.ids import IdKind, find_refs, kind_of, qualify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from headwater.graph.facts import CodeInterface
    from headwater.spec.model import (
        Component,
        Constitution,
        Decision,
        Feature,
        Place,
        Plan,
        Requirement,
        Spec,
        Task,
        TaskList,
        TechnicalContext,
    )
    from headwater.spec.side_documents import Checklist, DataModel, Research

# Fields of the plan's Technical Context that prompts use, in lower case.
CONTEXT_FIELDS = frozenset(
    {"language/version", "primary dependencies", "dependencies", "allowed dependencies"}
)

_SHOWN_WHOLE = frozenset({ItemKind.REQUIREMENT, ItemKind.SCENARIO})
_TITLE = 80  # characters of an item's text that reports show


@dataclass(frozen=True, kw_only=True, slots=True)
class FeatureSummary:
    """One feature.

    Attributes:
        number, slug, folder: as in its `Feature`.
        documents: paths of the documents that it was made from.
        has_spec, has_plan: there is a `spec.md`, a `plan.md`, that could be read.
        target: the language that its plan names; empty when it names none.
        context: digests of the plan-context fields that prompts use, by name.
        items: all that has a ref, in document order; an id that stands twice comes twice.
        components: those of its plan.
    """

    number: str
    slug: str
    folder: str
    documents: tuple[str, ...] = ()
    has_spec: bool = False
    has_plan: bool = False
    target: str = ""
    context: Mapping[str, str] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    components: tuple[PlannedComponent, ...] = ()


def summarise_feature(
    feature: Feature, *, interfaces: Mapping[str, CodeInterface]
) -> FeatureSummary:
    """The summary of a feature; `interfaces` are those of its components, by ref."""
    plan, number = feature.plan, feature.number
    context = plan.context if plan else None
    components = tuple(
        _plan_component(component, number, interfaces.get(f"{number}/{component.id}"))
        for component in (plan.components if plan else ())
    )
    return FeatureSummary(
        number=number,
        slug=feature.slug,
        folder=feature.folder,
        documents=tuple(document.source.path for document in list_documents(feature)),
        has_spec=feature.spec is not None,
        has_plan=plan is not None,
        target=context.target if context else "",
        context=dict(_digest_context(number, context)) if context else {},
        items=tuple(_list_items(feature, components)),
        components=components,
    )


def list_documents(
    feature: Feature,
) -> tuple[Spec | Plan | TaskList | Research | DataModel | Checklist, ...]:
    """The documents of a feature that could be read, contracts apart."""
    named = (feature.spec, feature.plan, feature.tasks, feature.research, feature.data_model)
    return (*(document for document in named if document), *feature.checklists)


def list_articles(constitution: Constitution | None) -> Iterator[Item]:
    """The articles of a constitution as items."""
    for article in constitution.articles if constitution else ():
        ref = f"article/{article.id}"
        yield _make_item(ref, ItemKind.ARTICLE, "", article.text, article.place)


def _list_items(feature: Feature, components: Iterable[PlannedComponent]) -> Iterator[Item]:
    number = feature.number
    if feature.spec:
        yield from _list_spec_items(feature.spec, number)
    if feature.plan:
        for decision in feature.plan.decisions:
            yield _make_decision(decision, number)
        for component, planned in zip(feature.plan.components, components, strict=True):
            yield Item(
                ref=planned.ref,
                kind=ItemKind.COMPONENT,
                feature=number,
                digest=planned.section,
                title=planned.name,
                path=planned.path,
                line=planned.line,
                column=planned.column,
                links=_link(Edge.MENTIONS, _find_decisions(component), number),
            )
    if feature.tasks:
        yield from (_make_task(task, number) for task in feature.tasks.tasks)


def _list_spec_items(spec: Spec, number: str) -> Iterator[Item]:
    for story in spec.stories:
        ref = qualify(story.id, feature=number)
        yield _make_item(ref, ItemKind.STORY, number, story.text, story.place, title=story.title)
        for scenario in story.scenarios:
            ref = qualify(scenario.id, feature=number)
            yield _make_item(ref, ItemKind.SCENARIO, number, scenario.text, scenario.place)
    for requirement in spec.requirements:
        yield _make_requirement(requirement, number)
    for criterion in spec.criteria:
        ref = qualify(criterion.id, feature=number)
        yield _make_item(ref, ItemKind.CRITERION, number, criterion.text, criterion.place)


def _make_requirement(requirement: Requirement, number: str) -> Item:
    ref = qualify(requirement.id, feature=number)
    item = _make_item(ref, ItemKind.REQUIREMENT, number, requirement.text, requirement.place)
    return item._replace(
        retired=requirement.retired is not None,
        links=(
            *_link(Edge.REFINES, requirement.refines, number),
            *_link(Edge.MENTIONS, requirement.mentions, number),
            *(
                Link(Edge.CHANGES, qualify(change.ref, feature=number), change.digest)
                for change in requirement.changes
            ),
        ),
    )


def _make_decision(decision: Decision, number: str) -> Item:
    ref = qualify(decision.id, feature=number)
    item = _make_item(
        ref, ItemKind.DECISION, number, decision.text, decision.place, title=decision.title
    )
    return item._replace(links=_link(Edge.SERVES, decision.serves, number))


def _make_task(task: Task, number: str) -> Item:
    ref, place = qualify(task.id, feature=number), task.place
    words = " ".join(task.text.split())
    bound = (*task.refs, *task.components)
    named = [Link(Edge.NAMES, path) for path in task.files]
    if task.story:
        named.append(Link(Edge.NAMES, qualify(task.story, feature=number)))
    return Item(
        ref=ref,
        kind=ItemKind.TASK,
        feature=number,
        digest=digest_value("task", words),
        title=words[:_TITLE],
        path=place.path,
        line=place.line,
        column=place.column,
        links=(
            *_link(Edge.BINDS, bound, number),
            *named,
            *_link(Edge.NEEDS, task.depends_on, number),
        ),
    )


def _find_decisions(component: Component) -> Iterator[str]:
    """The decisions that a component's prose names."""
    prose = component.text.replace(component.interface, "")
    if re.search(r"\bD\d", prose):  # most name none, and looking for all ids is slower
        yield from (ref for ref in find_refs(prose) if kind_of(ref) is IdKind.DECISION)


def _make_item(
    ref: str, kind: ItemKind, feature: str, text: str, place: Place, *, title: str = ""
) -> Item:
    normal = normalise_prose(text, steps=kind in {ItemKind.STORY, ItemKind.SCENARIO})
    return Item(
        ref=ref,
        kind=kind,
        feature=feature,
        digest=digest_normal_prose(normal),
        text=" ".join(normal.split()) if kind in _SHOWN_WHOLE else "",
        title=" ".join((title or text[: 2 * _TITLE]).split())[:_TITLE],
        path=place.path,
        line=place.line,
        column=place.column,
    )


def _link(edge: Edge, refs: Iterable[str], number: str) -> tuple[Link, ...]:
    return tuple(Link(edge, qualify(ref, feature=number)) for ref in refs)


def _plan_component(
    component: Component, number: str, interface: CodeInterface | None
) -> PlannedComponent:
    digest = interface.digest if interface else component.interface
    # What a dependency offers, and from which file: where it moves, importers must follow.
    offer = {"interface": digest, "files": component.files[:1]}
    return PlannedComponent(
        ref=qualify(component.id, feature=number),
        feature=number,
        name=component.name,
        files=component.files,
        implements=tuple(qualify(ref, feature=number) for ref in component.implements),
        depends_on=tuple(
            dict.fromkeys(qualify(ref, feature=number) for ref in component.depends_on)
        ),
        commands=tuple(component.commands),
        section=_digest_section(component, interface),
        offer=digest_value("dependency", offer) if interface else "",
        interface=interface.digest if interface else "",
        declares=tuple(declared.name for declared in interface.names) if interface else (),
        path=component.place.path,
        line=component.place.line,
        column=component.place.column,
    )


def _digest_section(component: Component, interface: CodeInterface | None) -> str:
    """The section in normal form, with its interface block by syntax instead of by text.

    The fields that prompts use are named once more, since a field may stand in a section below.
    """
    content = {
        "section": normalise_prose(component.text, without_code=component.interface),
        "interface": interface.digest if interface else component.interface,
        "name": component.name,
        "files": component.files,
        "commands": {word: list(started) for word, started in component.commands.items()},
        "responsibility": normalise_prose(component.responsibility),
        "language": component.language,
    }
    return digest_value("component", content)


def _digest_context(feature: str, context: TechnicalContext) -> Iterator[tuple[str, str]]:
    for name, value in context.fields.items():
        if name.lower() in CONTEXT_FIELDS:
            yield f"{feature}/plan {name}", digest_text(value)
    if context.target:
        yield f"{feature}/plan Target", digest_text(context.target)
