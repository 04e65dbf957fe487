"""The functions and classes of a Python file, and the names that the code of each uses."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from headwater.graph.facts import DeclaredKind, Definition
from headwater.targets.python.source import FunctionNode, first_line, last_line, parse_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def read_definitions(code: str) -> tuple[Definition, ...]:
    """See `Syntax.read_definitions`."""
    tree = parse_source(code)
    if tree is None:
        return ()
    outside = Definition(
        name="",
        kind=DeclaredKind.FUNCTION,
        first=0,
        last=0,
        names=frozenset(_list_names(tree.body)),
    )
    return (outside, *_walk(tree, prefix=""))


def _walk(parent: ast.AST, *, prefix: str) -> Iterator[Definition]:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, FunctionNode | ast.ClassDef):
            name = f"{prefix}{node.name}"
            is_class = isinstance(node, ast.ClassDef)
            yield Definition(
                name=name,
                kind=DeclaredKind.TYPE if is_class else DeclaredKind.FUNCTION,
                first=first_line(node),
                last=last_line(node),
                names=frozenset(_list_names(ast.iter_child_nodes(node))),
            )
            yield from _walk(node, prefix=f"{name}.")
        else:
            yield from _walk(node, prefix=prefix)


def _list_names(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Names used in these nodes, apart from the insides of what they define."""
    for node in nodes:
        if isinstance(node, FunctionNode | ast.ClassDef):
            yield from _list_names(node.decorator_list)
            continue
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        yield from _list_names(ast.iter_child_nodes(node))
