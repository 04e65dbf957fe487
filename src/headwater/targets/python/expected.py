"""Writes what a row expects as the Python value that the support module compares results with."""

from __future__ import annotations

import builtins
from decimal import Decimal
from typing import TYPE_CHECKING

from headwater.spec.examples import Anything, Approximately, Equals, Matches, Raises
from headwater.targets.python.classes import Flavour, read_flavour
from headwater.targets.python.literals import (
    ITERATORS,
    LISTS,
    MAPPINGS,
    SETS,
    WRAPPERS,
    element_types,
    find_enum_member,
    show_type,
    write_argument,
    write_plain,
)
from headwater.targets.python.patterns import find_pattern_fault
from headwater.targets.python.resolve import (
    DeclaredClass,
    KnownType,
    constructor_parameters,
    resolve,
)
from headwater.targets.python.scalars import Misfit, show_json, write_float, write_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from headwater.spec.examples import Expected
    from headwater.targets.python.scope import Typed, World

_AWAITED = {"Awaitable": 0, "Coroutine": -1}
_REALS = {"float", "complex", "Decimal", "Fraction", "Any", "object", "Number", "Real"}

NEUTRAL = {
    "invalid_argument": ("ValueError",),
    "not_found": ("LookupError", "FileNotFoundError"),
    "already_exists": ("FileExistsError",),
    "out_of_range": ("IndexError", "OverflowError"),
    "unsupported": ("NotImplementedError",),
    "timeout": ("TimeoutError",),
}
"""The closed list of errors that a row may name in any language, and what raises them here."""

_READ_AS = {
    "ValueError": "invalid_argument",
    "LookupError": "not_found",
    "KeyError": "not_found",
    "FileNotFoundError": "not_found",
    "FileExistsError": "already_exists",
    "IndexError": "out_of_range",
    "OverflowError": "out_of_range",
    "NotImplementedError": "unsupported",
    "TimeoutError": "timeout",
}


def write_expected(
    expected: Expected, typed: Typed | None, *, world: World, find_name: Callable[[str], str]
) -> str:
    """The expression that the emitted test compares with.

    Args:
        expected: from the row.
        typed: the type that the call returns, None where the interface does not say.
        world: the interfaces.
        find_name: what the test file calls a declared name; empty where none is declared.

    Raises:
        Misfit: the value is none of the declared type, the error is unknown, or the pattern is
            not of the common syntax.
    """
    match expected:
        case Equals():
            return _write_value(expected.value.value, typed, world)
        case Raises():
            return _write_raises(expected, find_name)
        case Approximately():
            return f"near({write_text(expected.value)}, {write_text(expected.tolerance)})"
        case Matches():
            return f"matching({write_pattern(expected.pattern)})"
        case Anything():
            return "ANYTHING"


def write_pattern(pattern: str) -> str:
    """A pattern as a Python text, raw where that reads better.

    Raises:
        Misfit: it is not of RE2's syntax, or Python reads it in another way.
    """
    fault = find_pattern_fault(pattern)
    if fault:
        raise Misfit(f"the pattern /{pattern}/ {fault}")
    raw = "\\" in pattern and '"' not in pattern and not pattern.endswith("\\")
    return f'r"{pattern}"' if raw and pattern.isprintable() else write_text(pattern)


def name_error(name: str) -> str:
    """The error to raise where a row names `name`: the first of what a neutral name maps to."""
    return next(iter(NEUTRAL.get(_READ_AS.get(name, name), ())), name)


def read_error(name: str) -> str:
    """The neutral name that an error of Python's is read as; empty where it stands for itself."""
    return _READ_AS.get(name, "")


def _write_raises(expected: Raises, find_name: Callable[[str], str]) -> str:
    declared = find_name(expected.error)
    names = (declared,) if declared else _builtin_errors(expected.error)
    if not names:
        neutral = ", ".join(NEUTRAL)
        raise Misfit(f"no interface declares `{expected.error}`, nor is it one of {neutral}")
    message = "" if expected.message is None else f", message={write_text(expected.message)}"
    return f"raises({', '.join(names)}{message})"


