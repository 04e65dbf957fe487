"""Takes the notes of a feature (`headwater.rules.notes`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.graph.facts import DeclaredKind
from headwater.rules.notes import FeatureNotes, NotedDependency, NotedTask, NotedType, NotedUse
from headwater.spec.ids import qualify
from headwater.spec.ref_lists import split_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.graph.facts import CodeFacts, CodeInterface, Used
    from headwater.spec.model import Component, Feature, Plan

# After such a task its file may well be gone, or stand elsewhere.
_TAKES_AWAY = (
    r"(?i)\b(?:remov|delet|renam|mov(?:e|ed|es|ing)\b|drop|retir|replac|merg|extract|inlin|split"
    r"|consolidat|clean|get rid|temporar)"
)
_PACKAGE = r"[`*_]*(?P<name>[A-Za-z@][\w.@/-]*)"
# Says that there is none, or that it is not known yet.
_NO_PACKAGE = r"(?i)\b(?:standard library|stdlib|needs clarification)\b|^(?:none|no)(?!\S)"
# `==1.2.3`, or a version behind a name that is no range and has no wildcard.
_EXACT = r"(?:===?\s*|\bv|\s|@)\d+(?:\.\d+)+(?![\d.]*[*x+])"
_RANGE = r"[<>~^]|!="
# A row of Spec Kit's table of violations that names an article and says why it is needed.
_TRACKING = r"(?ims)^## complexity tracking\b.*?(?=^## |\Z)"
_EXCEPTED = (
    r"(?im)^\|[ \t]*article[ /](?P<article>[ivxlcdm]+|\d+)[ \t]*\|(?P<reason>[^|\n]*\w[^|\n]*)\|"
)
_TYPE_NAME = r"\b[A-Z]\w+"


def take_notes(
    feature: Feature, *, interfaces: Mapping[str, CodeInterface], facts: Mapping[str, CodeFacts]
) -> FeatureNotes:
    """The notes of a feature.

    Args:
        feature: its documents.
        interfaces: those of its components, by ref.
        facts: of its components' interface blocks, by ref; lines count from the block's first.
    """
    tasks = feature.tasks.tasks if feature.tasks else ()
    plan = feature.plan
    refs = {
        qualify(component.id, feature=feature.number): component
        for component in (plan.components if plan else ())
    }
    return FeatureNotes(
        number=feature.number,
        ticked=tuple(_note_ticked(feature)),
        task_files=tuple(dict.fromkeys(path for task in tasks for path in task.files)),
        dependencies=tuple(_note_dependencies(plan)) if plan else (),
        types=tuple(_note_types(refs, interfaces)),
        decided=tuple(dict.fromkeys(_note_decided(plan))) if plan else (),
        uses=tuple(_note_uses(refs, facts)),
        superseded=tuple(_note_superseded(feature)),
        excepted=tuple(read_exceptions(plan)) if plan else (),
    )


def read_exceptions(plan: Plan) -> dict[str, str]:
    """The articles that a plan may break, each with the reason under Complexity Tracking."""
    section = re.search(_TRACKING, plan.source.data.decode(errors="replace"))
    rows = re.finditer(_EXCEPTED, section[0] if section else "")
    return {row["article"].upper(): row["reason"].strip() for row in rows}


def _note_ticked(feature: Feature) -> Iterator[NotedTask]:
    for task in feature.tasks.tasks if feature.tasks else ():
        named = task.components or task.files
        if task.done and named and not re.search(_TAKES_AWAY, task.text):
            yield NotedTask(
                ref=qualify(task.id, feature=feature.number),
                components=tuple(qualify(ref, feature=feature.number) for ref in task.components),
                files=task.files,
                path=task.place.path,
                line=task.place.line,
                column=task.place.column,
            )


def _note_dependencies(plan: Plan) -> Iterator[NotedDependency]:
    """The first word of every entry of a field such as Primary Dependencies."""
    for name, value in plan.context.fields.items() if plan.context else ():
        if "dependenc" not in name.lower():
            continue
        place = plan.source.place(max(plan.source.data.find(f"**{name}".encode()), 0))
        for entry in split_list(value):
            package = re.match(_PACKAGE, entry)
            if package and not re.search(_NO_PACKAGE, entry):
                pinned = bool(re.search(_EXACT, entry)) and not re.search(_RANGE, entry)
                yield NotedDependency(package["name"], pinned, place.path, place.line, place.column)


def _note_decided(plan: Plan) -> Iterator[str]:
    for decision in plan.decisions:
        yield from re.findall(_TYPE_NAME, f"{decision.title} {decision.text}")


def _note_types(
    components: Mapping[str, Component], interfaces: Mapping[str, CodeInterface]
) -> Iterator[NotedType]:
    for ref, component in components.items():
        place = component.interface_place
        interface = interfaces.get(ref)
        for declared in interface.names if interface else ():
            if declared.kind is DeclaredKind.TYPE:
                yield NotedType(
                    component=ref,
                    name=declared.name,
                    bases=declared.bases or (),
                    members=declared.members,
                    path=place.path,
                    line=place.line + _find_line(component.interface, declared.name),
                )


def _find_line(block: str, name: str) -> int:
    declared = re.search(rf"\b(?:class|type|interface) {re.escape(name)}\b", block)
    return block.count("\n", 0, declared.start()) if declared else 0


def _note_uses(
    components: Mapping[str, Component], facts: Mapping[str, CodeFacts]
) -> Iterator[NotedUse]:
    for ref, found in facts.items():
        place = components[ref].interface_place
        imports = ((_name_kind(used, found), used) for used in found.imports)
        for kind, used in (*imports, *(("call", used) for used in found.calls)):
            line = place.line + used.line - 1
            yield NotedUse(ref, found.path, kind, used.name, place.path, line)


def _name_kind(imported: Used, facts: CodeFacts) -> str:
    return "standard" if imported.name.partition(".")[0] in facts.standard else "import"


def _note_superseded(feature: Feature) -> Iterator[tuple[str, str]]:
    for requirement in feature.spec.requirements if feature.spec else ():
        if requirement.retired and requirement.retired.superseded_by:
            ref, by = requirement.id, requirement.retired.superseded_by
            yield qualify(ref, feature=feature.number), qualify(by, feature=feature.number)
