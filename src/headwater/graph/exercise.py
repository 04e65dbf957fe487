"""Which tests run a function, told from names in the code: nothing is executed for it.

A test runs what it calls by name, and whatever that names in turn, in its own file or in that of a
component that it depends on; a command line runs what stands outside of functions. So a name that
two functions share counts for both: the answer may hold a test too many, and it lacks those that
reach code without naming it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.spec.examples import ArrayOf, Attribute, Call, CallRow, Literal, Name, ObjectOf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from headwater.graph.facts import Definition
    from headwater.spec.examples import Expression, Row

# Methods that run without being named, such as `__init__`: whoever names their class runs them.
_UNNAMED = "__"


def find_definition(definitions: Iterable[Definition], line: int) -> Definition | None:
    """The innermost definition that holds a line; None where no function or class does."""
    around = [one for one in definitions if one.first <= line <= one.last]
    return min(around, key=lambda one: one.last - one.first, default=None)


def find_users(
    wanted: Definition,
    *,
    owner: str,
    definitions: Mapping[str, Sequence[Definition]],
    dependencies: Mapping[str, Iterable[str]],
) -> dict[str, tuple[Definition, ...]]:
    """The definitions that lead to `wanted` by names, itself included, by component.

    Args:
        wanted: a definition of `owner`.
        owner: its component.
        definitions: of all components that may use it, the owner among them.
        dependencies: component to the components that it may name things of.
    """
    found: dict[str, dict[str, Definition]] = {owner: {wanted.name: wanted}}
    queue = [(owner, wanted)]
    for holder, used in queue:
        for component, own in definitions.items():
            if component != holder and holder not in dependencies.get(component, ()):
                continue
            known = found.setdefault(component, {})
            for one in own:
                if one.name not in known and _called_name(used) in one.names:
                    known[one.name] = one
                    queue.append((component, one))
    return {component: tuple(own.values()) for component, own in found.items() if own}


def runs_any(
    names: frozenset[str],
    touches: Iterable[str],
    users: Mapping[str, Sequence[Definition]],
    *,
    starts: bool,
) -> bool:
    """Whether a test runs one of `users`.

    Args:
        names: what the test uses by name.
        touches: the components whose names these are.
        users: as `find_users` gives them.
        starts: whether the test starts the components as programs, so that the code outside of
            their functions runs.
    """
    return any(
        _called_name(one) in names if one.name else starts
        for component in touches
        for one in users.get(component, ())
    )


def list_names(rows: Iterable[Row]) -> frozenset[str]:
    """The names that rows of an example call or read; a command line names nothing."""
    calls = (row for row in rows if isinstance(row, CallRow))
    return frozenset(name for row in calls for name in _walk(row.expression))


def _called_name(definition: Definition) -> str:
    """The name by which code runs a definition."""
    if definition.simple_name.startswith(_UNNAMED) and "." in definition.name:
        return definition.name.split(".")[-2]
    return definition.simple_name


def _walk(expression: Expression) -> Iterator[str]:
    match expression:
        case Literal():
            return
        case Name(name=name):
            yield name
        case Attribute(of=of, name=name):
            yield name
            yield from _walk(of)
        case ArrayOf(items=items):
            for item in items:
                yield from _walk(item)
        case ObjectOf(items=pairs):
            for _, item in pairs:
                yield from _walk(item)
        case Call(function=function, arguments=arguments, named=named):
            for part in (function, *arguments, *(value for _, value in named)):
                yield from _walk(part)
