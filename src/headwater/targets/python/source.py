"""Python source as text with a syntax tree: positions, docstrings, splices."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.targets.python.parsing import parse_module

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, kw_only=True, slots=True)
class LineEdit:
    """Replaces the lines `first` to `last` (from 1, inclusive) by `text`.

    With `last` one less than `first` it inserts before `first`.
    """

    first: int
    last: int
    text: str


def parse_source(code: str) -> ast.Module | None:
    """The syntax tree, or None where the code does not parse."""
    try:
        return parse_module(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def apply_line_edits(code: str, edits: Iterable[LineEdit]) -> str:
    """The code with edits that do not overlap; at most one insert at a line."""
    lines = source_lines(code)
    for edit in sorted(edits, key=lambda edit: (edit.first, edit.last), reverse=True):
        lines[edit.first - 1 : edit.last] = source_lines(edit.text)
    return "".join(f"{line}\n" for line in lines)


def source_lines(code: str) -> list[str]:
    """The lines as the language counts them, without their ends."""
    lines = code.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def first_line(node: ast.stmt) -> int:
    """The line that a statement starts on, decorators included."""
    if isinstance(node, FunctionNode | ast.ClassDef):
        return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return node.lineno


def last_line(node: ast.stmt) -> int:
    """The line that a statement ends on."""
    return node.end_lineno or node.lineno


def source_of(node: ast.stmt, code: str) -> str:
    """A statement as written, decorators included."""
    lines = source_lines(code)
    return "\n".join(lines[first_line(node) - 1 : last_line(node)])


def is_docstring(node: ast.stmt) -> bool:
    """Whether a statement is a bare text."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def is_ellipsis(node: ast.stmt) -> bool:
    """Whether a statement is `...`."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and node.value.value is Ellipsis
    )


def without_docstring(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """A body without the text that opens it."""
    return list(body[1:] if body and is_docstring(body[0]) else body)


def assigned_name(node: ast.stmt) -> str:
    """The one plain name that a statement assigns; empty for anything else."""
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
        return target.id if isinstance(target, ast.Name) else ""
    return ""


def dotted_name(node: ast.expr) -> str:
    """`a.b.c` as text; empty for what is no plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        of = dotted_name(node.value)
        return f"{of}.{node.attr}" if of else ""
    return ""
