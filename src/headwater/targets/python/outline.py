"""The module that a model is asked to complete: imports, what they offer, and the interface.

Comments and docstrings of interface blocks do not enter it, since digests do not count them.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from headwater.targets.python.declarations import read_declarations, write_import_line
from headwater.targets.python.source import FunctionNode, without_docstring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.model import Component


def write_outline(component: Component, *, dependencies: Sequence[Component]) -> str:
    """A component's interface below the imports of all that it may call.

    What a dependency declares stands under its import as a comment, so that a model sees at once
    how to call it.
    """
    parts = [_write_import(dependency) for dependency in dependencies]
    known = {line for part in parts for line in part.split("\n")}
    return "\n\n".join([*filter(None, parts), _render(component, without=known)])


def _write_import(component: Component) -> str:
    line = write_import_line(component)
    if not line:
        return ""
    offered = ast.unparse(ast.Module(body=_declarations(component), type_ignores=[]))
    comments = (f"#   {text}".rstrip() for text in offered.split("\n") if text.strip())
    return "\n".join([line, *comments])


def _render(component: Component, *, without: set[str]) -> str:
    imports = [ast.unparse(node) for node in read_declarations(component).imports]
    head = "\n".join(line for line in imports if line not in without)
    body = (ast.unparse(node) for node in _declarations(component))
    return "\n\n\n".join(filter(None, (head, *body)))


def _declarations(component: Component) -> list[ast.stmt]:
    """The declaring statements of a block, without docstrings."""
    return [_strip(node) for node in read_declarations(component).nodes.values()]


def _strip(node: ast.stmt) -> ast.stmt:
    if isinstance(node, FunctionNode):
        node.body = [ast.Expr(ast.Constant(Ellipsis))]
    elif isinstance(node, ast.ClassDef):
        node.body = [_strip(item) for item in without_docstring(node.body)]
        node.body = node.body or [ast.Expr(ast.Constant(Ellipsis))]
    return node
