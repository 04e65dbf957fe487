"""Python's literals in a report as the JSON that a cell has: `None` is `null`, quotes double."""

from __future__ import annotations

import ast
import json
import re

# What a text can begin with and be a literal of Python that is none of JSON.
_BEGINNING = r"(?:True|False|None)\b|'(?:[^'\\\n]|\\.)*'|[\[{(]"
_LONGEST = 2000


def write_python_call(text: str) -> str:
    """A call whose arguments are Python's literals, as a cell has it; empty where it is none."""
    try:
        tree = ast.parse(text[:_LONGEST], mode="eval").body
        return _write(tree) if isinstance(tree, ast.Call) else ""
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""


def write_python_value(text: str) -> str:
    """The literal of Python that a text begins with, as JSON; empty where it begins with none."""
    match = re.match(_BEGINNING, text)
    ends = [match.end()] if match and match[0] not in "[{(" else _list_ends(text) if match else []
    for end in ends:
        try:
            return _write(ast.parse(text[:end], mode="eval").body)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return ""


def _list_ends(text: str) -> list[int]:
    """Where a bracket may be closed, nearest first."""
    return [match.end() for match in re.finditer(r"[\])}]", text[:_LONGEST])]


def _write(node: ast.expr) -> str:
    """One node; what is no literal and no call of a plain name raises `ValueError`."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=named):
            words = [*map(_write, arguments), *(_write_named(each) for each in named)]
            return f"{name}({', '.join(words)})"
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return f"[{', '.join(map(_write, items))}]"
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return f"{{{', '.join(f'{_write_key(key)}: {_write(one)}' for key, one in pairs)}}}"
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float())):
            return f"-{_write(node.operand)}"
        case ast.Constant(value=None | bool() | int() | float() | str()):
            return json.dumps(node.value, ensure_ascii=False, allow_nan=False)
    raise ValueError(f"{type(node).__name__} is no literal")


def _write_named(word: ast.keyword) -> str:
    if word.arg is None:
        raise ValueError("arguments that are unpacked are no literals")
    return f"{word.arg}={_write(word.value)}"


def _write_key(key: ast.expr | None) -> str:
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        return _write(key)
    raise ValueError("an object has texts as keys")
