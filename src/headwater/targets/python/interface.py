"""Reads a component's interface block: what it declares, and what does not belong there."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

from headwater.graph.facts import CodeInterface, Declared, DeclaredKind
from headwater.spec.model import Place, Problem
from headwater.targets.python.classes import (
    Flavour,
    base_names,
    fields_of,
    has_decorator,
    is_variadic,
    is_whole,
    member_names,
    methods_of,
    parameter_names,
    read_flavour,
    required_names,
)
from headwater.targets.python.declarations import declared_name, is_typing_block, read_declarations
from headwater.targets.python.layout import module_name
from headwater.targets.python.parsing import parse_module
from headwater.targets.python.source import (
    FunctionNode,
    assigned_name,
    dotted_name,
    is_docstring,
    is_ellipsis,
)
from headwater.targets.python.syntax import digest_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.spec.model import Component

_LANGUAGES = {"", "python", "py", "python3"}
_RECORDS = {Flavour.RECORD, Flavour.TUPLE, Flavour.DICT}
_ALIAS_CALLS = {"NewType", "TypeVar", "ParamSpec", "TypeVarTuple", "TypeAliasType"}
_BODY_HINT = "An interface holds signatures, types, constants and errors; write `...` as the body."


def read_interface(component: Component) -> CodeInterface:
    """Names, digest and problems of a component's interface block; places are in the plan."""
    problems = list(_find_file_problems(component))
    try:
        tree = parse_module(component.interface)
    except (SyntaxError, ValueError, RecursionError) as error:
        return CodeInterface(
            names=(),
            digest=digest_nodes([ast.Constant(component.interface)]),
            problems=(*problems, _describe_syntax_error(component, error)),
        )
    problems.extend(
        Problem(code=code, message=message, place=_place_of(component, node), hint=_BODY_HINT)
        for code, message, node in _find_misplaced(tree.body)
    )
    nodes = read_declarations(component).nodes
    names = tuple(
        _describe(name, node, nodes) for name, node in nodes.items() if not name.startswith("_")
    )
    return CodeInterface(names=names, digest=digest_nodes(tree.body), problems=tuple(problems))


def _describe(name: str, node: ast.stmt, nodes: Mapping[str, ast.stmt]) -> Declared:
    if isinstance(node, FunctionNode):
        return Declared(
            name=name,
            kind=DeclaredKind.FUNCTION,
            parameters=tuple(parameter_names(node, bound=False)),
            required=tuple(required_names(node, bound=False)),
            variadic=is_variadic(node) or has_decorator(node, ["overload"]),
        )
    if isinstance(node, ast.ClassDef):
        return _describe_class(node, nodes)
    kind = DeclaredKind.TYPE if _is_alias(name, node) else DeclaredKind.CONSTANT
    return Declared(name=name, kind=kind, reached=False)


def _describe_class(node: ast.ClassDef, nodes: Mapping[str, ast.stmt]) -> Declared:
    lineage = list(_find_lineage(node, nodes))
    initializer = _find_initializer(lineage)
    fields = _find_fields(lineage) if read_flavour(node) in _RECORDS else []
    parameters = [assigned_name(field) for field in fields]
    required: list[str] | None = None
    if initializer is not None:
        parameters = parameter_names(initializer, bound=True)
        required = required_names(initializer, bound=True)
    elif fields:
        required = [assigned_name(field) for field in fields if field.value is None]
    return Declared(
        name=node.name,
        kind=DeclaredKind.ERROR if read_flavour(node) is Flavour.ERROR else DeclaredKind.TYPE,
        members=tuple(member_names(node)),
        parameters=tuple(parameters),
        reached=not is_whole(node),
        required=None if required is None else tuple(required),
        variadic=initializer is not None and is_variadic(initializer),
        bases=tuple(base_names(node)),
    )


def _find_lineage(
    node: ast.ClassDef, nodes: Mapping[str, ast.stmt], *, below: tuple[str, ...] = ()
) -> Iterator[ast.ClassDef]:
    """The class and the bases that the same block declares, nearest first."""
    yield node
    for name in base_names(node):
        base = nodes.get(name)
        if isinstance(base, ast.ClassDef) and name not in (*below, node.name):
            yield from _find_lineage(base, nodes, below=(*below, node.name))


def _find_initializer(lineage: Sequence[ast.ClassDef]) -> FunctionNode | None:
    methods = (method for node in lineage for method in methods_of(node))
    return next((method for method in methods if method.name == "__init__"), None)


def _find_fields(lineage: Sequence[ast.ClassDef]) -> list[ast.AnnAssign]:
    """A record's fields, those of its bases first, as its constructor takes them."""
    fields = {
        assigned_name(field): field for node in reversed(lineage) for field in fields_of(node)
    }
    return list(fields.values())


