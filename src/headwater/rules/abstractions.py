"""Abstract types that only one other type implements."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What a type that only others implement says of itself, by the simple names of its bases.
_ABSTRACT_BASES = frozenset({"ABC", "Protocol", "interface"})


class TypeShape(NamedTuple):
    """What of a type tells whether it implements another. Bases are simple names."""

    name: str
    bases: tuple[str, ...]
    members: tuple[str, ...]


def find_implemented_once(
    shapes: Iterable[TypeShape], *, decided: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Numbers of the abstract types with exactly one implementation, and of that implementation.

    A type implements another when it names it among its bases, or, for a structural one
    (`Protocol`), when it has all of its members. Types with `decided` names are left out.
    """
    types = tuple(shapes)
    for number, abstract in enumerate(types):
        if _ABSTRACT_BASES.isdisjoint(abstract.bases) or abstract.name in decided:
            continue
        made = [other for other, each in enumerate(types) if _implements(each, abstract)]
        if len(made) == 1:
            yield number, made[0]


def _implements(concrete: TypeShape, abstract: TypeShape) -> bool:
    if not _ABSTRACT_BASES.isdisjoint(concrete.bases):
        return False
    structural = "ABC" not in abstract.bases and abstract.members
    return abstract.name in concrete.bases or bool(
        structural and set(abstract.members).issubset(concrete.members)
    )
