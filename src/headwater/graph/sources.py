"""The sources of every component: each input of its derivation, by name, with its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.digest import digest_text, digest_value
from headwater.graph.prose import normalise_prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from headwater.graph.facts import CodeInterface
    from headwater.graph.index import Index, PlannedComponent
    from headwater.graph.units import TestUnit
    from headwater.spec.model import Project, TechnicalContext

# Fields of the plan's Technical Context that prompts use, in lower case.
CONTEXT_FIELDS = frozenset(
    {"language/version", "primary dependencies", "dependencies", "allowed dependencies"}
)


def list_sources(
    project: Project,
    *,
    index: Index,
    units: Iterable[TestUnit],
    interfaces: Mapping[str, CodeInterface],
) -> dict[str, dict[str, str]]:
    """Component ref to its sources: a name that a person understands, to the digest.

    Names are `001/FR-003`, `001/FR-003 example FR-003-1f9a03c2`, `001/C1`, `001/C2 interface`
    and `001/plan Target`. Articles are not among them: they are conditions of verification.
    """
    digests: dict[str, str] = {}  # each text is hashed once, whoever implements it
    contexts = {
        feature.number: _list_context(feature.number, feature.plan.context)
        for feature in project.features
        if feature.plan and feature.plan.context
    }
    sources: dict[str, dict[str, str]] = {}
    for planned in index.components.values():
        own = {planned.ref: _digest_section(planned, interfaces.get(planned.ref))}
        for ref in index.live_refs(planned.ref):
            if ref not in digests:
                item = index.items[ref]
                digests[ref] = digest_text(item.text, steps=item.steps)
            own[ref] = digests[ref]
        for needed in planned.depends_on:
            if needed in index.components and needed in interfaces:
                own[f"{needed} interface"] = _digest_offer(index.components[needed], interfaces)
        own.update(contexts.get(planned.feature, {}))
        sources[planned.ref] = own
    for unit in units:
        for component in list_counting(unit, index=index):
            if component in sources:
                sources[component][f"{unit.ref} example {unit.key}"] = unit.digest
    return sources


def list_counting(unit: TestUnit, *, index: Index) -> tuple[str, ...]:
    """The components that a test counts for, so that a change of it makes them stale.

    Its owner; for a feature test every component that implements its ref, or, where none does,
    those that it touches, so that no test counts for nothing.
    """
    if unit.owner:
        return (unit.owner,)
    return index.implementers.get(unit.ref) or unit.touches


def _digest_section(planned: PlannedComponent, interface: CodeInterface | None) -> str:
    """The section in normal form, with its interface block by syntax instead of by text.

    The fields that prompts use are named once more, since a field may stand in a section below.
    """
    component = planned.component
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


def _digest_offer(needed: PlannedComponent, interfaces: Mapping[str, CodeInterface]) -> str:
    """What a dependency offers, and from which file: where it moves, importers must follow."""
    content = {"interface": interfaces[needed.ref].digest, "files": needed.component.files[:1]}
    return digest_value("dependency", content)


def _list_context(feature: str, context: TechnicalContext) -> dict[str, str]:
    found = {
        f"{feature}/plan {name}": digest_text(value)
        for name, value in context.fields.items()
        if name.lower() in CONTEXT_FIELDS
    }
    if context.target:
        found[f"{feature}/plan Target"] = digest_text(context.target)
    return found
