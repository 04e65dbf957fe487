"""Tests that a model wrote: taken from its answer, judged, and put into a test file as given."""

from __future__ import annotations

import ast
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.spec.model import Place, Problem
from headwater.targets.python.answer import find_code_blocks, keep_whole_statements
from headwater.targets.python.layout import slug
from headwater.targets.python.scope import RESERVED, World, read_world
from headwater.targets.python.source import (
    FunctionNode,
    LineEdit,
    apply_line_edits,
    dotted_name,
    parse_source,
    source_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.graph.units import WrittenTest
    from headwater.spec.model import Component

_GENERAL = {"Exception", "BaseException"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """The section of written tests.

    Attributes:
        text: its code; empty when there are no such tests.
        names: each test's key and its function's name.
        imports: what the functions use: local name to module and name.
    """

    text: str
    names: Mapping[str, str]
    imports: Mapping[str, tuple[str, str]]


def extract_test(answer: str, *, name: str) -> str:
    """The one test function `name` in a model's answer, without imports; empty when absent.

    A single test function under another name is taken, and renamed.
    """
    code = textwrap.dedent("\n\n".join(find_code_blocks(answer)))
    code = keep_whole_statements(code)
    tree = parse_source(code)
    functions = [node for node in tree.body if isinstance(node, FunctionNode)] if tree else []
    tests = [node for node in functions if node.name.startswith("test")]
    exact = [node for node in tests if node.name == name]
    if exact:
        return source_of(exact[0], code) + "\n"
    if len(tests) == 1:
        return _rename(source_of(tests[0], code), tests[0].name, name) + "\n"
    return ""


def check_test(code: str, *, name: str) -> list[Problem]:
    """What is wrong with a written test, seen without running it."""
    tree = parse_source(code)
    found = next(
        (node for node in tree.body if isinstance(node, FunctionNode) and node.name == name)
        if tree
        else iter(()),
        None,
    )
    if found is None:
        return [_problem("test-absent", f"the answer holds no function `{name}` that parses", 1)]
    return [_problem(code, message, line) for code, message, line in _find_faults(found)]


def find_touched(code: str, *, components: Mapping[str, Component]) -> tuple[str, ...]:
    """Refs of the components whose declared names a test uses, in the order given."""
    tree = parse_source(code)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} if tree else set()
    world = read_world(components)
    claimed: set[str] = set()
    touched = []
    for ref, scope in world.scopes.items():
        mine = {name for name in scope.declarations.nodes if name in used} - claimed
        claimed |= mine
        if mine:
            touched.append(ref)
    return tuple(touched)


def place_written(tests: Sequence[WrittenTest], *, world: World, taken: set[str]) -> Placed:
    """The section with these tests; one whose name is `taken` gets its key's digest after it.

    Raises:
        HeadwaterError: a test does not parse or has no test function.
    """
    names: dict[str, str] = {}
    imports: dict[str, tuple[str, str]] = {}
    blocks = []
    for test in tests:
        code = test.code.strip()
        name = _name_of_test(test)
        if name in taken:
            fresh = f"{name}_{slug(test.key.rpartition('-')[2])}"
            code = _rename(code, name, fresh)
            name = fresh
        taken.add(name)
        names[test.key] = name
        code = _import_inside(code, test, world, imports)
        blocks.append(f"# written by model\n{code}")
    return Placed(text="\n\n\n".join(blocks), names=names, imports=imports)


def _import_inside(
    code: str, test: WrittenTest, world: World, imports: dict[str, tuple[str, str]]
) -> str:
    """Collect the declared names that a test uses; those that clash are imported in its body."""
    clashing = []
    for name in sorted(_free_names(code)):
        scopes = [world.scopes[ref] for ref in test.touches if ref in world.scopes]
        scope = next((item for item in scopes if name in item.declarations.nodes), None)
        if scope is None:
            continue
        if world.local_name(scope, name) == name:
            imports[name] = (scope.module, name)
        elif name in RESERVED or len(list(world.declaring(name))) > 1:
            clashing.append(f"from {scope.module} import {name}")
    tree = parse_source(code)
    function = (
        next((node for node in tree.body if isinstance(node, FunctionNode)), None) if tree else None
    )
    if not clashing or function is None:
        return code
    first = function.body[0]
    lines = textwrap.indent("\n".join(clashing), " " * first.col_offset)
    edit = LineEdit(first=first.lineno, last=first.lineno - 1, text=lines)
    return apply_line_edits(code, [edit]).rstrip()


def _name_of_test(test: WrittenTest) -> str:
    tree = parse_source(test.code)
    if tree is not None:
        for node in tree.body:
            if isinstance(node, FunctionNode) and node.name.startswith("test"):
                return node.name
    raise HeadwaterError(
        f"{test.place}: the test written for {test.ref} holds no test function that parses",
        hint="Delete it, so that it is written again.",
    )


def _free_names(code: str) -> set[str]:
    tree = parse_source(code) or ast.Module(body=[], type_ignores=[])
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    stored = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    imported = {
        alias.asname or alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    return {node.id for node in names} - stored - imported


def _rename(code: str, old: str, new: str) -> str:
    return code.replace(f"def {old}(", f"def {new}(", 1)


def _find_faults(node: FunctionNode) -> Iterator[tuple[str, str, int]]:
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    if every or arguments.vararg or arguments.kwarg:
        yield "test-fixture", f"`{node.name}` takes parameters; it must take none", node.lineno
    if isinstance(node, ast.AsyncFunctionDef):
        yield "test-async", f"`{node.name}` is async; a plain function is expected", node.lineno
    raising = list(_find_raising(node))
    asserts = [part for part in ast.walk(node) if isinstance(part, ast.Assert)]
    if not asserts and not raising:
        yield "test-no-assertion", f"`{node.name}` asserts nothing", node.lineno
    for part in asserts:
        if not any(isinstance(inner, ast.Name | ast.Call) for inner in ast.walk(part.test)):
            yield (
                "test-no-assertion",
                f"`{ast.unparse(part)}` holds whatever the code does",
                part.lineno,
            )
    for call in raising:
        general = _find_general(call)
        if general:
            message = f"`pytest.raises({general})` is met by an error of any kind"
            yield "test-general-error", message, call.lineno


def _find_raising(node: FunctionNode) -> Iterator[ast.Call]:
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and dotted_name(part.func) in {"pytest.raises", "raises"}:
            yield part


def _find_general(call: ast.Call) -> str:
    """The error of a `raises` that anything broken raises too; empty when there is none."""
    expected = call.args[0] if call.args else None
    errors = expected.elts if isinstance(expected, ast.Tuple) else [expected]
    for error in errors:
        name = dotted_name(error) if error is not None else "…"
        if name in _GENERAL or name == "…":
            return name
    return ""


def _problem(code: str, message: str, line: int) -> Problem:
    return Problem(
        code=code,
        message=message,
        place=Place(path="the written test", line=line),
        hint="Ask for the test again.",
    )
