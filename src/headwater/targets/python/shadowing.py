"""Names that hide what they are computed from: two slips of small models that have one reading.

`total = total(rows)` in a function makes the name local, so the call cannot work; the local
becomes `total_value`. And where a module declares `sum(factors, limit)`, a call `sum(numbers)`
cannot be meant for it; it becomes `builtins.sum(numbers)`.
"""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.targets.python.imports import import_line
from headwater.targets.python.source import (
    FunctionNode,
    LineEdit,
    apply_line_edits,
    parse_source,
    source_lines,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rename:
    """One name in the source: its line, its first and last byte there, and what it becomes."""

    line: int
    start: int
    end: int
    name: str


def undo_shadowing(code: str, *, offered: Collection[str] = ()) -> str:
    """The code with such locals renamed and such calls sent to the builtin.

    Args:
        code: a module.
        offered: names that the module may use and that will be imported for it.
    """
    tree = parse_source(code)
    if tree is None:
        return code
    outside = _bound_outside(tree).union(offered)
    renames = [rename for node in ast.walk(tree) for rename in _rename_locals(node, outside)]
    calls = list(_find_builtin_calls(tree))
    if not renames and not calls:
        return code
    code = _apply(code, [*renames, *calls])
    if calls and "builtins" not in outside:
        at = import_line(tree)
        code = apply_line_edits(code, [LineEdit(first=at, last=at - 1, text="import builtins")])
    return code


def _bound_outside(tree: ast.Module) -> set[str]:
    """Functions and imports of the module."""
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, FunctionNode):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names.update(alias.asname or alias.name for alias in node.names)
    return names


def _rename_locals(node: ast.AST, outside: set[str]) -> Iterator[_Rename]:
    """Renames of a function's locals that are named as an outside function that it calls."""
    if not isinstance(node, FunctionNode):
        return
    parts = [part for statement in node.body for part in ast.walk(statement)]
    names = [part for part in parts if isinstance(part, ast.Name)]
    stored = {part.id for part in names if isinstance(part.ctx, ast.Store)}
    called = {id(part.func) for part in parts if isinstance(part, ast.Call)}
    by_call = {part.id for part in names if id(part) in called}
    nested = {part.name for part in parts if isinstance(part, FunctionNode)}
    hiding = (stored & by_call & outside) - nested
    taken = {part.id for part in names}
    for part in names:
        new = f"{part.id}_value"
        if part.id in hiding and id(part) not in called and new not in taken:
            yield _rename(part, new)


def _find_builtin_calls(tree: ast.Module) -> Iterator[_Rename]:
    declared = {
        node.name: node
        for node in tree.body
        if isinstance(node, FunctionNode) and hasattr(builtins, node.name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            own = declared.get(node.func.id)
            if own is not None and not _fits(node, own):
                yield _rename(node.func, f"builtins.{node.func.id}")


def _fits(call: ast.Call, function: FunctionNode) -> bool:
    """Whether the function could take the call's arguments; yes where that cannot be told."""
    given, named = call.args, {keyword.arg for keyword in call.keywords}
    if None in named or any(isinstance(argument, ast.Starred) for argument in given):
        return True
    arguments = function.args
    positional = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    required = positional[: len(positional) - len(arguments.defaults)]
    if len(given) > len(positional) and arguments.vararg is None:
        return False
    return all(name in named for name in required[len(given) :])


def _rename(node: ast.Name, name: str) -> _Rename:
    end = node.end_col_offset or node.col_offset
    return _Rename(line=node.lineno, start=node.col_offset, end=end, name=name)


def _apply(code: str, renames: Iterable[_Rename]) -> str:
    lines = [line.encode() for line in source_lines(code)]
    for rename in sorted(set(renames), key=lambda item: (item.line, item.start), reverse=True):
        line = lines[rename.line - 1]
        lines[rename.line - 1] = line[: rename.start] + rename.name.encode() + line[rename.end :]
    return "".join(f"{line.decode()}\n" for line in lines)
