"""What components of other features declare already: it is used, not declared a second time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from headwater.graph.summary import FeatureSummary
    from headwater.steps.plan.parts import Part
    from headwater.steps.plan.settle import Signatures
    from headwater.steps.plan.vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbour:
    """A component of another feature: its ref and its file."""

    ref: str
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Lent:
    """A name that a neighbour declares, and the ids in whose rows it is used."""

    neighbour: Neighbour
    refs: frozenset[str]


def find_neighbours(others: Iterable[FeatureSummary]) -> dict[str, Neighbour]:
    """Every name that just one component of another feature declares, commands apart."""
    found: dict[str, list[Neighbour]] = {}
    for component in (one for summary in others for one in summary.components):
        for name in component.declares if component.files and not component.commands else ():
            neighbour = Neighbour(ref=component.ref, path=component.files[0])
            found.setdefault(name, []).append(neighbour)
    return {name: owners[0] for name, owners in found.items() if len(owners) == 1}


def take_lent(vocabulary: Vocabulary, neighbours: Mapping[str, Neighbour]) -> dict[str, Lent]:
    """Take out of a vocabulary what neighbours declare; each such name with where it is used.

    A function with rows of its own is specified here, whatever else is called so.
    """
    used: dict[str, set[str]] = {}
    for operation in vocabulary.list_callables():
        for error in [one for one in operation.errors if one in neighbours]:
            used.setdefault(error, set()).update(operation.refs)
            del operation.errors[error]
    for name, operation in list(vocabulary.operations.items()):
        if name in neighbours and not operation.examples:
            used.setdefault(name, set()).update(operation.inside)
            del vocabulary.operations[name]
    for name, one in list(vocabulary.types.items()):
        if name in neighbours:
            used.setdefault(name, set()).update(one.maker.inside)
            del vocabulary.types[name]
    return {
        name: Lent(neighbour=neighbours[name], refs=frozenset(refs)) for name, refs in used.items()
    }


def borrow(parts: Sequence[Part], lent: Mapping[str, Lent], signatures: Signatures) -> None:
    """Let each part depend on the neighbours that its rows use, and import their types."""
    for name, one in lent.items():
        users = [part for part in parts if one.refs & part.refs.keys()]
        typed = [part for part in parts if name in part.list_used_types(signatures)]
        for part in [*users, *typed] or parts[:1]:
            part.neighbours.setdefault(one.neighbour, set())
        for part in typed:
            part.neighbours[one.neighbour].add(name)
