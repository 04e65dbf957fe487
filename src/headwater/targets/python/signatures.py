"""Compares signatures and puts the declared one in the place of one that differs in its types."""

from __future__ import annotations

import ast
import io
import re
import tokenize

from headwater.targets.python.classes import decorator_name
from headwater.targets.python.parsing import parse_expression
from headwater.targets.python.source import FunctionNode, source_lines

_KINDS = {"staticmethod", "classmethod", "property"}
_GENERICS = {"List", "Dict", "Set", "FrozenSet", "Tuple", "Type", "Deque", "DefaultDict"}


def describe_signature(node: FunctionNode) -> str:
    """`def name(a: int, *, b: str = "") -> bool`, as Python would write it."""
    kind = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    returns = f" -> {ast.unparse(node.returns)}" if node.returns is not None else ""
    return f"{kind} {node.name}({ast.unparse(node.args)}){returns}"


def same_shape(one: FunctionNode, other: FunctionNode) -> bool:
    """Same parameter names of the same kinds, same way of being called."""
    return _shape(one) == _shape(other)


def same_signature(one: FunctionNode, other: FunctionNode) -> bool:
    """Same shape, defaults and types; `Optional[X]` is `X | None`, `List` is `list`."""
    return same_shape(one, other) and _details(one) == _details(other)


def normalise_annotation(node: ast.expr | None) -> str:
    """A type as text, free of the ways in which it may be spelled; empty where none is given."""
    if node is None:
        return ""
    return _spell(node)


def replace_header(code: str, node: FunctionNode, declared: FunctionNode) -> str:
    """The code with `declared`'s signature in place of that of `node`; decorators stay."""
    lines = source_lines(code)
    end = _find_header_end(lines, node)
    if end is None:
        return code
    line, column = end
    indent = lines[node.lineno - 1][: node.col_offset]
    header = f"{indent}{describe_signature(declared)}:"
    rest = lines[line - 1][column:]
    replaced = [*lines[: node.lineno - 1], header + rest, *lines[line:]]
    return "".join(f"{text}\n" for text in replaced)


def _shape(node: FunctionNode) -> tuple[object, ...]:
    arguments = node.args
    kinds = sorted({decorator_name(item) for item in node.decorator_list} & _KINDS)
    return (
        type(node),
        kinds,
        [item.arg for item in arguments.posonlyargs],
        [item.arg for item in arguments.args],
        [item.arg for item in arguments.kwonlyargs],
        arguments.vararg.arg if arguments.vararg else None,
        arguments.kwarg.arg if arguments.kwarg else None,
    )


def _details(node: FunctionNode) -> tuple[object, ...]:
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [item for item in (arguments.vararg, arguments.kwarg) if item is not None]
    defaults = [*arguments.defaults, *arguments.kw_defaults]
    return (
        [normalise_annotation(item.annotation) for item in every],
        [ast.unparse(item) if item is not None else "" for item in defaults],
        normalise_annotation(node.returns),
    )


def _spell(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            return _spell(parse_expression(node.value))
        except SyntaxError:
            return node.value
    if isinstance(node, ast.Attribute):
        return _plain(node.attr)
    if isinstance(node, ast.Name):
        return _plain(node.id)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _join_union([_spell(node.left), _spell(node.right)])
    if isinstance(node, ast.Subscript):
        return _spell_generic(node)
    if isinstance(node, ast.List):
        return f"[{', '.join(map(_spell, node.elts))}]"
    return ast.unparse(node)


def _spell_generic(node: ast.Subscript) -> str:
    base = _spell(node.value)
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if base == "Literal":  # its texts are values, not quoted types
        return f"Literal[{', '.join(map(ast.unparse, parts))}]"
    spelled = [_spell(part) for part in parts]
    if base == "Optional":
        return _join_union([*spelled, "None"])
    if base == "Union":
        return _join_union(spelled)
    return f"{base}[{', '.join(spelled)}]"


def _join_union(members: list[str]) -> str:
    return " | ".join(sorted({part for member in members for part in member.split(" | ")}))


def _plain(name: str) -> str:
    return name.lower() if name in _GENERICS else name


def _find_header_end(lines: list[str], node: FunctionNode) -> tuple[int, int] | None:
    """Line and column just after the colon that ends a function's header."""
    text = "\n".join([lines[node.lineno - 1], *lines[node.lineno :]]) + "\n"
    text = re.sub(r"^\s*", lambda match: " " * len(match[0]), text, count=1)
    depth = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type != tokenize.OP:
                continue
            depth += (token.string in "([{") - (token.string in ")]}")
            if token.string == ":" and depth == 0:
                return token.end[0] + node.lineno - 1, token.end[1]
    except (tokenize.TokenError, IndentationError):
        pass
    return None
