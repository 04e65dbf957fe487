"""`imports.allowed`: files in scope import these, the standard library and the project's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.articles.interface import HANDWRITTEN, Argument, ArgumentKind, Need, Rule
from headwater.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.articles.evidence import Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem


def find_imports_not_allowed(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each other module on each line that imports it."""
    allowed = {module.partition(".")[0] for module in demand.names("modules")}
    for facts in evidence.list_judged(demand.check):
        free = allowed | facts.standard | evidence.own
        found = {(used.line, used.name.partition(".")[0]) for used in facts.imports}
        for line, module in sorted(found):
            if module not in free:
                yield demand.report(
                    "import-not-allowed",
                    f"does not allow importing `{module}`",
                    place=Place(path=facts.path, line=line),
                    remedy=f"Do without `{module}`",
                )


def _render(demand: Demand) -> str:
    names = ", ".join(f"`{module}`" for module in demand.names("modules"))
    return f"import nothing but the standard library, this project's own modules and {names}"


RULE = Rule(
    name="imports.allowed",
    finds="an import of any other top-level module; the standard library and the project's own "
    "modules are always allowed",
    why="A list of what may be used holds where a list of what may not be used has gaps.",
    example="{check: imports.allowed, modules: [attrs, httpx]}",
    arguments=(
        Argument(name="modules", kind=ArgumentKind.NAMES, means="top-level modules"),
        HANDWRITTEN,
    ),
    needs=frozenset({Need.CODE}),
    find=find_imports_not_allowed,
    render=_render,
)
