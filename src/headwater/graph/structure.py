"""What is wrong with the documents as a whole: refs, files, dependencies, targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.derived_paths import find_path_fault
from headwater.graph.index import Edge, ItemKind
from headwater.graph.order import find_cycles
from headwater.graph.scope import suggest_names
from headwater.spec.ids import qualify, split_ref
from headwater.spec.model import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from headwater.graph.facts import CodeInterface
    from headwater.graph.index import Index, Item, PlannedComponent
    from headwater.graph.summary import FeatureSummary
    from headwater.spec.model import Component, Feature

# Ids that name something even when they stand twice: the copies are only reported.
_MERE_LABELS = frozenset({ItemKind.TASK, ItemKind.STORY, ItemKind.SCENARIO, ItemKind.CRITERION})


def check_structure(summaries: Sequence[FeatureSummary], *, index: Index) -> list[Problem]:
    """What is wrong between the items of a project, each with its place.

    Args:
        summaries: of every feature.
        index: of the same project.
    """
    problems = [*_find_duplicates(summaries)]
    for summary in summaries:
        problems.extend(_check_refs(summary, index))
        problems.extend(_find_unimplemented(summary, index))
    problems.extend(_find_shared_files(index))
    problems.extend(_report_cycles(index))
    return problems


def check_feature(
    feature: Feature, interfaces: Mapping[str, CodeInterface], *, targets: Collection[str]
) -> list[Problem]:
    """What is wrong with the plan of one feature by itself, each with its place.

    Args:
        feature: its documents.
        interfaces: its components' interfaces, by ref; their own problems are passed on.
        targets: names of the languages that code can be derived for.
    """
    problems = [*_check_target(feature, targets)]
    for component in feature.plan.components if feature.plan else ():
        ref = qualify(component.id, feature=feature.number)
        problems.extend(_check_component(component, ref))
        interface = interfaces.get(ref)
        problems.extend(interface.problems if interface else ())
    return problems


def check_buildable(summary: FeatureSummary) -> list[Problem]:
    """What a feature lacks before it can be built: a spec, a plan, a component."""
    for name, there in (("spec", summary.has_spec), ("plan", summary.has_plan)):
        path = f"{summary.folder}/{name}.md"
        if not there:
            hint = f"Write {path}; docs/formats.md says how."
            message = f"feature {summary.number} has no {name}"
            place = Place(path=path, line=1)
            return [Problem(code=f"{name}-missing", message=message, place=place, hint=hint)]
    if not summary.components:
        return [
            Problem(
                code="components-missing",
                message=f"the plan of feature {summary.number} names no component",
                place=Place(path=f"{summary.folder}/plan.md", line=1),
                hint="Add `## Components` with one `### C1: name` for every file to derive.",
            )
        ]
    return []


def _find_duplicates(summaries: Sequence[FeatureSummary]) -> Iterator[Problem]:
    folders: dict[str, str] = {}
    for summary in summaries:
        first = folders.setdefault(summary.number, summary.folder)
        if first != summary.folder:
            yield Problem(
                code="duplicate-feature",
                message=f"{first} has the number {summary.number} too",
                place=Place(path=summary.folder, line=1),
                hint="Give one of the two folders another number.",
            )
    seen: dict[str, Item] = {}
    for item in (item for summary in summaries for item in summary.items):
        first_item = seen.setdefault(item.ref, item)
        if first_item is not item and first_item.place != item.place:
            yield _report_duplicate(first_item, item)


def _report_duplicate(first: Item, item: Item) -> Problem:
    """An id that stands twice; one that is retired and holds all the same is told apart."""
    if first.retired != item.retired:
        code = "retired-id-reused"
        message = f"{item.ref} is retired and stands as holding too; the other is at {first.place}"
        hint = "Give what holds the next free id; ids are never reused."
    else:
        code = "duplicate-label" if item.kind in _MERE_LABELS else "duplicate-id"
        message = f"{item.ref} stands at {first.place} already"
        hint = "Give one of the two another id; ids are never reused."
    return Problem(
        code=code,
        message=message,
        place=item.place,
        hint=hint,
        severity=Severity.WARNING if code == "duplicate-label" else Severity.ERROR,
    )


def _check_target(feature: Feature, targets: Collection[str]) -> Iterator[Problem]:
    plan = feature.plan
    if plan is None or not plan.components:
        return
    known = ", ".join(f"`{name}`" for name in sorted(targets))
    hint = f"Write `**Target**: …` under `## Technical Context`; known are {known}."
    if plan.context is None or not plan.context.target:
        place = plan.context.place if plan.context else Place(path=plan.source.path, line=1)
        message = "the plan does not say what to derive for"
        yield Problem(code="target-missing", message=message, place=place, hint=hint)
    elif plan.context.target not in targets:
        message = f"the target `{plan.context.target}` is unknown"
        yield Problem(code="target-unknown", message=message, place=plan.context.place, hint=hint)


def _check_refs(summary: FeatureSummary, index: Index) -> Iterator[Problem]:
    for name, refs, holder, code in _list_refs(summary):
        for ref in refs:
            item = index.items.get(ref)
            if item is None:
                yield Problem(
                    code=code,
                    message=f"{name} names `{ref}`, which no document has",
                    place=holder.place,
                    hint=_suggest_refs(ref, index) or "Name an id that stands in a document.",
                    severity=Severity.ERROR if code == "unknown-ref" else Severity.WARNING,
                )
            elif item.retired:
                yield Problem(
                    code="retired-ref",
                    message=f"{name} names `{ref}`, which is retired",
                    place=holder.place,
                    hint="Take it out.",
                    severity=Severity.WARNING,
                )
            elif name == "**Depends on**" and item.kind is not ItemKind.COMPONENT:
                yield Problem(
                    code="no-component",
                    message=f"{name} names `{ref}`, which is no component",
                    place=holder.place,
                    hint="Name components such as `C1`, or `002/C1` of another feature.",
                )


def _list_refs(
    summary: FeatureSummary,
) -> Iterator[tuple[str, tuple[str, ...], Item | PlannedComponent, str]]:
    """How refs are given, which, by what, and the code of an unknown one.

    Tasks may be a person's own, so theirs have codes of their own.
    """
    for component in summary.components:
        yield "**Implements**", component.implements, component, "unknown-ref"
        yield "**Depends on**", component.depends_on, component, "unknown-ref"
    for item in summary.items:
        if item.kind is ItemKind.DECISION:
            yield "**Serves**", item.linked(Edge.SERVES), item, "unknown-ref"
        elif item.kind is ItemKind.TASK:
            name = f"task {split_ref(item.ref)[1]}"
            yield name, item.linked(Edge.BINDS), item, "unknown-task-ref"
            name = f"“depends on” of {name}"
            yield name, item.linked(Edge.NEEDS), item, "unknown-task-dependency"


def _suggest_refs(ref: str, index: Index) -> str:
    feature, _ = split_ref(ref)
    return suggest_names(ref, (known for known in index.items if known.startswith(f"{feature}/")))


def _find_unimplemented(summary: FeatureSummary, index: Index) -> Iterator[Problem]:
    """Non-functional requirements are judged by measurements, not derived by a component."""
    if not summary.components:
        return
    for item in summary.items:
        if (
            item.kind is ItemKind.REQUIREMENT
            and not item.retired
            and not split_ref(item.ref)[1].startswith("NFR")
            and item.ref not in index.implementers
        ):
            yield Problem(
                code="unimplemented-requirement",
                message=f"no component of the plan implements {item.ref}",
                place=item.place,
                hint="Name it under **Implements** of a component.",
                severity=Severity.WARNING,
            )


def _check_component(component: Component, ref: str) -> Iterator[Problem]:
    place = component.place
    lacks = (
        (component.files, "file", "**File**: the path of the file to derive"),
        (component.interface.strip(), "interface", "**Interface**: a fenced block of signatures"),
        (component.implements, "requirement", "**Implements**: the requirements that it serves"),
    )
    for value, name, remedy in lacks:
        if not value:
            message = f"{ref} names no {name}"
            yield Problem(
                code=f"component-without-{name}",
                message=message,
                place=place,
                hint=f"Add {remedy}.",
            )
    if len(component.files) > 1:
        yield Problem(
            code="component-with-several-files",
            message=f"{ref} names {len(component.files)} files; one is derived for a component",
            place=place,
            hint="Give each file a component of its own.",
        )
    for path in component.files:
        fault = find_path_fault(path)
        if fault:
            yield Problem(
                code="forbidden-path",
                message=f"the file `{path}` of {ref} {fault}",
                place=place,
                hint="Name a file inside the repository, such as `src/wallet/ledger.py`.",
            )


def _find_shared_files(index: Index) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for planned in index.components.values():
        for path in planned.files:
            owner = owners.setdefault(path, planned.ref)
            if owner != planned.ref:
                yield Problem(
                    code="shared-file",
                    message=f"`{path}` belongs to {owner} already",
                    place=planned.place,
                    hint="Give every component files of its own.",
                )


def _report_cycles(index: Index) -> Iterator[Problem]:
    for cycle in find_cycles(index.dependencies):
        yield Problem(
            code="dependency-cycle",
            message=f"components depend on each other: {' → '.join(cycle)}",
            place=index.components[cycle[0]].place,
            hint="Take out one of these dependencies, or join the components.",
        )
