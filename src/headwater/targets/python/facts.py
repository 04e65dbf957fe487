"""What rules need to know of Python code: imports, calls by full name, cyclomatic complexity."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from headwater.graph.facts import CodeFacts, Complexity, Used
from headwater.targets.python.source import FunctionNode, dotted_name, parse_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BRANCHES = (
    *(ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.Assert),
    *(ast.comprehension, ast.match_case),
)
_LOADERS = {"__import__", "builtins.__import__", "importlib.import_module"}


def read_facts(code: str, *, path: str) -> CodeFacts:
    """The facts of a file; none of one that does not parse."""
    tree = parse_source(code) or ast.Module(body=[], type_ignores=[])
    aliases = _find_aliases(tree)
    calls = [
        (node, _resolve(dotted_name(node.func), aliases))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and dotted_name(node.func)
    ]
    imports = [*_find_imports(tree), *_find_loaded(calls)]
    return CodeFacts(
        path=path,
        imports=_in_order(imports),
        calls=_in_order([Used(name=name, line=node.lineno) for node, name in calls]),
        complexities=tuple(_measure_all(tree.body, prefix="")),
    )


def _find_imports(tree: ast.Module) -> Iterator[Used]:
    """Modules by full name; `from a import b` may mean the module `a.b` and says both."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Used(name=alias.name, line=node.lineno)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            if node.module:
                yield Used(name=module, line=node.lineno)
            for alias in node.names:
                dot = "" if module.endswith(".") or not module else "."
                yield Used(name=f"{module}{dot}{alias.name}", line=node.lineno)


def _find_loaded(calls: list[tuple[ast.Call, str]]) -> Iterator[Used]:
    for node, name in calls:
        first = node.args[0] if node.args else None
        if name in _LOADERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield Used(name=first.value, line=node.lineno)


def _find_aliases(tree: ast.Module) -> dict[str, str]:
    """Local names and the full names that they stand for, through plain assignments too."""
    aliases: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            aliases.update({alias.asname: alias.name for alias in node.names if alias.asname})
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                aliases[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name | ast.Attribute):
            full = _resolve(dotted_name(node.value), aliases)
            for target in node.targets:
                if isinstance(target, ast.Name) and full and full != target.id:
                    aliases.setdefault(target.id, full)
    return aliases


def _resolve(name: str, aliases: Mapping[str, str]) -> str:
    """The full name; `builtins.eval` is `eval`."""
    first, dot, rest = name.partition(".")
    full = aliases.get(first, first) + dot + rest
    return full.removeprefix("builtins.")


def _measure_all(body: list[ast.stmt], *, prefix: str) -> Iterator[Complexity]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _measure_all(node.body, prefix=f"{prefix}{node.name}.")
        elif isinstance(node, FunctionNode):
            name = f"{prefix}{node.name}"
            yield Complexity(function=name, value=_measure(node), line=node.lineno)
            yield from _measure_all(node.body, prefix=f"{name}.")
        else:
            inner = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.stmt)]
            yield from _measure_all(inner, prefix=prefix)


def _measure(node: ast.AST) -> int:
    """One more than the decisions in a function (McCabe 1976); functions inside count their own."""
    return 1 + sum(_count(child) for child in ast.iter_child_nodes(node))


def _count(node: ast.AST) -> int:
    if isinstance(node, FunctionNode | ast.ClassDef):
        return 0
    own = int(isinstance(node, _BRANCHES))
    if isinstance(node, ast.BoolOp):
        own += len(node.values) - 1
    if isinstance(node, ast.comprehension):
        own += len(node.ifs)
    return own + sum(_count(child) for child in ast.iter_child_nodes(node))


def _in_order(found: list[Used]) -> tuple[Used, ...]:
    return tuple(sorted(dict.fromkeys(found), key=lambda used: (used.line, used.name)))
