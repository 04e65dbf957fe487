"""A component of a plan while it is being made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.graph.order import list_levels
from headwater.targets.sketch import Function, InterfaceSketch, Kind, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from headwater.steps.plan.neighbours import Neighbour
    from headwater.steps.plan.settle import Signatures


@dataclass(kw_only=True, slots=True)
class Part:
    """One component.

    Attributes:
        name: `durations`.
        functions: what it declares, by name, in the order of the spec.
        command: the word that starts it; empty for a library.
        refs: what it implements.
        types, errors: what it declares besides.
        calls: functions of others that it needs.
        needs: names of the parts that it depends on.
        neighbours: components of other features that it needs, with the types that it takes.
        does: its responsibility.
        id, path: settled last.
    """

    name: str
    functions: list[str] = field(default_factory=list)
    command: str = ""
    refs: dict[str, None] = field(default_factory=dict)
    types: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    neighbours: dict[Neighbour, set[str]] = field(default_factory=dict)
    does: str = ""
    id: str = ""
    path: str = ""

    def list_used_types(self, signatures: Signatures) -> frozenset[str]:
        """Types that its own signatures and types speak of."""
        found: set[str] = set()
        for name in self.functions:
            function = signatures.functions[name]
            found |= function.result.names
            found.update(*(one.shape.names for one in function.parameters))
        for name in self.types:
            found |= signatures.types[name].names
        return frozenset(found)

    def sketch(self, signatures: Signatures, *, parts: Sequence[Part]) -> InterfaceSketch:
        """Its interface."""
        used = self.list_used_types(signatures)
        borrowed = {
            other.path: tuple(name for name in other.types if name in used)
            for other in parts
            if other is not self
        }
        borrowed |= {one.path: tuple(sorted(names)) for one, names in self.neighbours.items()}
        functions = tuple(signatures.functions[name] for name in self.functions)
        if self.command:
            functions += (Function(name="main", parameters=(), result=Shape(kind=Kind.INTEGER)),)
        return InterfaceSketch(
            types=tuple(signatures.types[name] for name in self.types),
            errors=tuple(self.errors),
            functions=functions,
            borrowed=borrowed,
        )


def sort_parts(parts: Iterable[Part]) -> list[Part]:
    """Parts after all that they need; beside each other as they are given."""
    by_name = {part.name: part for part in parts}
    levels = list_levels({part.name: part.needs for part in by_name.values()})
    return [by_name[name] for level in levels for name in by_name if name in level]
