"""`dependencies.allowed`: plans and dependency files name no packages but these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.articles.interface import (
    Argument,
    ArgumentKind,
    Need,
    Rule,
    render_nothing,
)
from headwater.rules.articles.required import (
    describe_way,
    judge_packages,
    normalise_package,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.articles.evidence import Dependency, Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem


def find_dependencies_not_allowed(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each other package that is named and, where asked for, that a named one requires."""
    allowed = {normalise_package(name) for name in demand.names("packages")}

    def report(dependency: Dependency, way: tuple[str, ...]) -> Problem:
        brought = len(way) > 1
        added = "have both added" if brought else "have it added"
        return demand.report(
            "dependency-not-allowed",
            f"does not allow depending on {describe_way(dependency, way)}",
            place=dependency.place,
            remedy=f"Do without it, or {added} to the article",
        )

    yield from judge_packages(
        evidence,
        demand,
        transitive=demand.flag("transitive", default=False),
        offends=lambda name: name not in allowed,
        report=report,
    )


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
