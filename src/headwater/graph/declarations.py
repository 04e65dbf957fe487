"""What a declaration allows: arguments, members, errors. Only what is certain is found wrong."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from headwater.graph.facts import DeclaredKind

if TYPE_CHECKING:
    from headwater.graph.facts import Declared
    from headwater.graph.scope import Owned, Scope
    from headwater.spec.examples import Call

# Errors that every language has; each target says what they map to.
NEUTRAL_ERRORS = frozenset(
    {"invalid_argument", "not_found", "already_exists", "out_of_range", "unsupported", "timeout"}
)


def is_builtin_error(name: str) -> bool:
    """Whether `name` is one of Python's own errors, which every target reads by its meaning."""
    found = getattr(builtins, name, None)
    return isinstance(found, type) and issubclass(found, BaseException)


def list_members(owner: Owned, *, scope: Scope) -> frozenset[str] | None:
    """A type's own and inherited members; None when they cannot be known."""
    members: set[str] = set()
    waiting, seen = [owner], {owner.declared.name}
    for each in waiting:
        if not each.declared.members:
            return None
        members.update(each.declared.members)
        for base in each.declared.bases or ():
            found = scope.find_names(base)
            if len(found) != 1:
                return None
            if base not in seen:
                seen.add(base)
                waiting.append(found[0])
    return frozenset(members)


def find_wrong_argument(declared: Declared, call: Call) -> str:
    """What is wrong with a call's arguments, as far as the declaration tells; or empty."""
    parameters = declared.parameters
    inherited = declared.kind is not DeclaredKind.FUNCTION and (not parameters or declared.bases)
    if declared.variadic or inherited:
        return ""
    given = len(call.arguments)
    if given > len(parameters):
        return f"`{declared.name}` takes {_count(len(parameters))}, the row gives {given}"
    named = [name for name, _ in call.named]
    for name in named:
        if name not in parameters:
            return f"`{declared.name}` has no parameter `{name}`"
        if name in parameters[:given]:
            return f"`{declared.name}` is given `{name}` twice"
    missing = [
        name for name in declared.required or () if name not in (*parameters[:given], *named)
    ]
    return f"`{declared.name}` is called without `{missing[0]}`" if missing else ""


def _count(number: int) -> str:
    return "no arguments" if not number else f"{number} argument{'s' if number > 1 else ''}"
