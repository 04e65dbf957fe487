"""Writes JSON values as Python expressions of the type that an interface declares."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from headwater.targets.python.classes import Flavour, read_flavour
from headwater.targets.python.resolve import (
    DeclaredClass,
    KnownType,
    constructor_parameters,
    resolve,
)
from headwater.targets.python.scalars import SCALARS, Misfit, show_json, write_float, write_text
from headwater.targets.python.source import assigned_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.targets.python.scope import Typed, World


WRAPPERS = {"Annotated", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly"}
LISTS = {"list", "Sequence", "MutableSequence", "Iterable", "Collection", "deque", "Reversible"}
ITERATORS = {"Iterator", "Generator", "AsyncIterator", "AsyncIterable", "AsyncGenerator"}
SETS = {"set", "Set", "AbstractSet", "MutableSet", "frozenset"}
MAPPINGS = {"dict", "Mapping", "MutableMapping", "OrderedDict", "defaultdict", "Counter"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """A part of a value that is computed: its Python expression. It fits every type."""

    text: str

    def __str__(self) -> str:
        return self.text


def write_argument(value: object, typed: Typed | None, world: World) -> str:
    """The expression that gives `value` the declared type; plain JSON where none is known.

    Raises:
        Misfit: the value is none of that type.
    """
    if isinstance(value, Code):
        return value.text
    resolved = resolve(typed, world) if typed is not None else None
    if isinstance(resolved, DeclaredClass):
        return _write_declared(value, resolved, world)
    if resolved is None:
        return write_plain(value)
    return _write_known(value, resolved, world)


def write_plain(value: object) -> str:
    """A JSON value as Python writes it."""
    if isinstance(value, Code):
        return value.text
    if isinstance(value, str):
        return write_text(value)
    if isinstance(value, Decimal | float):
        return write_float(value)
    if isinstance(value, list):
        return f"[{', '.join(map(write_plain, value))}]"
    if isinstance(value, dict):
        items = (f"{write_text(key)}: {write_plain(item)}" for key, item in value.items())
        return f"{{{', '.join(items)}}}"
    return repr(value)


def show_type(typed: Typed) -> str:
    """A type expression as written."""
    return ast.unparse(typed.node)


# --- Types that an interface declares -----------------------------------------------------------


def _write_declared(value: object, declared: DeclaredClass, world: World) -> str:
    name = declared.node.name
    local = world.local_name(declared.scope, name)
    flavour = read_flavour(declared.node)
    if flavour is Flavour.ENUM:
        return f"{local}.{find_enum_member(value, declared.node)}"
    parameters = constructor_parameters(declared, world)
    if not isinstance(value, dict) or parameters is None:
        raise Misfit(f"`{show_json(value)}` is no `{name}`")
    types = {item.name: item.type for item in parameters}
    unknown = [key for key in value if key not in types]
    missing = [
        item.name
        for item in parameters
        if item.name not in value and not item.optional and not item.variadic
    ]
    if unknown:
        raise Misfit(f"`{name}` has no `{unknown[0]}`")
    if missing and flavour is not Flavour.DICT:
        raise Misfit(f"`{name}` needs `{missing[0]}`")
    written = {key: write_argument(item, types[key], world) for key, item in value.items()}
    if flavour is Flavour.DICT:
        return f"{{{', '.join(f'{write_text(key)}: {text}' for key, text in written.items())}}}"
    return f"{local}({', '.join(f'{key}={text}' for key, text in written.items())})"


def find_enum_member(value: object, node: ast.ClassDef) -> str:
    """The name of the member with this value, else with this name.

    Raises:
        Misfit: there is none.
    """
    members: dict[str, ast.expr | None] = {
        assigned_name(item): item.value
        for item in node.body
        if isinstance(item, ast.Assign | ast.AnnAssign) and assigned_name(item)
    }
    for name, constant in members.items():
        if constant is not None and _is_same_constant(constant, value):
            return name
    if isinstance(value, str) and (value in members or value.upper() in members):
        return value if value in members else value.upper()
    raise Misfit(f"`{show_json(value)}` is no member of `{node.name}`: {', '.join(members)}")


def _is_same_constant(node: ast.expr, value: object) -> bool:
    try:
        constant = ast.literal_eval(node)
    except ValueError:
        return False
    if isinstance(value, Decimal):
        value = float(value)
    return type(constant) is type(value) and bool(constant == value)


# --- Types of the language ----------------------------------------------------------------------


def _write_known(value: object, known: KnownType, world: World) -> str:
    name, arguments = known.name, known.arguments
    if name in {"Optional", "Union"}:
        return _write_first_fit(value, known, world)
    if name == "Literal":
        return _write_choice(value, arguments)
    if name in WRAPPERS:
        return write_argument(value, arguments[0] if arguments else None, world)
    if name in MAPPINGS:
        return _write_mapping(value, arguments, world)
    if name in LISTS | ITERATORS | SETS | {"tuple"}:
        return _write_array(value, known, world)
    writer = SCALARS.get(name)
    return writer(value) if writer else write_plain(value)


def _write_first_fit(value: object, known: KnownType, world: World) -> str:
    if value is None and known.name == "Optional":
        return "None"
    for argument in known.arguments:
        try:
            return write_argument(value, argument, world)
        except Misfit:
            continue
    choices = " | ".join(map(show_type, known.arguments))
    raise Misfit(f"`{show_json(value)}` is no `{choices}`")


def _write_choice(value: object, arguments: Sequence[Typed]) -> str:
    if any(_is_same_constant(argument.node, value) for argument in arguments):
        return write_plain(value)
    choices = ", ".join(map(show_type, arguments))
    raise Misfit(f"`{show_json(value)}` is none of {choices}")


def _write_mapping(value: object, arguments: Sequence[Typed], world: World) -> str:
    if not isinstance(value, dict):
        raise Misfit(f"`{show_json(value)}` is no object")
    key_type, item_type = arguments if len(arguments) == 2 else (None, None)
    items = (
        f"{write_key(key, key_type, world)}: {write_argument(item, item_type, world)}"
        for key, item in value.items()
    )
    return f"{{{', '.join(items)}}}"


def write_key(key: str, typed: Typed | None, world: World) -> str:
    """An object's key, which JSON has as text, as the declared type of a mapping's keys."""
    try:
        return write_argument(key, typed, world)
    except Misfit:
        try:
            value = json.loads(key, parse_float=Decimal)
        except ValueError:
            value = None
        if value is None:
            raise
        return write_argument(value, typed, world)


def _write_array(value: object, known: KnownType, world: World) -> str:
    if not isinstance(value, list):
        raise Misfit(f"`{show_json(value)}` is no array")
    types = element_types(known, len(value))
    texts = [write_argument(item, typed, world) for item, typed in zip(value, types, strict=True)]
    inner = ", ".join(texts)
    if known.name in SETS:
        braces = f"{{{inner}}}" if texts else ""
        if known.name == "frozenset":
            return f"frozenset({braces})"
        return braces or "set()"
    if known.name == "tuple":
        return f"({inner},)" if len(texts) == 1 else f"({inner})"
    return f"iter([{inner}])" if known.name in ITERATORS else f"[{inner}]"


def element_types(known: KnownType, count: int) -> list[Typed | None]:
    """The type of each of `count` elements.

    Raises:
        Misfit: a tuple of another length is declared.
    """
    arguments = list(known.arguments)
    if known.name != "tuple":
        return [arguments[0] if arguments else None] * count
    if not arguments:
        return [None] * count
    last = arguments[-1].node
    if isinstance(last, ast.Constant) and last.value is Ellipsis:
        return [arguments[0]] * count
    empty = len(arguments) == 1 and isinstance(last, ast.Tuple) and not last.elts
    wanted = 0 if empty else len(arguments)
    if wanted != count:
        raise Misfit(f"a tuple of {wanted} is declared, the array has {count}")
    return list(arguments[:count])
