"""Judges a candidate without running it: syntax, and the interface that its plan declares."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from headwater.spec.model import Place, Problem
from headwater.targets.python.classes import Flavour, has_decorator, methods_of, read_flavour
from headwater.targets.python.declarations import declared_name, read_declarations
from headwater.targets.python.parsing import parse_module
from headwater.targets.python.signatures import (
    describe_signature,
    normalise_annotation,
    same_signature,
)
from headwater.targets.python.source import FunctionNode, assigned_name, dotted_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.model import Component


def check_file(component: Component, code: str, *, path: str) -> list[Problem]:
    """Syntax errors, or else every declared name that is absent or declared otherwise."""
    try:
        tree = parse_module(code)
    except (SyntaxError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None) or 1
        reason = error.msg if isinstance(error, SyntaxError) else str(error)
        place = Place(path=path, line=line, column=getattr(error, "offset", None) or 0)
        return [
            Problem(
                code="syntax-error",
                message=f"line {line} does not parse: {reason}",
                place=place,
                hint="Write valid Python.",
            )
        ]
    found = {declared_name(node): node for node in tree.body if declared_name(node)}
    problems: list[Problem] = []
    for name, declared in read_declarations(component).nodes.items():
        problems.extend(
            Problem(
                code=kind,
                message=message,
                place=Place(path=path, line=line),
                hint="Keep to the interface in the plan.",
            )
            for kind, message, line in _compare(name, declared, found.get(name))
        )
    return problems


_Difference = tuple[str, str, int]
_WITH_FIELDS = {Flavour.RECORD, Flavour.TUPLE, Flavour.DICT, Flavour.ENUM}


def _compare(name: str, declared: ast.stmt, found: ast.stmt | None) -> Iterator[_Difference]:
    if found is None:
        yield "interface-missing", f"`{_show(declared)}` is missing", 1
    elif isinstance(declared, FunctionNode):
        yield from _compare_function(declared, found)
    elif isinstance(declared, ast.ClassDef):
        if isinstance(found, ast.ClassDef):
            yield from _compare_class(declared, found)
        else:
            yield "interface-differs", f"`{name}` is to be a class", found.lineno
    elif not assigned_name(found) or _value_of(found) != _value_of(declared):
        yield "interface-differs", f"`{_show(declared)}` expected", found.lineno


def _compare_function(
    declared: FunctionNode, found: ast.stmt, *, of: str = ""
) -> Iterator[_Difference]:
    where = f" in class `{of}`" if of else ""
    if not isinstance(found, FunctionNode):
        yield "interface-differs", f"`{_show(declared)}` is to be a function{where}", found.lineno
    elif has_decorator(declared, ["overload"]):
        return  # the implementation's own signature is free
    elif not same_signature(declared, found):
        message = f"`{_show(declared)}` expected{where}, found `{_show(found)}`"
        yield "interface-differs", message, found.lineno


def _compare_class(declared: ast.ClassDef, found: ast.ClassDef) -> Iterator[_Difference]:
    name = declared.name
    bases = {dotted_name(base).rpartition(".")[2] for base in found.bases}
    for base in declared.bases:
        base_name = dotted_name(base).rpartition(".")[2]
        if base_name and base_name not in bases:
            yield (
                "interface-differs",
                f"class `{name}` is to derive from `{base_name}`",
                found.lineno,
            )
    decorators = [ast.unparse(item) for item in declared.decorator_list]
    if decorators != [ast.unparse(item) for item in found.decorator_list]:
        shown = " ".join(f"@{text}" for text in decorators) or "no decorator"
        yield "interface-differs", f"class `{name}` is to have {shown}", found.lineno
    if read_flavour(declared) in _WITH_FIELDS:
        yield from _compare_fields(declared, found)
    members = {_member(item): item for item in found.body}
    for method in methods_of(declared):
        own = members.get(method.name)
        if own is not None:
            yield from _compare_function(method, own, of=name)
        elif not _is_filled_in(method, found):
            message = f"class `{name}` lacks `{describe_signature(method)}`"
            yield "interface-missing", message, found.lineno


def _compare_fields(declared: ast.ClassDef, found: ast.ClassDef) -> Iterator[_Difference]:
    """Attributes, members and their order: what constructing and comparing rests on."""
    wanted, have = _fields(declared), _fields(found)
    for field, typed in wanted.items():
        if field not in have:
            yield "interface-missing", f"class `{declared.name}` lacks `{field}`", found.lineno
        elif have[field] != typed:
            message = f"`{declared.name}.{field}` differs from `{' = '.join(filter(None, typed))}`"
            yield "interface-differs", message, found.lineno
    shared = [field for field in have if field in wanted]
    if shared != [field for field in wanted if field in have]:
        message = f"class `{declared.name}` has its fields in another order"
        yield "interface-differs", message, found.lineno


def _fields(node: ast.ClassDef) -> dict[str, tuple[str, str]]:
    return {
        assigned_name(item): (
            normalise_annotation(item.annotation) if isinstance(item, ast.AnnAssign) else "",
            _value_of(item),
        )
        for item in node.body
        if assigned_name(item) and not assigned_name(item).startswith("__")
    }


def _is_filled_in(method: FunctionNode, found: ast.ClassDef) -> bool:
    """A dataclass writes these itself."""
    filled = {"__init__", "__repr__", "__eq__", "__hash__", "__lt__", "__le__", "__gt__", "__ge__"}
    return method.name in filled and read_flavour(found) is Flavour.RECORD


def _member(node: ast.stmt) -> str:
    return node.name if isinstance(node, FunctionNode | ast.ClassDef) else assigned_name(node)


def _value_of(node: ast.stmt) -> str:
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    return ast.unparse(value) if value is not None else ""


def _show(node: ast.stmt) -> str:
    if isinstance(node, FunctionNode):
        return describe_signature(node)
    if isinstance(node, ast.ClassDef):
        return f"class {node.name}"
    return ast.unparse(node).partition("\n")[0]
