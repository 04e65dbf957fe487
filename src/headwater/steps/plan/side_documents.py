"""What stands beside a plan where the spec asks for it: the data model, and HTTP contracts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.steps.plan.name_parameters import make_plural, make_snake
from headwater.steps.plan.openapi import CONTRACT, write_contract
from headwater.steps.plan.read_requests import read_requests
from headwater.steps.plan.show import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.statements import Entity
    from headwater.steps.plan.draft import DraftedPlan, PlanBrief
    from headwater.targets.sketch import NamedType, Shape


def write_side_documents(brief: PlanBrief, drafted: DraftedPlan) -> dict[str, bytes]:
    """Path to bytes; nothing for a spec without entities and HTTP calls."""
    folder = brief.feature.folder
    requests = read_requests(brief.spec)
    texts = {
        f"{folder}/data-model.md": render_data_model(brief, drafted),
        f"{folder}/{CONTRACT}": write_contract(show(brief.spec.title), requests)
        if requests
        else "",
    }
    return {path: text.encode() for path, text in texts.items() if text}


def render_data_model(brief: PlanBrief, drafted: DraftedPlan) -> str:
    """Every entity of the spec that a type of the plan stands for, with its fields.

    What the spec says of an entity is not said again.
    """
    types = {make_snake(name): one for name, one in drafted.signatures.types.items()}
    found = [(entity, types.get(_name(entity))) for entity in brief.spec.entities]
    lines = [line for entity, named in found if named for line in _render(entity, named, drafted)]
    if not lines:
        return ""
    return "\n".join([f"# Data Model: {show(brief.spec.title)}", "", *lines])


def _render(entity: Entity, named: NamedType, drafted: DraftedPlan) -> Iterator[str]:
    owner = next((part for part in drafted.parts if named.name in part.types), None)
    yield f"## Entity: {show(entity.name)}"
    yield ""
    if owner:
        yield f"Type `{named.name}` of {owner.id}."
        yield ""
    yield "| Field | Value |"
    yield "| --- | --- |"
    for one in (*named.fields, *named.attributes):
        yield f"| `{one.name}` | {_describe(one.shape)} |"
    yield ""


def _describe(shape: Shape) -> str:
    inner = _describe(shape.item) if shape.item else ""
    text = shape.name or (f"{shape.kind.value} of {inner}" if inner else shape.kind.value)
    return f"{text}, or nothing" if shape.optional else text


def _name(entity: Entity) -> str:
    """`Log Entries` → `log_entry`, where that is what a type is called."""
    words = re.sub(r"[\W_]+", "_", make_snake(entity.name.strip())).strip("_")
    for ending in ("ies", "es", "s"):
        stem = words.removesuffix(ending) + ("y" if ending == "ies" else "")
        if words.endswith(ending) and make_plural(stem) == words:
            return stem
    return words
