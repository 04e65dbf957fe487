"""Where a row stands: the interfaces in reach, and the names that earlier rows bound."""

from __future__ import annotations

import keyword
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.targets.python.scope import RESERVED, Scope, Typed, World

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """An expression as Python text with its type, None where nothing is known of it."""

    text: str
    type: Typed | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """Where a row stands: the interfaces, the components it touches, the names bound before."""

    world: World
    touches: tuple[str, ...]
    feature: str
    bound: Mapping[str, Written] = field(default_factory=dict)

    def bind(self, name: str, typed: Typed | None) -> Frame:
        """The frame after a row that binds `name`."""
        local = Written(text=local_variable(name, self.world), type=typed)
        return Frame(
            world=self.world,
            touches=self.touches,
            feature=self.feature,
            bound={**self.bound, name: local},
        )

    def find_scope(self, name: str, *, component: str = "") -> Scope | None:
        """The interface that declares `name`: the qualifier's, else that of a touched component."""
        scopes = self.world.scopes
        if component:
            ref = component if component in scopes else f"{self.feature}/{component}"
            scope = scopes.get(ref)
            return scope if scope and name in scope.declarations.nodes else None
        touched = (scopes[ref] for ref in self.touches if ref in scopes)
        for scope in (*touched, *scopes.values()):
            if name in scope.declarations.nodes:
                return scope
        return None

    def find_name(self, name: str) -> str:
        """What the test file calls a declared name; empty where no interface declares it."""
        component, _, plain = name.rpartition(".")
        scope = self.find_scope(plain, component=component)
        return self.world.local_name(scope, plain) if scope else ""


def local_variable(name: str, world: World) -> str:
    """A bound name as a local variable that hides nothing which the test file imports."""
    declared = any(True for _ in world.declaring(name))
    taken = declared or name in RESERVED or keyword.iskeyword(name)
    return f"{name}_" if taken else name
