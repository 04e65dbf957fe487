"""Stubs: the declared types, constants and errors whole, and a signal where code would run."""

from __future__ import annotations

import ast
import copy
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from headwater.targets.python.classes import (
    Flavour,
    decorator_name,
    is_whole,
    methods_of,
    read_flavour,
)
from headwater.targets.python.declarations import read_declarations
from headwater.targets.python.imports import add_missing_imports
from headwater.targets.python.layout import STUB_MARK
from headwater.targets.python.parsing import parse_module
from headwater.targets.python.source import (
    FunctionNode,
    is_docstring,
    parse_source,
    source_of,
    without_docstring,
)

if TYPE_CHECKING:
    from headwater.spec.model import Component

_HEAD = '''\
"""Stub of {name}: what its interface declares, and a signal for the rest."""

from __future__ import annotations

from pathlib import Path as _StubPath

_stub_loaded = False


class StubReached(BaseException):
    """There is no code yet. No `except Exception` hides it; the mark stays when all else is."""


def _stub_reached(name):
    if not _stub_loaded:  # a constant of the interface is being made
        return
    with (_StubPath(__file__).resolve().parents[{depth}] / "{mark}").open("a") as mark:
        mark.write(name + "\\n")
    raise StubReached(name)
'''
_TAIL = """\
_stub_loaded = True

if __name__ == "__main__":
    _stub_reached("__main__")
"""


def emit_stub(component: Component) -> dict[str, str]:
    """The stub of a component's module, path to text."""
    path = component.files[0]
    tree = parse_source(component.interface) or ast.Module(body=[], type_ignores=[])
    head = _HEAD.format(name=component.id, depth=len(PurePosixPath(path).parts) - 1, mark=STUB_MARK)
    body = [
        _write_statement(node, component.interface)
        for node in tree.body
        if not (is_docstring(node) or _is_future(node))
    ]
    text = "\n\n".join([head, *body, _TAIL])
    return {path: add_missing_imports(text, offered=read_declarations(component).imports)}


def _write_statement(node: ast.stmt, code: str) -> str:
    if isinstance(node, FunctionNode):
        return ast.unparse(_signal_in(node, node.name))
    if isinstance(node, ast.ClassDef) and not is_whole(node):
        return ast.unparse(_signal_in_class(node))
    return source_of(node, code)


def _signal_in(node: FunctionNode, name: str) -> FunctionNode:
    signalling = copy.deepcopy(node)
    signalling.decorator_list = [
        item for item in node.decorator_list if decorator_name(item) != "overload"
    ]
    signalling.body = [parse_module(f"_stub_reached({name!r})").body[0]]
    return signalling


def _signal_in_class(node: ast.ClassDef) -> ast.ClassDef:
    signalling = copy.deepcopy(node)
    signalling.body = [
        _signal_in(item, f"{node.name}.{item.name}") if isinstance(item, FunctionNode) else item
        for item in without_docstring(node.body)
    ]
    constructs = {method.name for method in methods_of(node)} & {"__init__", "__post_init__"}
    if read_flavour(node) is Flavour.RECORD and not constructs:
        start = parse_module(f"def __post_init__(self): _stub_reached({node.name!r})").body[0]
        signalling.body.append(start)
    return signalling


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"
