"""What rules need to know of Python code; imports and calls are gathered here, by full name."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

from headwater.graph.facts import CodeFacts, Used
from headwater.targets.python.layout import module_name
from headwater.targets.python.measures import list_types, measure_functions
from headwater.targets.python.risks import find_risks
from headwater.targets.python.source import dotted_name, parse_source, source_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LOADERS = {"__import__", "importlib.import_module"}
_PACKAGE_FILE = "__init__.py"


def read_facts(code: str, *, path: str) -> CodeFacts:
    """The facts of a file; of one that does not parse, only its name and its lines."""
    tree = parse_source(code) or ast.Module(body=[], type_ignores=[])
    nodes = tuple(ast.walk(tree))  # once for all: it is most of the work
    package = _name_package(path)
    aliases = _find_aliases(nodes, package=package)
    found = (node for node in nodes if isinstance(node, ast.Call))
    calls = [(node, _name_call(node.func, aliases)) for node in found]
    named = [(node, name) for node, name in calls if name]
    imports = [*_find_imports(nodes, package=package), *_find_loaded(named)]
    return CodeFacts(
        path=path,
        imports=_in_order(imports),
        calls=_in_order([Used(name=name, line=node.lineno) for node, name in named]),
        functions=tuple(measure_functions(tree.body)),
        module=module_name(path),
        exports=aliases,
        standard=frozenset(_first_parts(imports) & sys.stdlib_module_names),
        types=tuple(list_types(nodes)),
        risks=find_risks(nodes, calls=calls),
        lines=len(source_lines(code)) if code else 0,
    )


def _name_package(path: str) -> str:
    """What a relative import in the file starts from."""
    module = module_name(path)
    return module if path.endswith(_PACKAGE_FILE) else module.rpartition(".")[0]


def _first_parts(imports: list[Used]) -> set[str]:
    return {used.name.partition(".")[0] for used in imports}


def _find_imports(nodes: Sequence[ast.AST], *, package: str) -> Iterator[Used]:
    """Modules by full name; `from a import b` may mean the module `a.b` and says both."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Used(name=alias.name, line=node.lineno)
        elif isinstance(node, ast.ImportFrom):
            module = _name_source(node, package=package)
            if node.module:
                yield Used(name=module, line=node.lineno)
            for alias in node.names:
                yield Used(name=_join(module, alias.name), line=node.lineno)


def _name_source(node: ast.ImportFrom, *, package: str) -> str:
    """The full name of the module that names are imported from."""
    parts = package.split(".") if package else []
    base = parts[: len(parts) - (node.level - 1)] if node.level else []
    return _join(".".join(base), node.module or "")


def _join(module: str, name: str) -> str:
    return f"{module}.{name}" if module and name else module or name


def _find_loaded(calls: list[tuple[ast.Call, str]]) -> Iterator[Used]:
    for node, name in calls:
        first = node.args[0] if node.args else None
        if name in _LOADERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield Used(name=first.value, line=node.lineno)


def _find_aliases(nodes: Sequence[ast.AST], *, package: str) -> dict[str, str]:
    """Local names and the full names that they stand for, through plain assignments too."""
    aliases: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            aliases.update({alias.asname: alias.name for alias in node.names if alias.asname})
        elif isinstance(node, ast.ImportFrom):
            module = _name_source(node, package=package)
            for alias in node.names:
                aliases[alias.asname or alias.name] = _join(module, alias.name)
    for node in nodes:
        if isinstance(node, ast.Assign):
            full = _name_call(node.value, aliases)
            for target in node.targets:
                if isinstance(target, ast.Name) and full and full != target.id:
                    aliases.setdefault(target.id, full)
    return aliases


def _name_call(node: ast.expr, aliases: Mapping[str, str]) -> str:
    """What is called, by its full name: `getattr(os, "system")` is `os.system`; else empty."""
    if isinstance(node, ast.Call):
        match node.args:
            case [of, ast.Constant(value=str(name)), *_] if dotted_name(node.func) == "getattr":
                full = _name_call(of, aliases)
                return _resolve(f"{full}.{name}", {}) if full else ""
        return ""
    name = dotted_name(node)
    return _resolve(name, aliases) if name else ""


def _resolve(name: str, aliases: Mapping[str, str]) -> str:
    """The full name; `builtins.eval` is `eval`."""
    first, dot, rest = name.partition(".")
    full = aliases.get(first, first) + dot + rest
    return full.removeprefix("builtins.")


def _in_order(found: list[Used]) -> tuple[Used, ...]:
    return tuple(sorted(dict.fromkeys(found), key=lambda used: (used.line, used.name)))
