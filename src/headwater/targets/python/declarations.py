"""The statements of an interface block by the names that they declare."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.targets.python.layout import module_name
from headwater.targets.python.source import FunctionNode, assigned_name, dotted_name, parse_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.spec.model import Component


@dataclass(frozen=True, kw_only=True, slots=True)
class Declarations:
    """An interface block's statements: what it imports, and the node behind each name."""

    code: str
    imports: tuple[ast.Import | ast.ImportFrom, ...]
    nodes: dict[str, ast.stmt]


def read_declarations(component: Component) -> Declarations:
    """What a component's block declares; empty where it does not parse."""
    tree = parse_source(component.interface) or ast.Module(body=[], type_ignores=[])
    nodes: dict[str, ast.stmt] = {}
    for node in tree.body:
        name = declared_name(node)
        if name:
            nodes.setdefault(name, node)
    return Declarations(
        code=component.interface, imports=tuple(_find_imports(tree.body)), nodes=nodes
    )


def public_names(declarations: Declarations) -> list[str]:
    """The names that the component offers to others, sorted."""
    return sorted(name for name in declarations.nodes if not name.startswith("_"))


def write_import_line(component: Component) -> str:
    """`from wallet.ledger import Account, Overdrawn`: every public name."""
    names = public_names(read_declarations(component))
    return f"from {module_name(component.files[0])} import {', '.join(names)}" if names else ""


def declared_name(node: ast.stmt) -> str:
    """The name that a statement declares; empty for an import, a text, anything else."""
    if isinstance(node, FunctionNode | ast.ClassDef):
        return node.name
    return assigned_name(node)


def is_typing_block(node: ast.stmt) -> bool:
    """Whether a statement is `if TYPE_CHECKING:` with nothing but imports in it."""
    return (
        isinstance(node, ast.If)
        and dotted_name(node.test).endswith("TYPE_CHECKING")
        and not node.orelse
        and all(isinstance(item, ast.Import | ast.ImportFrom) for item in node.body)
    )


def _find_imports(body: Sequence[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and is_typing_block(node):
            yield from _find_imports(node.body)