def _builtin_errors(name: str) -> tuple[str, ...]:
    neutral = NEUTRAL.get(_READ_AS.get(name, name))
    if neutral:
        return neutral
    found = getattr(builtins, name, None)
    return (name,) if isinstance(found, type) and issubclass(found, Exception) else ()


def _write_value(value: object, typed: Typed | None, world: World) -> str:
    resolved = resolve(typed, world) if typed is not None else None
    if isinstance(resolved, DeclaredClass):
        return _write_record(value, resolved, world)
    if resolved is None or resolved.name in {"Any", "object"}:
        return _write_unknown(value)
    return _write_known(value, typed, resolved, world)


def _write_known(value: object, typed: Typed | None, known: KnownType, world: World) -> str:
    name, arguments = known.name, known.arguments
    if name in WRAPPERS | {"Optional", "Union"} or name in _AWAITED:
        return _write_choice(value, known, world)
    if name in MAPPINGS and isinstance(value, dict):
        items = arguments[1] if len(arguments) == 2 else None
        return _write_object(value, lambda _: items, world)
    if name in LISTS | ITERATORS | SETS | {"tuple"} and isinstance(value, list):
        types = element_types(known, len(value))
        texts = (_write_value(item, type_, world) for item, type_ in zip(value, types, strict=True))
        return f"[{', '.join(texts)}]"
    try:
        written = write_argument(value, typed, world)
    except Misfit as misfit:
        raise Misfit(f"{misfit}, but `{show_type(typed)}` is declared" if typed else "") from None
    if name == "Decimal" and isinstance(value, Decimal | int):
        return written
    if name in {"float", "complex"}:
        return written
    if name == "timedelta":  # its JSON form is a number of seconds
        return _write_unknown(value)
    return write_plain(value)


def _write_choice(value: object, known: KnownType, world: World) -> str:
    """The first member that fits; a whole number is any number where one of them takes that."""
    arguments = known.arguments
    if known.name in _AWAITED and arguments:
        return _write_value(value, arguments[_AWAITED[known.name]], world)
    if known.name in WRAPPERS:
        return _write_value(value, arguments[0] if arguments else None, world)
    if known.name == "Optional" and value is None:
        return "None"
    kinds = [resolve(argument, world) for argument in arguments]
    if type(value) is int and any(
        isinstance(kind, KnownType) and kind.name in _REALS for kind in kinds
    ):
        return _write_unknown(value)
    for argument in arguments:
        try:
            return _write_value(value, argument, world)
        except Misfit:
            continue
    choices = " | ".join(map(show_type, arguments))
    raise Misfit(f"`{show_json(value)}` is none of the declared `{choices}`")


def _write_record(value: object, declared: DeclaredClass, world: World) -> str:
    flavour = read_flavour(declared.node)
    if flavour is Flavour.ENUM:
        find_enum_member(value, declared.node)
        return write_plain(value)
    parameters = constructor_parameters(declared, world)
    if not isinstance(value, dict) or parameters is None or flavour is Flavour.PLAIN:
        return _write_unknown(value)
    types = {item.name: item.type for item in parameters}
    return _write_object(value, types.get, world)


def _write_object(
    value: dict[str, object], find_type: Callable[[str], Typed | None], world: World
) -> str:
    items = (
        f"{write_text(key)}: {_write_value(item, find_type(key), world)}"
        for key, item in value.items()
    )
    return f"{{{', '.join(items)}}}"


def _write_unknown(value: object) -> str:
    """A value of no declared type: there 1 is 1.0, which `number` says."""
    if isinstance(value, list):
        return f"[{', '.join(map(_write_unknown, value))}]"
    if isinstance(value, dict):
        items = (f"{write_text(key)}: {_write_unknown(item)}" for key, item in value.items())
        return f"{{{', '.join(items)}}}"
    if type(value) is int:
        return f"number({value})"
    if isinstance(value, Decimal | float):
        return write_float(value)
    return write_plain(value)
