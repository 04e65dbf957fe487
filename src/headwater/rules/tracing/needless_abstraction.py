"""`needless-abstraction`: an abstract type with one implementation, that no decision asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.facts import DeclaredKind
from headwater.graph.index import ItemKind
from headwater.rules.interface import Finding, Rule
from headwater.rules.tracing.sample import PLAN
from headwater.spec.model import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.facts import Declared
    from headwater.rules.interface import ProjectSubject

# What a type that only others implement says of itself, by the simple names of its bases.
_ABSTRACT_BASES = frozenset({"ABC", "Protocol", "interface"})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Type:
    component: str
    declared: Declared


def find_needless_abstractions(subject: ProjectSubject) -> Iterator[Finding]:
    """Abstract types with exactly one implementation in all plans, and no decision that names them.

    A type implements another when it names it among its bases, or, for a structural one
    (`Protocol`), when it has all of its members.
    """
    types = [
        _Type(component=ref, declared=declared)
        for ref, interface in subject.interfaces.items()
        for declared in interface.names
        if declared.kind is DeclaredKind.TYPE
    ]
    for abstract in types:
        if _ABSTRACT_BASES.isdisjoint(abstract.declared.bases or ()):
            continue
        made = [each for each in types if _implements(each.declared, abstract.declared)]
        if len(made) == 1 and not _is_decided(abstract.declared.name, subject):
            yield Finding(
                place=_find_place(abstract, subject),
                message=f"only {made[0].declared.name} of {made[0].component} implements "
                f"{abstract.declared.name}, and no decision asks for it",
                hint=f"Use {made[0].declared.name} itself, or say in a decision what "
                f"{abstract.declared.name} is for.",
            )


def _implements(concrete: Declared, abstract: Declared) -> bool:
    if concrete is abstract or not _ABSTRACT_BASES.isdisjoint(concrete.bases or ()):
        return False
    structural = "ABC" not in (abstract.bases or ()) and abstract.members
    return abstract.name in (concrete.bases or ()) or bool(
        structural and set(abstract.members).issubset(concrete.members)
    )


def _is_decided(name: str, subject: ProjectSubject) -> bool:
    named = rf"\b{re.escape(name)}\b"
    return any(
        item.kind is ItemKind.DECISION and re.search(named, item.text)
        for item in subject.index.items.values()
    )


def _find_place(abstract: _Type, subject: ProjectSubject) -> Place:
    """The line of the interface block that declares it."""
    component = subject.index.components[abstract.component].component
    declared = re.search(
        rf"\b(?:class|type|interface) {abstract.declared.name}\b", component.interface
    )
    line = component.interface.count("\n", 0, declared.start()) if declared else 0
    place = component.interface_place
    return Place(path=place.path, line=place.line + line)


_BLOCK = "def balance(account: str) -> int: ...\n"
_PROTOCOL = """\
from typing import Protocol


class Store(Protocol):
    def read(self, account: str) -> list[int]: ...


class FileStore:
    def read(self, account: str) -> list[int]: ...


def balance(account: str) -> int: ...
"""
_ONE_CLASS = """\
class FileStore:
    def read(self, account: str) -> list[int]: ...


def balance(account: str) -> int: ...
"""
_SECOND_CLASS = """\
class MemoryStore:
    def read(self, account: str) -> list[int]: ...
"""

RULE = Rule(
    name="needless-abstraction",
    title="An abstract type with one implementation, and no decision that asks for it",
    why="Every reader has to look in two places for one thing. A second implementation that may "
    "come some day is easier to make room for when it does come.",
    source="Fowler, Refactoring, 1999: Speculative Generality; Spec Kit's article on simplicity",
    severity=Severity.WARNING,
    bad={"plan.md": PLAN.replace(_BLOCK, _PROTOCOL)},
    good={"plan.md": PLAN.replace(_BLOCK, _ONE_CLASS)},
    alone=(
        # Two implementations.
        {"plan.md": PLAN.replace(_BLOCK, f"{_PROTOCOL}\n\n{_SECOND_CLASS}")},
        # A decision says why.
        {
            "plan.md": PLAN.replace(_BLOCK, _PROTOCOL).replace(
                "**Choice**: whole cents.", "**Choice**: whole cents; `Store` hides where they are."
            )
        },
    ),
    find_in_project=find_needless_abstractions,
)
