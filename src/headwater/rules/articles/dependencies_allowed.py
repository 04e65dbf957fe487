"""`dependencies.allowed`: plans and dependency files name no packages but these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.paths import matches_glob
from headwater.rules.articles.interface import (
    Argument,
    ArgumentKind,
    Need,
    Rule,
    render_nothing,
)
from headwater.rules.articles.required import admit_unknown, find_required, normalise_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.articles.evidence import Dependency, Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem


def find_dependencies_not_allowed(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each other package that is named and, where asked for, that a named one requires."""
    allowed = {normalise_package(name) for name in demand.names("packages")}
    for dependency in evidence.dependencies:
        if not matches_glob(dependency.place.path, demand.check.scope):
            continue
        if normalise_package(dependency.name) not in allowed:
            yield demand.report(
                "dependency-not-allowed",
                f"does not allow depending on `{dependency.name}`",
                place=dependency.place,
                remedy="Do without it, or have it added to the article",
            )
        elif demand.flag("transitive", default=False):
            yield from _find_brought(dependency, allowed, evidence, demand)


def _find_brought(
    dependency: Dependency, allowed: set[str], evidence: Evidence, demand: Demand
) -> Iterator[Problem]:
    for way in find_required(dependency.name, evidence.packages):
        if way[-1] not in allowed:
            yield demand.report(
                "dependency-not-allowed",
                f"does not allow depending on `{way[-1]}`, which `{dependency.name}` brings "
                f"along: {' → '.join(way)}",
                place=dependency.place,
                remedy="Do without it, or have both added to the article",
            )
    yield from admit_unknown(dependency, evidence, demand)


RULE = Rule(
    name="dependencies.allowed",
    finds="any other package among the dependencies of a plan or of a dependency file",
    why="Approving a library is a decision about licence, upkeep and risk, not one of a plan.",
    example="{check: dependencies.allowed, packages: [attrs, httpx]}",
    arguments=(
        Argument(name="packages", kind=ArgumentKind.NAMES, means="names of packages"),
        Argument(
            name="transitive",
            kind=ArgumentKind.FLAG,
            means="`true` judges what they require too; else only what is named",
            optional=True,
        ),
    ),
    needs=frozenset({Need.DEPENDENCIES, Need.PACKAGES}),
    find=find_dependencies_not_allowed,
    render=render_nothing,
)