def _is_alias(name: str, node: ast.stmt) -> bool:
    """`Money = Decimal`, `Row = dict[str, int]`, `UserId = NewType(…)`; not `LIMIT = OTHER`."""
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    if isinstance(node, ast.AnnAssign):
        return dotted_name(node.annotation).endswith("TypeAlias")
    if isinstance(value, ast.Call):
        return dotted_name(value.func).rpartition(".")[2] in _ALIAS_CALLS
    typed = isinstance(value, ast.Name | ast.Attribute | ast.Subscript | ast.BinOp)
    return typed and not name.isupper() and name[:1].isupper()


# --- What does not belong into a block ----------------------------------------------------------

_Misplaced = tuple[str, str, ast.AST]


def _find_misplaced(body: Sequence[ast.stmt]) -> Iterator[_Misplaced]:
    seen: set[str] = set()
    for position, node in enumerate(body):
        name = declared_name(node)
        overloaded = isinstance(node, FunctionNode) and has_decorator(node, ["overload"])
        if name in seen:
            yield "interface-duplicate", f"`{name}` is declared twice", node
        if name and not overloaded:
            seen.add(name)
        yield from _judge_statement(node, opens=position == 0)


def _judge_statement(node: ast.stmt, *, opens: bool) -> Iterator[_Misplaced]:
    if isinstance(node, FunctionNode):
        yield from _judge_function(node)
    elif isinstance(node, ast.ClassDef):
        yield from _judge_class(node)
    elif isinstance(node, ast.Import | ast.ImportFrom):
        if any(alias.name == "*" for alias in node.names):
            yield "interface-import", "a block must import names one by one, not `*`", node
    elif assigned_name(node):
        yield from _judge_constant(node)
    elif not (is_typing_block(node) or (opens and is_docstring(node))):
        yield "interface-body", f"`{_first_words(node)}` is a statement, not a declaration", node


def _judge_function(node: FunctionNode) -> Iterator[_Misplaced]:
    for position, item in enumerate(node.body):
        if not (is_ellipsis(item) or (position == 0 and is_docstring(item))):
            yield "interface-body", f"`{node.name}` has a body: `{_first_words(item)}`", item
            return


def _judge_class(node: ast.ClassDef) -> Iterator[_Misplaced]:
    for item in node.body:
        if isinstance(item, FunctionNode):
            yield from _judge_function(item)
        elif isinstance(item, ast.ClassDef):
            yield from _judge_class(item)
        elif not (
            assigned_name(item)
            or is_docstring(item)
            or is_ellipsis(item)
            or isinstance(item, ast.Pass)
        ):
            words = _first_words(item)
            yield "interface-body", f"`{words}` in class `{node.name}` is no declaration", item


def _judge_constant(node: ast.stmt) -> Iterator[_Misplaced]:
    name = assigned_name(node)
    if isinstance(node, ast.AnnAssign) and node.value is None:
        yield "interface-constant", f"the constant `{name}` has no value", node
    for part in ast.walk(node):
        if isinstance(part, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp):
            yield (
                "interface-body",
                f"the value of `{name}` holds code: `{_first_words(part)}`",
                node,
            )


def _find_file_problems(component: Component) -> Iterator[Problem]:
    if component.language not in _LANGUAGES:
        yield Problem(
            code="interface-language",
            message=f"the interface is a `{component.language}` block, the target is python",
            place=component.interface_place,
            hint="Open the block with ```python.",
        )
    module = module_name(component.files[0]) if component.files else ""
    if module and module.partition(".")[0] in sys.stdlib_module_names:
        yield Problem(
            code="interface-module",
            message=f"`{component.files[0]}` would be imported as `{module}`, "
            "which is a module of the standard library",
            place=component.place,
            hint="Choose another file name, or put the file into a package folder.",
        )


def _describe_syntax_error(component: Component, error: Exception) -> Problem:
    place = component.interface_place
    line = (getattr(error, "lineno", None) or 1) - 1
    reason = error.msg if isinstance(error, SyntaxError) else str(error)
    return Problem(
        code="interface-syntax",
        message=f"the interface does not parse as Python: {reason}",
        place=Place(path=place.path, line=place.line + line),
        hint="Mend the block; it must be valid Python with `...` as every body.",
    )


def _place_of(component: Component, node: ast.AST) -> Place:
    place = component.interface_place
    return Place(path=place.path, line=place.line + getattr(node, "lineno", 1) - 1)


def _first_words(node: ast.AST) -> str:
    return ast.unparse(node).partition("\n")[0][:60]
