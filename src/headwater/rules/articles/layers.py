"""`layers`: parts of the program in order; a file imports from its own layer and those below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.paths import matches_glob
from headwater.rules.articles.interface import HANDWRITTEN, Argument, ArgumentKind, Need, Rule
from headwater.rules.articles.reach import find_reached
from headwater.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.graph.facts import CodeFacts
    from headwater.rules.articles.evidence import Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem


def find_upward_imports(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each file of a higher layer that a file imports, or reaches through unlayered ones.

    An import of a module that is not known as a file counts by its name where layers are packages.
    """
    layers = demand.names("layers")
    for facts in evidence.list_judged(demand.check):
        own = _find_layer(facts, layers)
        if own is None:
            continue
        for line, layer, way in sorted(set(_find_used(facts, evidence, layers))):
            if layer < own:
                yield demand.report(
                    "layer-imports-upward",
                    f"puts `{layers[layer]}` above `{layers[own]}`, which may not import it{way}",
                    place=Place(path=facts.path, line=line),
                    remedy="Turn the dependency round, or move what both need down",
                )


def _find_used(
    facts: CodeFacts, evidence: Evidence, layers: Sequence[str]
) -> Iterator[tuple[int, int, str]]:
    """Line, layer and, where it is not direct, the way, of all that a file imports."""

    def is_free(path: str) -> bool:
        return _find_layer(evidence.code[path], layers) is None

    for reached in find_reached(facts, evidence, enter=is_free):
        layer = _find_layer(evidence.code[reached.path], layers)
        if layer is not None:
            way = " → ".join((*reached.through, reached.path)) if reached.through else ""
            yield reached.line, layer, f", as it does through {way}" if way else ""
    for used in facts.imports:
        for number, package in enumerate(layers):
            if not _is_glob(package) and f"{used.name}.".startswith(f"{package}."):
                yield used.line, number, ""


def _find_layer(facts: CodeFacts, layers: Sequence[str]) -> int | None:
    """The number of a file's layer, the highest being 0; None where it is in none."""
    for number, layer in enumerate(layers):
        if matches_glob(facts.path, layer) if _is_glob(layer) else _is_inside(facts, layer):
            return number
    return None


def _is_inside(facts: CodeFacts, package: str) -> bool:
    return f"{facts.module}.".startswith(f"{package}.")


def _is_glob(layer: str) -> bool:
    return "/" in layer or "*" in layer


def _render(demand: Demand) -> str:
    order = " → ".join(f"`{layer}`" for layer in demand.names("layers"))
    return f"imports point one way only: {order}"


RULE = Rule(
    name="layers",
    finds="an import from a higher layer, also through own files that are in no layer; not one "
    "from the same layer, a lower one, or none",
    why="Where imports point one way, a part can be understood, tested and replaced without those "
    "above it.",
    example="{check: layers, layers: [wallet.cli, wallet.api, wallet.ledger]}",
    arguments=(
        Argument(
            name="layers",
            kind=ArgumentKind.NAMES,
            means="packages (`wallet.api`) or globs (`src/wallet/api/**`), the highest first",
        ),
        HANDWRITTEN,
    ),
    needs=frozenset({Need.CODE}),
    find=find_upward_imports,
    render=_render,
)
