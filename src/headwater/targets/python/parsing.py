"""Parsing Python, one thread at a time.

CPython counts the depth of the tree that it builds once for all threads, so that two that parse at
the same time can each find the other's count: `SystemError: AST constructor recursion depth
mismatch` (python/cpython issue 106905).
"""

from __future__ import annotations

import ast
from threading import Lock

_ONE_AT_A_TIME = Lock()


def parse_module(code: str) -> ast.Module:
    """The syntax tree of a module.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: as `ast.parse`.
    """
    with _ONE_AT_A_TIME:
        return ast.parse(code)


def parse_expression(code: str) -> ast.expr:
    """The syntax tree of one expression.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: as `ast.parse`.
    """
    with _ONE_AT_A_TIME:
        return ast.parse(code, mode="eval").body
