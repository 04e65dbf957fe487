"""`dependencies.forbidden`: packages that no plan and no dependency file names or brings along."""

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


def find_forbidden_dependencies(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each forbidden package that is named, and for each that a named one requires."""
    forbidden = {normalise_package(name) for name in demand.names("packages")}

    def report(dependency: Dependency, way: tuple[str, ...]) -> Problem:
        brought = len(way) > 1
        return demand.report(
            "forbidden-dependency",
            f"forbids depending on {describe_way(dependency, way)}",
            place=dependency.place,
            remedy=f"Do without `{dependency.name}`" if brought else "Do without it",
        )

    yield from judge_packages(
        evidence,
        demand,
        transitive=demand.flag("transitive", default=True),
        offends=forbidden.__contains__,
        report=report,
    )


RULE = Rule(
    name="dependencies.forbidden",
    finds="such a package among the dependencies of a plan or of a dependency file, or required by "
    "one as far as installed metadata tells; where one is not installed, a warning says so",
    why="A package that was ruled out comes back by way of another, and nobody decides on it.",
    example="{check: dependencies.forbidden, packages: [requests]}",
    arguments=(
        Argument(name="packages", kind=ArgumentKind.NAMES, means="names of packages"),
        Argument(
            name="transitive",
            kind=ArgumentKind.FLAG,
            means="`false` judges only what is named; else what that requires too",
            optional=True,
        ),
    ),
    needs=frozenset({Need.DEPENDENCIES, Need.PACKAGES}),
    find=find_forbidden_dependencies,
    render=render_nothing,
)
