"""Python's literals in a report as the JSON that a cell has: `None` is `null`, quotes double."""

from __future__ import annotations

import ast
import math
import re
from typing import TYPE_CHECKING

from headwater.spec.examples import ArrayOf, Call, Literal, Name, ObjectOf
from headwater.spec.write_expression import write_expression, write_value

if TYPE_CHECKING:
    from headwater.spec.examples import Expression

# What a text can begin with and be a literal of Python that is none of JSON.
_BEGINNING = r"(?:True|False|None)\b|'(?:[^'\\\n]|\\.)*'|[\[{(]"
_LONGEST = 2000


def write_python_call(text: str) -> str:
    """A call whose arguments are Python's literals, as a cell has it; empty where it is none."""
    try:
        tree = ast.parse(text[:_LONGEST], mode="eval").body
        return write_expression(_read(tree)) if isinstance(tree, ast.Call) else ""
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""


def write_python_value(text: str) -> str:
    """The literal of Python that a text begins with, as JSON; empty where it begins with none."""
    match = re.match(_BEGINNING, text)
    ends = [match.end()] if match and match[0] not in "[{(" else _list_ends(text) if match else []
    for end in ends:
        try:
            return write_expression(_read(ast.parse(text[:end], mode="eval").body))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return ""


def _list_ends(text: str) -> list[int]:
    """Where a bracket may be closed, nearest first."""
    return [match.end() for match in re.finditer(r"[\])}]", text[:_LONGEST])]


def _read(node: ast.expr) -> Expression:
    """One node; what is no literal and no call of a plain name raises `ValueError`."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=named):
            return Call(
                function=Name(name=name),
                arguments=tuple(map(_read, arguments)),
                named=tuple(map(_read_named, named)),
            )
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return ArrayOf(items=tuple(map(_read, items)))
        case ast.Dict(keys=keys, values=values):
            pairs = zip(map(_read_key, keys), map(_read, values), strict=True)
            return ObjectOf(items=tuple(pairs))
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return _read_constant(-number)
        case ast.Constant(value=None | bool() | int() | float() | str()):
            return _read_constant(node.value)
    raise ValueError(f"{type(node).__name__} is no literal")


def _read_constant(value: object) -> Literal:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("JSON has no number that is not finite")
    return Literal(value=value, text=write_value(value))


def _read_named(word: ast.keyword) -> tuple[str, Expression]:
    if word.arg is None:
        raise ValueError("arguments that are unpacked are no literals")
    return word.arg, _read(word.value)


def _read_key(key: ast.expr | None) -> str:
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        return key.value
    raise ValueError("an object has texts as keys")
