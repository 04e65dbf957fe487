"""An interface block brought to what a file declares, with the rest of the block as it was."""

from __future__ import annotations

import ast
import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.targets.python.check import check_file
from headwater.targets.python.declarations import declared_name, read_declarations
from headwater.targets.python.source import (
    FunctionNode,
    LineEdit,
    apply_line_edits,
    first_line,
    last_line,
    parse_source,
    without_docstring,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.model import Component


def revise_interface(component: Component, code: str) -> str:
    """The block as it must be for the code; see `Target.revise_interface`."""
    tree = parse_source(code)
    if tree is None or not check_file(component, code, path=component.files[0]):
        return component.interface
    declared = read_declarations(component).nodes
    found = {declared_name(node): node for node in tree.body if declared_name(node)}
    edits = list(_edit(declared, found, component=component))
    if declared.keys() - found.keys():
        new = [node for name, node in found.items() if _is_offered(name, node, declared)]
        end = len(component.interface.rstrip("\n").split("\n")) + 1
        text = "\n\n\n".join(ast.unparse(_outline(node)) for node in new)
        edits += [LineEdit(first=end, last=end - 1, text=f"\n\n{text}")] if new else []
    revised = apply_line_edits(component.interface, edits).strip("\n")
    return f"{revised}\n" if component.interface.endswith("\n") else revised


def _edit(
    declared: dict[str, ast.stmt], found: dict[str, ast.stmt], *, component: Component
) -> Iterator[LineEdit]:
    """Replaces each declaration that the code has otherwise; one that it has not goes."""
    for name, node in declared.items():
        span = {"first": first_line(node), "last": last_line(node)}
        if name not in found:
            yield LineEdit(**span, text="")
        elif _differs(node, found[name], component=component):
            yield LineEdit(**span, text=ast.unparse(_outline(found[name])))


def _differs(node: ast.stmt, found: ast.stmt, *, component: Component) -> bool:
    alone = replace(component, interface=ast.unparse(node))
    return bool(check_file(alone, ast.unparse(found), path=component.files[0]))


def _is_offered(name: str, node: ast.stmt, declared: dict[str, ast.stmt]) -> bool:
    public = not name.startswith("_") and name not in declared
    return public and isinstance(node, FunctionNode | ast.ClassDef)


def _outline(node: ast.stmt) -> ast.stmt:
    """A declaration without code: `...` for bodies, and no private members."""
    outlined = copy.deepcopy(node)
    if isinstance(outlined, FunctionNode):
        outlined.body = [ast.Expr(ast.Constant(Ellipsis))]
    elif isinstance(outlined, ast.ClassDef):
        body = without_docstring(outlined.body)
        members = [_outline(item) for item in body if _is_shown(item)]
        outlined.body = members or [ast.Expr(ast.Constant(Ellipsis))]
    return outlined


def _is_shown(item: ast.stmt) -> bool:
    """Whether a member of a class is offered: fields, public methods, and special ones."""
    name = declared_name(item)
    return bool(name) and (not name.startswith("_") or name.endswith("__"))
