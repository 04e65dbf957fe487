"""Digests of Python code by its normalised syntax, whole or only what it offers to others."""

from __future__ import annotations

import ast
import copy
import hashlib
from typing import TYPE_CHECKING

from headwater.targets.python.classes import decorator_name
from headwater.targets.python.source import (
    FunctionNode,
    assigned_name,
    is_docstring,
    parse_source,
    without_docstring,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_TUNING = {"cache", "lru_cache", "wraps", "override", "final"}


def digest_body(code: str) -> str:
    """Digest of a file's syntax: comments, docstrings and layout do not count.

    Code that does not parse is digested by its text.
    """
    tree = parse_source(code)
    if tree is None:
        return _sha256(code)
    return _sha256(_dump(tree))


def digest_interface(code: str) -> str:
    """Digest of what a file offers: signatures, types, constants' values, errors, re-exports.

    `__all__` says what is public; without it, every name without a leading underscore. The order
    of declarations does not count, the order of a class's fields does.
    """
    tree = parse_source(code)
    if tree is None:
        return _sha256(code)
    return _digest_dumps(_dump(node) for node in _find_public(tree))


def digest_nodes(nodes: Sequence[ast.AST]) -> str:
    """Digest of declarations, whatever their order."""
    return _digest_dumps(
        _dump(node) for node in nodes if not (isinstance(node, ast.stmt) and is_docstring(node))
    )


def read_exports(tree: ast.Module) -> list[str] | None:
    """The names in `__all__`, or None where there is none that can be read."""
    for node in tree.body:
        if assigned_name(node) == "__all__" and isinstance(node, ast.Assign | ast.AnnAssign):
            value = node.value
            if isinstance(value, ast.List | ast.Tuple):
                return [
                    item.value
                    for item in value.elts
                    if isinstance(item, ast.Constant) and isinstance(item.value, str)
                ]
    return None


def _find_public(tree: ast.Module) -> Iterator[ast.AST]:
    exports = read_exports(tree)
    shown = [
        node
        for node in tree.body
        if isinstance(node, FunctionNode | ast.ClassDef) or assigned_name(node)
        if _is_public(_name_of(node), exports)
    ]
    outlines = [_outline(node) for node in shown]
    yield from outlines
    used = {part.id for node in outlines for part in ast.walk(node) if isinstance(part, ast.Name)}
    used.update(exports or ())
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _keep_used(node, used)


def _is_public(name: str, exports: list[str] | None) -> bool:
    return name in exports if exports is not None else not name.startswith("_")


def _name_of(node: ast.stmt) -> str:
    return node.name if isinstance(node, FunctionNode | ast.ClassDef) else assigned_name(node)


def _keep_used(node: ast.Import | ast.ImportFrom, used: set[str]) -> Iterator[ast.AST]:
    for alias in node.names:
        if (alias.asname or alias.name.partition(".")[0]) in used:
            kept = copy.copy(node)
            kept.names = [alias]
            yield kept


def _outline(node: ast.stmt) -> ast.stmt:
    """The statement without bodies, private members and decorators that only tune it."""
    outlined = copy.deepcopy(node)
    if isinstance(outlined, FunctionNode):
        _empty(outlined)
    elif isinstance(outlined, ast.ClassDef):
        outlined.body = [
            _outline(item) for item in without_docstring(outlined.body) if _is_class_outline(item)
        ]
    return outlined


def _empty(node: FunctionNode) -> None:
    node.body = []
    node.decorator_list = [
        decorator for decorator in node.decorator_list if decorator_name(decorator) not in _TUNING
    ]


def _is_class_outline(node: ast.stmt) -> bool:
    if isinstance(node, FunctionNode | ast.ClassDef):
        return not node.name.startswith("_") or node.name.endswith("__")
    return bool(assigned_name(node))


def _dump(value: object) -> str:
    """A tree without docstrings as text, the same on every Python version.

    `ast.dump` is not, since 3.13.
    """
    if isinstance(value, ast.Constant):
        return f"Constant({value.value!r})"
    if isinstance(value, list):
        return f"[{', '.join(map(_dump, value))}]"
    if not isinstance(value, ast.AST):
        return repr(value)
    parts = dict(ast.iter_fields(value))
    if isinstance(value, FunctionNode | ast.ClassDef | ast.Module):
        parts["body"] = without_docstring(value.body)
    fields = (
        f"{name}={_dump(part)}"
        for name, part in parts.items()
        if part is not None and part != [] and name != "ctx"
    )
    return f"{type(value).__name__}({', '.join(fields)})"


def _digest_dumps(dumps: Iterable[str]) -> str:
    return _sha256("\n".join(sorted(dumps)))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
