"""The small changes that make mutants of Python code: what may stand in place of a node."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING, Any, Final, TypeVar

from headwater.targets.python.source import is_docstring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Node = TypeVar("Node", bound=ast.AST)

# Each comparison's boundary, then its opposite.
_COMPARISONS: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_OPERATORS: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
}
_OTHER_TEXT: Final = "mutant"
_CONDITIONAL = ast.If | ast.While | ast.IfExp
_CHANGED_INSIDE = ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Constant


def list_replacements(node: ast.AST, *, message: bool) -> Iterator[ast.AST]:
    """What may stand in place of a node.

    Args:
        node: any node of a function's body.
        message: it belongs to an error that is raised, whose text examples seldom fix.
    """
    change = _CHANGES.get(type(node))
    if change is not None and not (message and _is_text(node)):
        yield from change(node)
    if isinstance(node, _CONDITIONAL) and not isinstance(node.test, _CHANGED_INSIDE):
        yield _change(node, test=ast.UnaryOp(op=ast.Not(), operand=node.test))
    if _is_removable(node):
        yield ast.Pass()


def _change_comparison(node: ast.Compare) -> Iterator[ast.AST]:
    for number, operator in enumerate(node.ops):
        for other in _COMPARISONS[type(operator)]:
            yield _change(node, ops=[*node.ops[:number], other(), *node.ops[number + 1 :]])


def _change_constant(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(value=not value)
    elif isinstance(value, int):
        yield ast.Constant(value=value + 1)
        # A number below zero is written with a sign before it.
        below = ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1))
        yield ast.Constant(value=value - 1) if value else below
    elif isinstance(value, float):
        yield ast.Constant(value=value + 1)
    elif isinstance(value, str):
        yield ast.Constant(value="" if value else _OTHER_TEXT)


def _change_operator(node: ast.BinOp | ast.AugAssign) -> Iterator[ast.AST]:
    other = _OPERATORS.get(type(node.op))
    sides = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.value,)
    if other is not None and not any(map(_is_text, sides)):  # it means nothing with a text
        yield _change(node, op=other())


def _change_logic(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _change(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _change_sign(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not):
        yield node.operand


def _change_raise(node: ast.Raise) -> Iterator[ast.AST]:
    if node.exc is not None:
        yield _change(node, exc=_raise_other(node.exc))


def _change_handler(node: ast.ExceptHandler) -> Iterator[ast.AST]:
    if node.type is not None:
        yield _change(node, type=_name_other(node.type))


def _change_return(node: ast.Return) -> Iterator[ast.AST]:
    nothing = isinstance(node.value, ast.Constant) and node.value.value is None
    if node.value is not None and not nothing:
        yield _change(node, value=ast.Constant(value=None))


def _leave_loop(_: ast.Continue) -> Iterator[ast.AST]:
    yield ast.Break()


def _stay_in_loop(_: ast.Break) -> Iterator[ast.AST]:
    yield ast.Continue()


def _raise_other(error: ast.expr) -> ast.expr:
    if isinstance(error, ast.Call):
        return _change(error, func=_name_other(error.func))
    return _name_other(error)


def _name_other(error: ast.expr) -> ast.expr:
    """An error that the code does not mean."""
    usual = isinstance(error, ast.Name) and error.id == "RuntimeError"
    return ast.Name(id="LookupError" if usual else "RuntimeError", ctx=ast.Load())


def _is_removable(node: ast.AST) -> bool:
    """Whether a statement does something to what was there before it, so that it can be missed."""
    if isinstance(node, ast.Assign):
        return all(isinstance(one, ast.Attribute | ast.Subscript) for one in node.targets)
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Call | ast.Await) and not is_docstring(node)
    return isinstance(node, ast.AugAssign | ast.Delete | ast.Raise)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _change(node: Node, **fields: object) -> Node:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


# Each function takes nodes of its own type, which no annotation can say of a table.
_CHANGES: Final[dict[type[ast.AST], Callable[[Any], Iterator[ast.AST]]]] = {
    ast.Compare: _change_comparison,
    ast.Constant: _change_constant,
    ast.BinOp: _change_operator,
    ast.AugAssign: _change_operator,
    ast.BoolOp: _change_logic,
    ast.UnaryOp: _change_sign,
    ast.Raise: _change_raise,
    ast.ExceptHandler: _change_handler,
    ast.Return: _change_return,
    ast.Continue: _leave_loop,
    ast.Break: _stay_in_loop,
}
