"""What a class statement is: a record, an enumeration, an error, a plain class; and its members."""

from __future__ import annotations

import ast
import builtins
from enum import Enum
from typing import TYPE_CHECKING

from headwater.targets.python.source import FunctionNode, assigned_name, dotted_name

if TYPE_CHECKING:
    from collections.abc import Sequence


class Flavour(Enum):
    """What kind of type a class statement makes."""

    RECORD = "dataclass"
    TUPLE = "NamedTuple"
    DICT = "TypedDict"
    ENUM = "Enum"
    ERROR = "exception"
    PROTOCOL = "Protocol"
    PLAIN = "class"


_BASES = {
    "NamedTuple": Flavour.TUPLE,
    "TypedDict": Flavour.DICT,
    "Enum": Flavour.ENUM,
    "IntEnum": Flavour.ENUM,
    "StrEnum": Flavour.ENUM,
    "Flag": Flavour.ENUM,
    "IntFlag": Flavour.ENUM,
    "Protocol": Flavour.PROTOCOL,
}
_WHOLE = {Flavour.RECORD, Flavour.TUPLE, Flavour.DICT, Flavour.ENUM}


def read_flavour(node: ast.ClassDef) -> Flavour:
    """The kind of a class, by its decorators and the last words of its bases."""
    if any(decorator_name(decorator) == "dataclass" for decorator in node.decorator_list):
        return Flavour.RECORD
    for name in base_names(node):
        if name in _BASES:
            return _BASES[name]
        if _is_error_name(name):
            return Flavour.ERROR
    return Flavour.PLAIN


def is_whole(node: ast.ClassDef) -> bool:
    """Whether its declaration is all there is to it, so that a stub can have it as it stands."""
    flavour = read_flavour(node)
    if flavour in {Flavour.ERROR, Flavour.PROTOCOL}:
        return True
    return flavour in _WHOLE and not methods_of(node)


def methods_of(node: ast.ClassDef) -> list[FunctionNode]:
    """The functions of a class's body, in order."""
    return [item for item in node.body if isinstance(item, FunctionNode)]


def member_names(node: ast.ClassDef) -> list[str]:
    """Public methods, attributes and enumeration members, each once, in order."""
    names: dict[str, None] = {}
    for item in node.body:
        name = item.name if isinstance(item, FunctionNode) else assigned_name(item)
        if name and not name.startswith("_"):
            names[name] = None
    return list(names)


def fields_of(node: ast.ClassDef) -> list[ast.AnnAssign]:
    """A record's own fields that its constructor takes, in order."""
    return [
        item
        for item in node.body
        if isinstance(item, ast.AnnAssign)
        and isinstance(item.target, ast.Name)
        and not _is_class_variable(item)
        and not _is_left_out(item.value)
    ]


def required_names(node: FunctionNode, *, bound: bool) -> list[str]:
    """Names of the parameters that have no default, in order."""
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    optional = {item.arg for item in positional[len(positional) - len(arguments.defaults) :]}
    named = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    optional.update(item.arg for item, default in named if default is not None)
    return [name for name in parameter_names(node, bound=bound) if name not in optional]


def is_variadic(node: FunctionNode) -> bool:
    """Whether a function takes more than its named parameters."""
    return node.args.vararg is not None or node.args.kwarg is not None


def base_names(node: ast.ClassDef) -> list[str]:
    """The last words of a class's bases: `base.Error` → `Error`, `Generic[T]` → `Generic`."""
    names = (dotted_name(_without_subscript(base)) for base in node.bases)
    return [name.rpartition(".")[2] for name in names if name]


def decorator_name(node: ast.expr) -> str:
    """The last word of a decorator, called or not: `functools.lru_cache(8)` → `lru_cache`."""
    called = node.func if isinstance(node, ast.Call) else node
    return dotted_name(called).rpartition(".")[2]


def has_decorator(node: FunctionNode, names: Sequence[str]) -> bool:
    """Whether a function carries one of these decorators, however it is qualified."""
    return any(decorator_name(decorator) in names for decorator in node.decorator_list)


def parameter_names(node: FunctionNode, *, bound: bool) -> list[str]:
    """Names of all parameters in order, without `self` or `cls` where `bound`."""
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args]
    if bound and every and not has_decorator(node, ["staticmethod"]):
        every = every[1:]
    return [argument.arg for argument in [*every, *arguments.kwonlyargs]]


def _without_subscript(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Subscript) else node


def _is_error_name(name: str) -> bool:
    found = getattr(builtins, name, None)
    if isinstance(found, type):
        return issubclass(found, BaseException)
    return name.endswith(("Error", "Exception"))


def _is_class_variable(node: ast.AnnAssign) -> bool:
    return dotted_name(_without_subscript(node.annotation)).endswith("ClassVar")


def _is_left_out(value: ast.expr | None) -> bool:
    """`field(init=False)` is no parameter."""
    return isinstance(value, ast.Call) and any(
        keyword.arg == "init"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is False
        for keyword in value.keywords
    )
