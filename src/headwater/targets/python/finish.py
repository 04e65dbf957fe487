"""Puts a candidate's file in order before it is judged, so that no repair is spent on form.

What the interface declares whole is taken from there; signatures that differ only in their types
or defaults get the declared ones; imports, `__all__` and the program's start are put right.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from headwater.targets.python.answer import extract_code
from headwater.targets.python.classes import is_whole, methods_of
from headwater.targets.python.declarations import (
    Declarations,
    declared_name,
    public_names,
    read_declarations,
    write_import_line,
)
from headwater.targets.python.imports import (
    add_missing_imports,
    drop_unused_imports,
    end_of_imports,
    is_well_known_star,
)
from headwater.targets.python.layout import module_name
from headwater.targets.python.parsing import parse_module
from headwater.targets.python.shadowing import undo_shadowing
from headwater.targets.python.signatures import replace_header, same_shape, same_signature
from headwater.targets.python.source import (
    FunctionNode,
    LineEdit,
    apply_line_edits,
    assigned_name,
    first_line,
    last_line,
    parse_source,
    source_lines,
    source_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from headwater.spec.model import Component


def finish_file(component: Component, code: str, *, dependencies: Sequence[Component] = ()) -> str:
    """The candidate in order; code that does not parse comes back as it was.

    Names that it uses and does not import come from `dependencies` where they offer them.

    Finishing what is finished changes nothing.
    """
    declarations = read_declarations(component)
    finished = "".join(f"{line}\n" for line in source_lines(code))
    if parse_source(finished) is None:
        finished = extract_code(code, wanted=public_names(declarations))
        if parse_source(finished) is None:
            return code
    if not finished.strip():
        return code
    module = module_name(component.files[0]) if component.files else ""
    finished = _drop_self_imports(finished, module)
    imports = _list_offered(dependencies)
    names = {alias.name for node in imports for alias in node.names}
    finished = _drop_copies(finished, names - declarations.nodes.keys())
    finished = _restore_signatures(finished, declarations)
    finished = _restore_declared(finished, declarations)
    finished = _settle_main(finished, keep=_starts_program(component, module))
    finished = undo_shadowing(finished, offered=names)
    finished = add_missing_imports(finished, offered=(*declarations.imports, *imports))
    finished = drop_unused_imports(_drop(finished, _assigns_exports))
    finished = _write_exports(finished, public_names(declarations)).rstrip() + "\n"
    return finished if parse_source(finished) is not None else code


def _list_offered(dependencies: Sequence[Component]) -> list[ast.Import | ast.ImportFrom]:
    """What the dependencies offer, as the statements that import it."""
    lines = "\n".join(write_import_line(dependency) for dependency in dependencies)
    return [node for node in parse_module(lines).body if isinstance(node, ast.ImportFrom)]


def _drop_self_imports(code: str, module: str) -> str:
    """A module that imports from itself, as models write it, cannot be loaded."""
    own = {module, f"src.{module}", f".{module.rpartition('.')[2]}"} if module else set()
    return _drop(
        code,
        lambda node: (
            isinstance(node, ast.ImportFrom) and "." * node.level + (node.module or "") in own
        ),
    )


def _drop_copies(code: str, offered: set[str]) -> str:
    """Without the module's own versions of what its dependencies offer, and without `import *`.

    Models write again what they are told is there; the real thing is imported afterwards, as is
    every name that a star brought.
    """
    return _drop(
        code,
        lambda node: (
            (isinstance(node, FunctionNode | ast.ClassDef) and node.name in offered)
            or (isinstance(node, ast.ImportFrom) and is_well_known_star(node))
        ),
    )


def _restore_signatures(code: str, declarations: Declarations) -> str:
    """Declared types and defaults, where names and kinds of the parameters are as declared."""
    for declared, path in _declared_functions(declarations):
        found = _find_function(_parse(code), path)
        if found is None or not same_shape(declared, found) or same_signature(declared, found):
            continue
        replaced = replace_header(code, found, declared)
        if parse_source(replaced) is not None:
            code = replaced
    return _restore_decorators(code, declarations)


def _restore_decorators(code: str, declarations: Declarations) -> str:
    """`@dataclass` with the declared arguments, or at all, on classes that have methods."""
    edits = []
    for node in _parse(code).body:
        declared = declarations.nodes.get(declared_name(node))
        if not (isinstance(node, ast.ClassDef) and isinstance(declared, ast.ClassDef)):
            continue
        wanted = [ast.unparse(item) for item in declared.decorator_list]
        if wanted != [ast.unparse(item) for item in node.decorator_list]:
            text = "\n".join(f"@{item}" for item in wanted)
            edits.append(LineEdit(first=first_line(node), last=node.lineno - 1, text=text))
    return apply_line_edits(code, edits) if edits else code


def _declared_functions(
    declarations: Declarations,
) -> Iterator[tuple[FunctionNode, tuple[str, ...]]]:
    for name, node in declarations.nodes.items():
        if isinstance(node, FunctionNode):
            yield node, (name,)
        elif isinstance(node, ast.ClassDef):
            for method in methods_of(node):
                yield method, (name, method.name)


def _find_function(tree: ast.Module, path: tuple[str, ...]) -> FunctionNode | None:
    body: list[ast.stmt] = tree.body
    for name in path[:-1]:
        owner = next((n for n in body if isinstance(n, ast.ClassDef) and n.name == name), None)
        body = owner.body if owner else []
    named = [node for node in body if isinstance(node, FunctionNode) and node.name == path[-1]]
    return named[-1] if named else None


def _restore_declared(code: str, declarations: Declarations) -> str:
    """Constants, errors and types that the interface has whole, as it has them."""
    tree = _parse(code)
    found = {declared_name(node): node for node in tree.body if declared_name(node)}
    imported = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    edits: list[LineEdit] = []
    early: list[str] = []
    late: dict[str, str] = {}
    for name, node in declarations.nodes.items():
        own = found.get(name)
        if not _is_complete(node) or name in imported:
            continue
        text = source_of(node, declarations.code)
        if own is not None:
            if _may_replace(node, own):
                edits.append(LineEdit(first=first_line(own), last=last_line(own), text=text))
        elif _names_in(node) & {*found, *late}:
            late[name] = text
        else:
            early.append(text)
    edits.extend(_insert(early, before=end_of_imports(tree)))
    edits.extend(_insert(list(late.values()), before=_end_of_definitions(tree)))
    return apply_line_edits(code, edits) if edits else code


def _insert(texts: list[str], *, before: int) -> list[LineEdit]:
    text = "\n" + "\n\n\n".join(texts) + "\n\n"
    return [LineEdit(first=before, last=before - 1, text=text)] if texts else []


def _end_of_definitions(tree: ast.Module) -> int:
    """The line before the program's start, or after the last statement."""
    for node in tree.body:
        if _is_main_block(node):
            return node.lineno
    return last_line(tree.body[-1]) + 1 if tree.body else 1


