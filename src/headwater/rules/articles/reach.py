"""What a file reaches through the project's own modules, and what their names stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from headwater.graph.facts import CodeFacts
    from headwater.rules.articles.evidence import Evidence


class Reached(NamedTuple):
    """A file that another imports, directly or through others.

    `line` is that of the import in the file that one started from; `through` are the places of
    the imports on the way from there, `src/b.py:3`.
    """

    path: str
    line: int
    through: tuple[str, ...]


def map_modules(evidence: Evidence) -> dict[str, str]:
    """The project's own modules that are known, name to path."""
    return {facts.module: path for path, facts in evidence.code.items() if facts.module}


def find_reached(
    facts: CodeFacts, evidence: Evidence, *, enter: Callable[[str], bool]
) -> Iterator[Reached]:
    """The own files that a file reaches, nearest first, each once and by a shortest way.

    Args:
        facts: of the file that one starts from.
        evidence: whose code is followed.
        enter: whether to go on from what a file imports; a path for which it says no is given too.
    """
    modules = map_modules(evidence)
    seen = {facts.path}
    waiting = [Reached(path, line, ()) for path, line in _list_imported(facts, modules)]
    for found in waiting:  # it grows as it is gone through
        if found.path in seen:
            continue
        seen.add(found.path)
        yield found
        if enter(found.path):
            waiting += [
                Reached(path, found.line, (*found.through, f"{found.path}:{line}"))
                for path, line in _list_imported(evidence.code[found.path], modules)
            ]


def find_meaning(name: str, evidence: Evidence, modules: Mapping[str, str]) -> str:
    """The full name of what a name stands for, where own modules pass it on to one another."""
    seen: set[str] = set()
    while name not in seen:
        seen.add(name)
        for module in _list_prefixes(name):
            if module in modules:
                first, dot, rest = name[len(module) + 1 :].partition(".")
                exports = evidence.code[modules[module]].exports
                name = f"{exports[first]}{dot}{rest}" if first in exports else name
                break
    return name


def _list_imported(facts: CodeFacts, modules: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Own files that a file imports; a module brings the packages that it stands in along."""
    for used in facts.imports:
        for name in _list_prefixes(used.name):
            if name in modules and modules[name] != facts.path:
                yield modules[name], used.line


def _list_prefixes(name: str) -> Iterator[str]:
    """`a.b.c`, `a.b`, `a`."""
    while name:
        yield name
        name = name.rpartition(".")[0]
