"""Putting a module together from the best functions of several candidates."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from headwater.targets.python.source import (
    FunctionNode,
    LineEdit,
    apply_line_edits,
    assigned_name,
    first_line,
    last_line,
    parse_source,
    source_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def take_functions(base: str, *, donor: str, names: Sequence[str]) -> str:
    """`base` with some top-level functions replaced by those of `donor`.

    What the functions use of the donor comes along: imports, and its own helpers and constants
    where `base` lacks them.

    Returns:
        `base` as it was when either does not parse, lacks a function, or has a helper of the same
        name with another text: such a mixture would not be what either candidate meant.
    """
    base_tree, donor_tree = parse_source(base), parse_source(donor)
    if base_tree is None or donor_tree is None:
        return base
    ours, theirs = _definitions(base_tree), _definitions(donor_tree)
    if not all(
        isinstance(tree.get(name), FunctionNode) for tree in (ours, theirs) for name in names
    ):
        return base
    helpers = [name for name in _reach(names, theirs) if name not in names]
    if any(_differs(name, ours, theirs, base=base, donor=donor) for name in helpers):
        return base
    edits = [
        LineEdit(
            first=first_line(ours[name]),
            last=last_line(ours[name]),
            text=source_of(theirs[name], donor),
        )
        for name in names
    ]
    new = [
        source_of(theirs[name], donor) for name in theirs if name in helpers and name not in ours
    ]
    imports = [source_of(node, donor) for node in donor_tree.body if _is_import(node)]
    known = {source_of(node, base) for node in base_tree.body if _is_import(node)}
    head = [line for line in imports if line not in known]
    if head or new:
        at = _after_imports(base_tree)
        edits.append(LineEdit(first=at, last=at - 1, text="\n".join([*head, "", *new, ""])))
    return apply_line_edits(base, edits)


def _definitions(tree: ast.Module) -> dict[str, ast.stmt]:
    found: dict[str, ast.stmt] = {}
    for node in tree.body:
        name = node.name if isinstance(node, FunctionNode | ast.ClassDef) else assigned_name(node)
        if name and name != "__all__":
            found[name] = node
    return found


def _reach(names: Sequence[str], definitions: dict[str, ast.stmt]) -> list[str]:
    """The names and every top-level definition that they use, directly or through others."""
    found: list[str] = []
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name in found:
            continue
        found.append(name)
        waiting.extend(used for used in _used(definitions[name]) if used in definitions)
    return found


def _used(node: ast.stmt) -> Iterator[str]:
    return (part.id for part in ast.walk(node) if isinstance(part, ast.Name))


def _differs(
    name: str, ours: dict[str, ast.stmt], theirs: dict[str, ast.stmt], *, base: str, donor: str
) -> bool:
    return name in ours and source_of(ours[name], base) != source_of(theirs[name], donor)


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _after_imports(tree: ast.Module) -> int:
    """The line before which definitions may be put in."""
    lines = [last_line(node) for node in tree.body if _is_import(node)]
    if lines:
        return max(lines) + 1
    return first_line(tree.body[0]) if tree.body else 1
