"""What an implementing model is told about one component, and nothing else.

The contract is rendered once a component: every prompt of its search begins with the same bytes,
so that a local model's prompt cache holds them. Held-out examples never enter it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.prose import normalise_prose
from headwater.spec.examples import CallRow, Equals, Matches, RunRow, TableKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.graph.units import TestUnit
    from headwater.spec.model import Component


@dataclass(frozen=True, kw_only=True, slots=True)
class Contract:
    """One component's part of the specification.

    Attributes:
        ref: `001/C1`.
        component: from the plan; its interface is what the code must offer.
        requirements: ref to prose in normal form, for every ref that it implements.
        outline: the file to complete, as its language writes it.
        examples: the visible examples that judge it, as its language writes them.
        dependencies: the components that it may call.
        constraints: what articles of the constitution ask of its files, a line each.
    """

    ref: str
    component: Component
    requirements: Mapping[str, str]
    outline: str = ""
    examples: str = ""
    dependencies: tuple[Component, ...] = ()
    constraints: tuple[str, ...] = ()


def render_contract(contract: Contract) -> str:
    """The text that every prompt of this component's search begins with."""
    component = contract.component
    parts = [*contract.requirements.values()]
    if component.responsibility:
        parts.append(f"{component.name}: {normalise_prose(component.responsibility)}")
    if contract.constraints:
        parts.append("\n".join(["Constraints:", *(f"- {line}" for line in contract.constraints)]))
    if contract.examples:
        parts.append(f"Examples:\n\n{contract.examples}")
    return "\n\n".join(part.strip() for part in parts if part.strip())


def render_unit(unit: TestUnit) -> list[str]:
    """One example as lines of a list; a sequence is one item with its steps below."""
    lines = [_render_row(row) for row in unit.rows]
    if len(lines) == 1:
        return [f"- {lines[0]}"]
    opening = "in one folder" if unit.kind is TableKind.RUN else "one after the other"
    return [f"- {opening}:", *(f"  {number}. {line}" for number, line in enumerate(lines, 1))]


def _render_row(row: CallRow | RunRow) -> str:
    if isinstance(row, CallRow):
        call, result = (_strip_ticks(cell) for cell in row.cells[:2])
        if result in {"—", "-"}:
            return call
        return f"{call} {result}" if result.startswith("raises") else f"{call} returns {result}"
    parts = [f"the command `{_strip_ticks(row.cells[0])}`"]
    if row.stdin:
        parts.append(f"given {row.stdin!r} on standard input")
    parts.extend(_render_texts(row))
    if row.exit_code is not None:
        parts.append(f"exits with {row.exit_code}")
    return ", ".join(parts)


def _render_texts(row: RunRow) -> list[str]:
    parts = []
    for where, expected in (("standard output", row.stdout), ("standard error", row.stderr)):
        if isinstance(expected, Equals):
            parts.append(f"prints exactly {expected.value.text} on {where}")
        elif isinstance(expected, Matches):
            parts.append(f"prints something that matches /{expected.pattern}/ on {where}")
    return parts


def _strip_ticks(cell: str) -> str:
    text = cell.strip().replace("\\|", "|")
    ticked = len(text) > 1 and text.startswith("`") and text.endswith("`")
    return text[1:-1].strip() if ticked and "`" not in text[1:-1] else text
