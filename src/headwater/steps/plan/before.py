"""What the draft before settled, so that a new one keeps names, files and ids."""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003  # a default is made of it
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.graph.facts import DeclaredKind
from headwater.spec.model import Source
from headwater.spec.read_plan import read_plan

if TYPE_CHECKING:
    from headwater.targets.interface import Target

_DATE = r"\*\*Date\*\*: (\d{4}-\d\d-\d\d)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """The draft before; empty where there was none.

    Attributes:
        homes: function to the name of its component.
        ids, files: of components, by name.
        parameters: function or type to the names of its parameters.
        records: sorted names of a record's fields to the record's name.
        date: of the first draft.
    """

    homes: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    records: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    date: str = ""


def read_before(path: str, data: bytes | None, *, target: Target) -> Before:
    """What a plan settled, as its last draft had it; None for no draft."""
    if data is None:
        return Before()
    plan = read_plan(Source(path=path, data=data))
    homes: dict[str, str] = {}
    parameters: dict[str, tuple[str, ...]] = {}
    records: dict[tuple[str, ...], str] = {}
    for component in plan.components:
        for declared in target.read_interface(component).names:
            if declared.kind is DeclaredKind.FUNCTION:
                homes[declared.name] = component.name
            elif declared.kind is DeclaredKind.TYPE and not declared.reached:
                records[tuple(sorted(declared.parameters))] = declared.name
            parameters[declared.name] = declared.parameters
    date = re.search(_DATE, data.decode(errors="replace"))
    return Before(
        homes={name: home for name, home in homes.items() if name != "main"},
        ids={one.name: one.id for one in plan.components},
        files={one.name: one.files[0] for one in plan.components if one.files},
        parameters=parameters,
        records=records,
        date=date[1] if date else "",
    )
