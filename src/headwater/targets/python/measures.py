"""Functions of Python code with their length and complexity, and the types that it declares."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from headwater.graph.facts import CodedType, MeasuredFunction
from headwater.targets.python.source import (
    FunctionNode,
    assigned_name,
    dotted_name,
    first_line,
    last_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BRANCHES = (
    *(ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.Assert),
    *(ast.comprehension, ast.match_case),
)


# What statements stand in.
_HOLDERS = (ast.stmt, ast.ExceptHandler, ast.match_case)


def measure_functions(body: Sequence[ast.AST], *, prefix: str = "") -> Iterator[MeasuredFunction]:
    """Every function, with `Class.method` and `function.inner` as names of those inside others."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from measure_functions(node.body, prefix=f"{prefix}{node.name}.")
        elif isinstance(node, FunctionNode):
            name = f"{prefix}{node.name}"
            yield MeasuredFunction(
                name=name,
                complexity=_measure(node),
                lines=last_line(node) - first_line(node) + 1,
                line=node.lineno,
            )
            yield from measure_functions(node.body, prefix=f"{name}.")
        else:
            inner = [part for part in ast.iter_child_nodes(node) if isinstance(part, _HOLDERS)]
            yield from measure_functions(inner, prefix=prefix)


def list_types(nodes: Sequence[ast.AST]) -> Iterator[CodedType]:
    """Every class, with its methods and the names that its body assigns, but for private ones."""
    for node in nodes:
        if isinstance(node, ast.ClassDef):
            names = (_name_member(member) for member in node.body)
            yield CodedType(
                name=node.name,
                bases=tuple(filter(None, map(_name_base, node.bases))),
                members=tuple(name for name in names if name and not name.startswith("_")),
                line=node.lineno,
            )


def _name_member(node: ast.stmt) -> str:
    return node.name if isinstance(node, FunctionNode) else assigned_name(node)


def _name_base(node: ast.expr) -> str:
    """`Protocol` of `typing.Protocol[T]`."""
    of = node.value if isinstance(node, ast.Subscript) else node
    return dotted_name(of).rpartition(".")[2]


def _measure(node: ast.AST) -> int:
    """One more than the decisions in a function (McCabe 1976); functions inside count their own."""
    return 1 + sum(_count(child) for child in ast.iter_child_nodes(node))


def _count(node: ast.AST) -> int:
    if isinstance(node, FunctionNode | ast.ClassDef):
        return 0
    own = int(isinstance(node, _BRANCHES))
    if isinstance(node, ast.BoolOp):
        own += len(node.values) - 1
    if isinstance(node, ast.comprehension):
        own += len(node.ifs)
    return own + sum(_count(child) for child in ast.iter_child_nodes(node))
