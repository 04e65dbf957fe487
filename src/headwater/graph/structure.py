"""What is wrong with the documents as a whole: refs, files, dependencies, targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.derived_paths import find_path_fault
from headwater.graph.index import ItemKind, index_project, list_items
from headwater.graph.order import find_cycles
from headwater.graph.scope import suggest_names
from headwater.spec.ids import qualify, split_ref
from headwater.spec.model import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from headwater.graph.facts import CodeInterface
    from headwater.graph.index import Index, PlannedComponent
    from headwater.spec.model import Feature, Project

# Ids that name something even when they stand twice: the copies are only reported.
_MERE_LABELS = frozenset({ItemKind.TASK, ItemKind.STORY, ItemKind.SCENARIO, ItemKind.CRITERION})


def check_structure(
    project: Project,
    interfaces: Mapping[str, CodeInterface],
    *,
    targets: Collection[str],
    index: Index | None = None,
) -> list[Problem]:
    """Every structural problem of a project, each with its place.

    Args:
        project: the documents.
        interfaces: every component's interface, by ref; their own problems are passed on.
        targets: names of the languages that code can be derived for.
        index: of this project, when it is at hand.
    """
    index = index or index_project(project)
    problems = [*_find_duplicates(project)]
    for feature in project.features:
        problems.extend(_check_target(feature, targets))
        problems.extend(_check_refs(feature, index))
        problems.extend(_find_unimplemented(feature, index))
    for component in index.components.values():
        problems.extend(_check_component(component))
        interface = interfaces.get(component.ref)
        problems.extend(interface.problems if interface else ())
    problems.extend(_find_shared_files(index))
    problems.extend(_report_cycles(index))
    return problems


def check_buildable(feature: Feature) -> list[Problem]:
    """What a feature lacks before it can be built: a spec, a plan, a component."""
    for name, document in (("spec", feature.spec), ("plan", feature.plan)):
        if document is None:
            path = f"{feature.folder}/{name}.md"
            hint = f"Write {path}; docs/formats.md says how."
            message = f"feature {feature.number} has no {name}"
            place = Place(path=path, line=1)
            return [Problem(code=f"{name}-missing", message=message, place=place, hint=hint)]
    if feature.plan and not feature.plan.components:
        return [
            Problem(
                code="components-missing",
                message=f"the plan of feature {feature.number} names no component",
                place=Place(path=feature.plan.source.path, line=1),
                hint="Add `## Components` with one `### C1: name` for every file to derive.",
            )
        ]
    return []


def _find_duplicates(project: Project) -> Iterator[Problem]:
    folders: dict[str, str] = {}
    for feature in project.features:
        first = folders.setdefault(feature.number, feature.folder)
        if first != feature.folder:
            yield Problem(
                code="duplicate-feature",
                message=f"{first} has the number {feature.number} too",
                place=Place(path=feature.folder, line=1),
                hint="Give one of the two folders another number.",
            )
    seen: dict[str, Place] = {}
    for item in list_items(project):
        place = seen.setdefault(item.ref, item.place)
        if place != item.place:
            yield Problem(
                code="duplicate-id",
                message=f"{item.ref} stands at {place} already",
                place=item.place,
                hint="Give one of the two another id; ids are never reused.",
                severity=Severity.WARNING if item.kind in _MERE_LABELS else Severity.ERROR,
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


def _check_refs(feature: Feature, index: Index) -> Iterator[Problem]:
    for name, refs, place, severity in _list_refs(feature):
        for ref in (qualify(local, feature=feature.number) for local in refs):
            item = index.items.get(ref)
            if item is None:
                yield Problem(
                    code="unknown-ref",
                    message=f"{name} names `{ref}`, which no document has",
                    place=place,
                    hint=_suggest_refs(ref, index),
                    severity=severity,
                )
            elif item.retired:
                yield Problem(
                    code="retired-ref",
                    message=f"{name} names `{ref}`, which is retired",
                    place=place,
                    hint="Take it out.",
                    severity=Severity.WARNING,
                )
            elif name == "**Depends on**" and item.kind is not ItemKind.COMPONENT:
                yield Problem(
                    code="no-component",
                    message=f"{name} names `{ref}`, which is no component",
                    place=place,
                    hint="Name components such as `C1`, or `002/C1` of another feature.",
                )


def _list_refs(feature: Feature) -> Iterator[tuple[str, tuple[str, ...], Place, Severity]]:
    """Where refs stand, which, and how bad an unknown one is: tasks may be a person's own."""
    if feature.plan:
        for component in feature.plan.components:
            yield "**Implements**", component.implements, component.place, Severity.ERROR
            yield "**Depends on**", component.depends_on, component.place, Severity.ERROR
        for decision in feature.plan.decisions:
            yield "**Serves**", decision.serves, decision.place, Severity.ERROR
    for task in feature.tasks.tasks if feature.tasks else ():
        refs = (*task.refs, *task.components, *task.depends_on)
        yield f"task {task.id}", refs, task.place, Severity.WARNING


def _suggest_refs(ref: str, index: Index) -> str:
    feature, _ = split_ref(ref)
    return suggest_names(ref, (known for known in index.items if known.startswith(f"{feature}/")))


def _find_unimplemented(feature: Feature, index: Index) -> Iterator[Problem]:
    """Non-functional requirements are judged by measurements, not derived by a component."""
    if feature.spec is None or feature.plan is None or not feature.plan.components:
        return
    for requirement in feature.spec.requirements:
        ref = qualify(requirement.id, feature=feature.number)
        if requirement.retired or requirement.id.startswith("NFR"):
            continue
        if ref not in index.implementers:
            yield Problem(
                code="unimplemented-requirement",
                message=f"no component of the plan implements {ref}",
                place=requirement.place,
                hint="Name it under **Implements** of a component.",
                severity=Severity.WARNING,
            )


def _check_component(planned: PlannedComponent) -> Iterator[Problem]:
    component, place = planned.component, planned.component.place
    lacks = (
        (component.files, "file", "**File**: the path of the file to derive"),
        (component.interface.strip(), "interface", "**Interface**: a fenced block of signatures"),
        (component.implements, "requirement", "**Implements**: the requirements that it serves"),
    )
    for value, name, remedy in lacks:
        if not value:
            message = f"{planned.ref} names no {name}"
            yield Problem(
                code=f"component-without-{name}",
                message=message,
                place=place,
                hint=f"Add {remedy}.",
            )
    for path in component.files:
        fault = find_path_fault(path)
        if fault:
            yield Problem(
                code="forbidden-path",
                message=f"the file `{path}` of {planned.ref} {fault}",
                place=place,
                hint="Name a file inside the repository, such as `src/wallet/ledger.py`.",
            )


def _find_shared_files(index: Index) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for planned in index.components.values():
        for path in planned.component.files:
            owner = owners.setdefault(path, planned.ref)
            if owner != planned.ref:
                yield Problem(
                    code="shared-file",
                    message=f"`{path}` belongs to {owner} already",
                    place=planned.component.place,
                    hint="Give every component files of its own.",
                )


def _report_cycles(index: Index) -> Iterator[Problem]:
    for cycle in find_cycles(index.dependencies):
        yield Problem(
            code="dependency-cycle",
            message=f"components depend on each other: {' → '.join(cycle)}",
            place=index.components[cycle[0]].component.place,
            hint="Take out one of these dependencies, or join the components.",
        )