def _is_complete(node: ast.stmt) -> bool:
    if isinstance(node, ast.ClassDef):
        return is_whole(node)
    return bool(assigned_name(node)) and getattr(node, "value", None) is not None


def _may_replace(declared: ast.stmt, own: ast.stmt) -> bool:
    """Whether the candidate's differs and holds no code that would be lost."""
    if isinstance(own, FunctionNode):
        return False
    if isinstance(own, ast.ClassDef) and methods_of(own):
        return False
    return _plain_dump(declared) != _plain_dump(own)


def _plain_dump(node: ast.stmt) -> str:
    if isinstance(node, ast.ClassDef):
        parts = [*node.decorator_list, *node.bases]
        fields = [item for item in node.body if assigned_name(item)]
        return "\n".join(ast.unparse(part) for part in [*parts, *fields])
    return ast.unparse(node)


def _names_in(node: ast.stmt) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _starts_program(component: Component, module: str) -> bool:
    """Whether some **Command** runs this module by `python -m`, or its file."""
    path = component.files[0] if component.files else ""
    return any(
        ("-m" in command and module in command) or path in command
        for command in component.commands.values()
    )


def _settle_main(code: str, *, keep: bool) -> str:
    """The block that starts the program: there when a Command runs this module, else not."""
    if not keep:
        return _drop(code, lambda node: _is_main_block(node) or _is_demonstration(node))
    body = _parse(code).body
    defines_main = any(isinstance(node, FunctionNode) and node.name == "main" for node in body)
    if any(map(_is_main_block, body)) or not defines_main:
        return code
    start = 'if __name__ == "__main__":\n    raise SystemExit(main())\n'
    return f"{code.rstrip()}\n\n\n{start}"


def _is_demonstration(node: ast.stmt) -> bool:
    """`print(to_roman(4))` below the functions: a model showing what it wrote."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "print"
    )


def _is_main_block(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Compare)
        and {ast.unparse(part) for part in [node.test.left, *node.test.comparators]}
        == {"__name__", "'__main__'"}
    )


def _write_exports(code: str, names: list[str]) -> str:
    """`__all__` with just the declared names, after the imports."""
    at = end_of_imports(_parse(code))
    lines = source_lines(code)
    before, after = lines[: at - 1], lines[at - 1 :]
    while after and not after[0].strip():
        after.pop(0)
    listed = ", ".join(f'"{name}"' for name in names)
    exports = f"__all__ = [{listed}]"
    if len(exports) > 100:
        exports = "\n".join(["__all__ = [", *(f'    "{name}",' for name in names), "]"])
    gap = [""] if before else []
    tail = ["", *after] if after else []
    return "\n".join([*before, *gap, exports, *tail]) + "\n"


def _assigns_exports(node: ast.stmt) -> bool:
    if isinstance(node, ast.AugAssign):
        return isinstance(node.target, ast.Name) and node.target.id == "__all__"
    return assigned_name(node) == "__all__"


def _drop(code: str, unwanted: Callable[[ast.stmt], bool]) -> str:
    """The code without some of its top-level statements."""
    edits = [
        LineEdit(first=first_line(node), last=last_line(node), text="")
        for node in _parse(code).body
        if unwanted(node)
    ]
    return apply_line_edits(code, edits).rstrip("\n") + "\n" if edits else code


def _parse(code: str) -> ast.Module:
    return parse_source(code) or ast.Module(body=[], type_ignores=[])
