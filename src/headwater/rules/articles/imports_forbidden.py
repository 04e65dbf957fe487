"""`imports.forbidden`: modules that no file in scope imports, itself or through other own files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.articles.interface import HANDWRITTEN, Argument, ArgumentKind, Need, Rule
from headwater.rules.articles.reach import find_reached
from headwater.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.graph.facts import CodeFacts
    from headwater.rules.articles.evidence import Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem


def find_forbidden_imports(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each forbidden module on each line that imports or reaches it.

    What a file reaches through another that is judged itself is that other one's breach alone.
    """
    modules = demand.names("modules")
    for facts in evidence.list_judged(demand.check):
        for (line, module), name in sorted(_find_forbidden(facts, modules).items()):
            yield demand.report(
                "forbidden-import",
                f"forbids importing `{module}`",
                place=Place(path=facts.path, line=line),
                remedy=f"Do without `{name}`",
            )
        yield from _find_transitive(facts, evidence, demand)


def _find_transitive(facts: CodeFacts, evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    def is_free(path: str) -> bool:
        return not evidence.is_judged(path, demand.check)

    for reached in filter(
        lambda one: is_free(one.path), find_reached(facts, evidence, enter=is_free)
    ):
        found = _find_forbidden(evidence.code[reached.path], demand.names("modules"))
        for line, module in sorted(found):
            way = " → ".join((*reached.through, f"{reached.path}:{line}"))
            yield demand.report(
                "forbidden-import",
                f"forbids importing `{module}`, which this reaches through {way}",
                place=Place(path=facts.path, line=reached.line),
                remedy="Do without this import",
            )


def _find_forbidden(facts: CodeFacts, modules: Iterable[str]) -> dict[tuple[int, str], str]:
    """Line and forbidden module, to the name that is imported there."""
    return {
        (used.line, module): used.name
        for used in facts.imports
        for module in modules
        if f"{used.name}.".startswith(f"{module}.")
    }


def _render(demand: Demand) -> str:
    return f"do not import {', '.join(f'`{module}`' for module in demand.names('modules'))}"


RULE = Rule(
    name="imports.forbidden",
    finds="an import of one of the modules or of one below it, also through own files that are out "
    "of scope; not a module whose name only begins alike",
    why="What a system may depend on is decided once, in an article, and not by each derived file.",
    example="{check: imports.forbidden, modules: [requests, urllib.request]}",
    arguments=(
        Argument(name="modules", kind=ArgumentKind.NAMES, means="dotted names"),
        HANDWRITTEN,
    ),
    needs=frozenset({Need.CODE}),
    find=find_forbidden_imports,
    render=_render,
)
