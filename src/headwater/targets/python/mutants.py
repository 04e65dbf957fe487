"""Mutants of a derived Python file: one change each, in the insides of functions."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.targets.mutation import Mutant
from headwater.targets.python.mutations import list_replacements
from headwater.targets.python.source import FunctionNode, is_docstring, parse_source
from headwater.targets.python.syntax import digest_body

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = 60  # characters of a piece of code
# Types and signatures are the plan's, not the derived code's own.
_NOT_ENTERED = frozenset({"annotation", "returns", "args", "decorator_list", "type_params"})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Site:
    """A node, and where its parent holds it; `index` is None where the field holds it alone."""

    node: ast.AST
    parent: ast.AST
    name: str
    index: int | None
    statement: ast.stmt
    message: bool

    def put(self, node: ast.AST) -> None:
        """Let another node stand here."""
        if self.index is None:
            setattr(self.parent, self.name, node)
        else:
            getattr(self.parent, self.name)[self.index] = node


def make_mutants(code: str, *, path: str, most: int) -> tuple[Mutant, ...]:
    """See `Mutation.make_mutants`; code that does not parse has none."""
    tree = parse_source(code)
    if tree is None:
        return ()
    known = {digest_body(code)}
    made: list[tuple[int, Mutant]] = []
    of_statement: Counter[int] = Counter()
    for site, mutant in _list_mutants(tree, path):
        digest = digest_body(mutant.code)
        if digest not in known:
            known.add(digest)
            made.append((of_statement[id(site.statement)], mutant))
            of_statement[id(site.statement)] += 1
    # Sorting is stable, so that every statement has one before any has two.
    chosen = {id(mutant) for _, mutant in sorted(made, key=lambda each: each[0])[:most]}
    mutants = (mutant for _, mutant in made if id(mutant) in chosen)
    return tuple(sorted(mutants, key=lambda mutant: mutant.line))


def _list_mutants(tree: ast.Module, path: str) -> Iterator[tuple[_Site, Mutant]]:
    for site in _list_sites(tree):
        for other in list_replacements(site.node, message=site.message):
            site.put(ast.fix_missing_locations(ast.copy_location(other, site.node)))
            try:
                code = ast.unparse(tree) + "\n"
            except (ValueError, RecursionError):  # such as a back-slash inside an f-string
                continue
            finally:
                site.put(site.node)
            first, last = _find_lines(site)
            yield (
                site,
                Mutant(
                    path=path,
                    line=getattr(site.node, "lineno", first),
                    first=first,
                    last=last,
                    before=_show(site.node),
                    after=_show(other),
                    code=code,
                ),
            )


def _list_sites(tree: ast.Module) -> list[_Site]:
    """Every node inside a function."""
    sites: list[_Site] = []
    for function in _find_functions(tree):
        for number, statement in enumerate(function.body):
            if not is_docstring(statement):
                sites += _walk(statement, function, "body", number, statement, message=False)
    return sites


def _find_functions(parent: ast.AST) -> Iterator[FunctionNode]:
    """The outermost functions: of the module, and of its classes."""
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, FunctionNode):
            yield node
        elif not isinstance(node, ast.expr):
            yield from _find_functions(node)


def _walk(
    node: ast.AST,
    parent: ast.AST,
    name: str,
    index: int | None,
    statement: ast.stmt,
    *,
    message: bool,
) -> Iterator[_Site]:
    """A node's parts, then itself: examples overlook a bound sooner than a whole statement."""
    statement = node if isinstance(node, ast.stmt) else statement
    message = message or isinstance(node, ast.Raise)
    for field, value in ast.iter_fields(node):
        # Arguments of a call are entered, those of a function are its signature.
        if field in _NOT_ENTERED and not isinstance(node, ast.Call):
            continue
        if isinstance(value, ast.AST):
            yield from _walk(value, node, field, None, statement, message=message)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, ast.AST) and not _is_text_alone(item):
                    yield from _walk(item, node, field, number, statement, message=message)
    yield _Site(
        node=node, parent=parent, name=name, index=index, statement=statement, message=message
    )


def _is_text_alone(node: ast.AST) -> bool:
    return isinstance(node, ast.stmt) and is_docstring(node)


def _find_lines(site: _Site) -> tuple[int, int]:
    """The lines of a plain statement; of one that holds others those of the changed node."""
    holds_others = hasattr(site.statement, "body")
    placed = site.node if holds_others and hasattr(site.node, "lineno") else site.statement
    if placed is site.statement and holds_others:
        placed = getattr(placed, "test", placed)
    first = getattr(placed, "lineno", site.statement.lineno)
    if isinstance(placed, ast.ExceptHandler):
        return first, first
    return first, getattr(placed, "end_lineno", None) or first


def _show(node: ast.AST) -> str:
    """A node on one line; of a statement that holds others its head."""
    try:
        text = ast.unparse(node)
    except (ValueError, AttributeError):
        return type(node).__name__
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
