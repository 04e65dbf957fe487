"""The import lines of an emitted test file: just what its text uses."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from headwater.targets.python.imports import find_undefined, find_well_known
from headwater.targets.python.layout import support_module
from headwater.targets.python.scope import STANDARD, SUPPORT, World
from headwater.targets.python.source import parse_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.targets.python.written import Placed


def find_names(code: str) -> set[str]:
    """Every plain name that a piece of code uses; none where it does not parse."""
    tree = parse_source(code)
    if tree is None:
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def write_imports(body: str, *, path: str, world: World, written: Placed) -> str:
    """The import block of a test file: standard library, pytest and support, derived code.

    Args:
        body: the tests made from examples.
        path: of the test file.
        world: the interfaces; each declared name is imported as `World.local_name` has it.
        written: the written tests, which know the declared names that they use.
    """
    tests = f"{body}\n{written.text}"
    derived, used = find_names(body), find_names(tests)
    standard = {name: (STANDARD[name], name) for name in STANDARD if name in used}
    declared = dict(written.imports)
    for scope in world.scopes.values():
        for name in scope.declarations.nodes:
            local = world.local_name(scope, name)
            if local in derived and local not in declared:
                declared[local] = (scope.module, name)
    standard = {name: found for name, found in standard.items() if name not in declared}
    support = support_module(str(PurePosixPath(path).parent))
    helpers = {name: (support, name) for name in SUPPORT if name in used and name not in declared}
    known = {*standard, *helpers, *declared, "pytest"}
    blocks = [
        "\n".join(filter(None, [_write_well_known(tests, known), _write_block(standard)])),
        "\n".join(
            filter(None, ["import pytest" if "pytest" in used else "", _write_block(helpers)])
        ),
        _write_block(declared),
    ]
    return "\n\n".join(block for block in blocks if block)


def _write_well_known(tests: str, known: set[str]) -> str:
    """Imports of the standard library that a written test forgot, as models do."""
    tree = parse_source(tests)
    if tree is None:
        return ""
    lines = {find_well_known(name, tree) for name in find_undefined(tree) - known}
    return "\n".join(sorted(lines - {""}))


def _write_block(names: Mapping[str, tuple[str, str]]) -> str:
    """One line a module, modules and names sorted."""
    modules: dict[str, list[str]] = {}
    for local, (module, name) in sorted(names.items(), key=lambda item: item[1]):
        shown = name if name == local else f"{name} as {local}"
        modules.setdefault(module, []).append(shown)
    return "\n".join(
        f"from {module} import {', '.join(modules[module])}" for module in sorted(modules)
    )
