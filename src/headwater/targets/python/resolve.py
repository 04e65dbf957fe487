"""Follows type expressions to what they name: a type of the language, or a declared class."""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass

from headwater.targets.python.classes import Flavour, fields_of, methods_of, read_flavour
from headwater.targets.python.parsing import parse_expression
from headwater.targets.python.scope import STANDARD, Scope, Typed, World
from headwater.targets.python.source import FunctionNode, assigned_name, dotted_name


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclaredClass:
    """A class that an interface declares."""

    scope: Scope
    node: ast.ClassDef

    @property
    def instance(self) -> Typed:
        """The type of its instances."""
        return Typed(scope=self.scope, node=ast.Name(self.node.name))


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownType:
    """A type of the language: its plain name (`list`, `Decimal`, `Optional`) and arguments."""

    name: str
    arguments: tuple[Typed, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """One parameter: its name and its type, None where none is written."""

    name: str
    type: Typed | None
    keyword_only: bool = False
    variadic: bool = False
    optional: bool = False


def resolve(typed: Typed, world: World) -> KnownType | DeclaredClass | None:
    """What a type expression names; None for a type that nothing is known of."""
    node = typed.node
    if isinstance(node, ast.Constant):
        return _resolve_constant(typed, world)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        sides = (Typed(scope=typed.scope, node=side) for side in (node.left, node.right))
        return KnownType(name="Union", arguments=tuple(sides))
    if isinstance(node, ast.Subscript):
        return _resolve_generic(typed, node, world)
    return _resolve_name(typed.scope, dotted_name(node), world)


def constructor_parameters(declared: DeclaredClass, world: World) -> list[Parameter] | None:
    """What constructing a class takes; None where the interface does not say."""
    for owner in _lineage(declared, world):
        for method in methods_of(owner.node):
            if method.name == "__init__":
                return function_parameters(owner.scope, method, bound=True)
    if read_flavour(declared.node) not in {Flavour.RECORD, Flavour.TUPLE, Flavour.DICT}:
        return None
    fields: dict[str, Parameter] = {}
    for owner in reversed(_lineage(declared, world)):
        for item in fields_of(owner.node):
            name = assigned_name(item)
            typed = Typed(scope=owner.scope, node=item.annotation)
            fields[name] = Parameter(name=name, type=typed, optional=item.value is not None)
    return list(fields.values())


def function_parameters(scope: Scope, node: FunctionNode, *, bound: bool) -> list[Parameter]:
    """A function's parameters in order, without `self` or `cls` where `bound`."""
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    required = len(positional) - len(arguments.defaults)
    parameters = [
        Parameter(name=item.arg, type=_annotation(scope, item), optional=position >= required)
        for position, item in enumerate(positional)
    ][1 if bound else 0 :]
    if arguments.vararg:
        item = arguments.vararg
        parameters.append(Parameter(name=item.arg, type=_annotation(scope, item), variadic=True))
    parameters += [
        Parameter(
            name=item.arg,
            type=_annotation(scope, item),
            keyword_only=True,
            optional=default is not None,
        )
        for item, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    return parameters


def find_member(declared: DeclaredClass, name: str, world: World) -> tuple[Scope, ast.stmt] | None:
    """The statement that declares a method or an attribute, in the class or a declared base."""
    for owner in _lineage(declared, world):
        for item in owner.node.body:
            found = item.name if isinstance(item, FunctionNode) else assigned_name(item)
            if found == name:
                return owner.scope, item
    return None


def _resolve_constant(typed: Typed, world: World) -> KnownType | DeclaredClass | None:
    value = typed.node.value if isinstance(typed.node, ast.Constant) else None
    if value is None:
        return KnownType(name="None")
    if not isinstance(value, str):
        return None
    try:
        quoted = parse_expression(value)
    except SyntaxError:
        return None
    return resolve(Typed(scope=typed.scope, node=quoted), world)


def _resolve_generic(
    typed: Typed, node: ast.Subscript, world: World
) -> KnownType | DeclaredClass | None:
    base = resolve(Typed(scope=typed.scope, node=node.value), world)
    if not isinstance(base, KnownType):
        return base
    inner = node.slice
    parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    return KnownType(
        name=base.name, arguments=tuple(Typed(scope=typed.scope, node=part) for part in parts)
    )


def _resolve_name(scope: Scope, name: str, world: World) -> KnownType | DeclaredClass | None:
    """Follow a name through the scope's declarations and imports, then by its last word."""
    declared = scope.declarations.nodes.get(name)
    if declared is not None:
        return _resolve_declared(scope, declared, world)
    first, dot, rest = name.partition(".")
    full = scope.imports.get(first, first) + dot + rest
    module, _, last = full.rpartition(".")
    other = world.find(module) if module else None
    if other is not None and last in other.declarations.nodes:
        return _resolve_declared(other, other.declarations.nodes[last], world)
    if module in {"", "typing", "collections.abc", "typing_extensions", "enum", "collections"}:
        known = last in STANDARD or hasattr(builtins, last) or bool(module) or last in _TYPING
        if known:
            return KnownType(name=_PLAIN.get(last, last))
    elif STANDARD.get(last) == module:
        return KnownType(name=last)
    found = next(world.declaring(last), None) if last else None
    return _resolve_declared(found, found.declarations.nodes[last], world) if found else None


_PLAIN = {"List": "list", "Dict": "dict", "Set": "set", "FrozenSet": "frozenset", "Tuple": "tuple"}


_TYPING = {"Any", "Optional", "Union", "Sequence", "Iterable", "Mapping", "Self", "Final"}


def _resolve_declared(
    scope: Scope, node: ast.stmt, world: World
) -> KnownType | DeclaredClass | None:
    if isinstance(node, ast.ClassDef):
        return DeclaredClass(scope=scope, node=node)
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    if isinstance(value, ast.Call):  # NewType("UserId", str) is its base to a test
        if dotted_name(value.func).endswith("NewType") and len(value.args) > 1:
            return resolve(Typed(scope=scope, node=value.args[1]), world)
        return None
    if value is None or not _stands_before(scope, dotted_name(value), assigned_name(node)):
        return None
    return resolve(Typed(scope=scope, node=value), world)


def _stands_before(scope: Scope, name: str, other: str) -> bool:
    """An alias names what stands above it, so that no circle of aliases is followed."""
    names = list(scope.declarations.nodes)
    return name not in names or names.index(name) < names.index(other)


def _annotation(scope: Scope, argument: ast.arg) -> Typed | None:
    annotation = argument.annotation
    return Typed(scope=scope, node=annotation) if annotation is not None else None


def _lineage(declared: DeclaredClass, world: World) -> list[DeclaredClass]:
    """The class and its declared bases, nearest first."""
    lineage = [declared]
    for position in range(32):  # a bound, since a block may declare a circle
        if position >= len(lineage):
            break
        owner = lineage[position]
        for base in owner.node.bases:
            found = resolve(Typed(scope=owner.scope, node=base), world)
            if isinstance(found, DeclaredClass) and found not in lineage:
                lineage.append(found)
    return lineage
