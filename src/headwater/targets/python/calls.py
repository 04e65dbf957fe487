"""Writes the expressions of Call rows as Python, and follows their types through interfaces."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.spec.examples import ArrayOf, Attribute, Call, Literal, Name, ObjectOf
from headwater.targets.python.classes import Flavour, has_decorator, read_flavour
from headwater.targets.python.frame import Frame, Written
from headwater.targets.python.literals import Code, write_argument
from headwater.targets.python.resolve import (
    DeclaredClass,
    KnownType,
    Parameter,
    constructor_parameters,
    find_member,
    function_parameters,
    resolve,
)
from headwater.targets.python.scalars import Misfit
from headwater.targets.python.scope import Scope, Typed, World
from headwater.targets.python.source import FunctionNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.examples import Expression


@dataclass(frozen=True, kw_only=True, slots=True)
class Callee:
    """What a call calls: its text, its parameters where they are known, and what it returns."""

    text: str
    parameters: Sequence[Parameter] | None = None
    returns: Typed | None = None


def write_expression(expression: Expression, frame: Frame) -> Written:
    """An expression as Python.

    Raises:
        Misfit: an argument is none of the declared type, or a name is not known.
    """
    match expression:
        case Literal() | ArrayOf() | ObjectOf():
            return Written(text=write_argument(plain_value(expression, frame), None, frame.world))
        case Name():
            return _write_name(expression, frame)
        case Attribute():
            return _write_attribute(expression, frame)
        case Call():
            callee = find_callee(expression, frame)
            arguments = write_arguments(expression, callee, frame)
            return Written(text=f"{callee.text}({', '.join(arguments)})", type=callee.returns)


def find_callee(call: Call, frame: Frame) -> Callee:
    """What a call calls, by the interfaces.

    Raises:
        Misfit: no interface declares it.
    """
    function = call.function
    if isinstance(function, Name):
        scope = frame.find_scope(function.name, component=call.component)
        if scope is None:
            raise Misfit(f"no interface declares `{_qualified(call.component, function.name)}`")
        return _describe_callee(scope, function.name, frame)
    if call.component:  # C2.Account.open(…)
        of = _write_declared(function.of, call.component, frame)
        return _find_method(of, function.name, frame)
    return _find_method(write_expression(function.of, frame), function.name, frame)


def write_arguments(call: Call, callee: Callee, frame: Frame) -> list[str]:
    """Each argument as Python, of the type that its parameter declares.

    Raises:
        Misfit: one does not fit, or there is no such parameter.
    """
    parameters = callee.parameters
    written = []
    for position, argument in enumerate(call.arguments):
        typed = _positional_type(parameters, position, callee)
        written.append(write_argument(plain_value(argument, frame), typed, frame.world))
    for name, argument in call.named:
        typed = _named_type(parameters, name, callee)
        text = write_argument(plain_value(argument, frame), typed, frame.world)
        written.append(f"{name}={text}")
    _require_all(call, callee)
    return written


def plain_value(expression: Expression, frame: Frame) -> object:
    """A JSON value whose computed parts are `Code`."""
    match expression:
        case Literal():
            return expression.value
        case ArrayOf():
            return [plain_value(item, frame) for item in expression.items]
        case ObjectOf():
            return {key: plain_value(item, frame) for key, item in expression.items}
        case _:
            return Code(text=write_expression(expression, frame).text)


def _write_name(expression: Name, frame: Frame) -> Written:
    bound = frame.bound.get(expression.name)
    return bound if bound is not None else _write_declared(expression, "", frame)


def _write_declared(expression: Expression, component: str, frame: Frame) -> Written:
    name = expression.name if isinstance(expression, Name) else ""
    scope = frame.find_scope(name, component=component)
    if scope is None:
        raise Misfit(f"no row binds `{name}`, and no interface declares it")
    node = scope.declarations.nodes[name]
    typed = None
    if isinstance(node, ast.ClassDef):
        typed = Typed(scope=scope, node=ast.Name(name))
    elif isinstance(node, ast.AnnAssign):
        typed = Typed(scope=scope, node=node.annotation)
    return Written(text=frame.world.local_name(scope, name), type=typed)


def _write_attribute(expression: Attribute, frame: Frame) -> Written:
    of = write_expression(expression.of, frame)
    text = f"{of.text}.{expression.name}"
    found = _find_in_type(of.type, expression.name, frame.world)
    if found is None:
        return Written(text=text)
    scope, node, declared = found
    if isinstance(node, ast.AnnAssign):
        return Written(text=text, type=Typed(scope=scope, node=node.annotation))
    if isinstance(node, FunctionNode) and node.returns is not None:
        return Written(text=text, type=Typed(scope=scope, node=node.returns))
    is_member = read_flavour(declared.node) is Flavour.ENUM
    return Written(text=text, type=declared.instance if is_member else None)


def _describe_callee(scope: Scope, name: str, frame: Frame) -> Callee:
    node = scope.declarations.nodes[name]
    text = frame.world.local_name(scope, name)
    if isinstance(node, FunctionNode) and has_decorator(node, ["overload"]):
        return Callee(text=text)  # which of the signatures is meant is not worked out
    if isinstance(node, FunctionNode):
        returns = Typed(scope=scope, node=node.returns) if node.returns is not None else None
        parameters = function_parameters(scope, node, bound=False)
        variadic = node.args.kwarg is not None
        return Callee(text=text, parameters=None if variadic else parameters, returns=returns)
    if isinstance(node, ast.ClassDef):
        declared = DeclaredClass(scope=scope, node=node)
        parameters_ = constructor_parameters(declared, frame.world)
        return Callee(text=text, parameters=parameters_, returns=declared.instance)
    return Callee(text=text)


def _find_method(of: Written, name: str, frame: Frame) -> Callee:
    text = f"{of.text}.{name}"
    found = _find_in_type(of.type, name, frame.world)
    if found is None:
        return Callee(text=text)
    scope, node, declared = found
    if not isinstance(node, FunctionNode):
        return Callee(text=text)
    bound = not has_decorator(node, ["staticmethod"])
    returns = None
    if node.returns is not None:
        is_self = isinstance(node.returns, ast.Name) and node.returns.id == "Self"
        returns = declared.instance if is_self else Typed(scope=scope, node=node.returns)
    parameters = None if node.args.kwarg else function_parameters(scope, node, bound=bound)
    return Callee(text=text, parameters=parameters, returns=returns)


def _find_in_type(
    typed: Typed | None, name: str, world: World
) -> tuple[Scope, ast.stmt, DeclaredClass] | None:
    """The member `name` of a type, or of the first member of a union that has it."""
    resolved = resolve(typed, world) if typed is not None else None
    if isinstance(resolved, DeclaredClass):
        found = find_member(resolved, name, world)
        return (*found, resolved) if found else None
    if isinstance(resolved, KnownType) and resolved.name in {
        *("Optional", "Union", "Awaitable", "Coroutine", "Annotated"),
    }:
        inner = (_find_in_type(argument, name, world) for argument in resolved.arguments)
        return next((found for found in inner if found), None)
    return None


def _positional_type(
    parameters: Sequence[Parameter] | None, position: int, callee: Callee
) -> Typed | None:
    if parameters is None:
        return None
    positional = [item for item in parameters if not item.keyword_only]
    if position < len(positional):
        return positional[position].type
    if positional and positional[-1].variadic:
        return positional[-1].type
    raise Misfit(f"`{callee.text}` takes {len(positional)} arguments")


def _named_type(parameters: Sequence[Parameter] | None, name: str, callee: Callee) -> Typed | None:
    if parameters is None:
        return None
    for item in parameters:
        if item.name == name and not item.variadic:
            return item.type
    raise Misfit(f"`{callee.text}` has no parameter `{name}`")


def _require_all(call: Call, callee: Callee) -> None:
    named = {name for name, _ in call.named}
    positional = 0
    for item in callee.parameters or ():
        given = item.name in named or (not item.keyword_only and positional < len(call.arguments))
        positional += not item.keyword_only
        if not (given or item.optional or item.variadic):
            raise Misfit(f"`{callee.text}` needs `{item.name}`")


def _qualified(component: str, name: str) -> str:
    return f"{component}.{name}" if component else name
