"""What packages require, followed through the metadata of those that are installed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.paths import matches_glob

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from headwater.rules.articles.evidence import Dependency, Evidence, Package
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem


def normalise_package(name: str) -> str:
    """The name by which packages are compared (PEP 503): `Google.Cloud_Storage` and its like."""
    return re.sub(r"[-_.]+", "-", name).lower()


def find_required(name: str, packages: Mapping[str, Package]) -> Iterator[tuple[str, ...]]:
    """Everything that a package brings along, each as the shortest way to it, `name` first.

    A package on the way that is not installed ends the way there.
    """
    seen = {normalise_package(name)}
    waiting: list[tuple[str, ...]] = [(normalise_package(name),)]
    for way in waiting:  # it grows as it is gone through
        package = packages.get(way[-1])
        for required in map(normalise_package, package.requires if package else ()):
            if required not in seen:
                seen.add(required)
                waiting.append((*way, required))
                yield (*way, required)


def judge_packages(
    evidence: Evidence,
    demand: Demand,
    *,
    transitive: bool,
    offends: Callable[[str], bool],
    report: Callable[[Dependency, tuple[str, ...]], Problem],
) -> Iterator[Problem]:
    """Problems of the dependencies in a check's scope, and of what they bring along.

    Args:
        evidence: dependencies, and the packages that are installed.
        demand: the check.
        transitive: judge what a dependency requires, too, unless it offends by itself.
        offends: whether a package, by its normal name, must not be there.
        report: the problem of a dependency, with the way from it to the package that offends.
    """
    for dependency in evidence.dependencies:
        if not matches_glob(dependency.place.path, demand.check.scope):
            continue
        name = normalise_package(dependency.name)
        if offends(name):
            yield report(dependency, (name,))
        elif transitive:
            ways = find_required(name, evidence.packages)
            yield from (report(dependency, way) for way in ways if offends(way[-1]))
            yield from admit_unknown(dependency, evidence, demand)


def describe_way(dependency: Dependency, way: tuple[str, ...]) -> str:
    """The package that a way leads to and, where it is brought along, how."""
    if len(way) == 1:
        return f"`{dependency.name}`"
    return f"`{way[-1]}`, which `{dependency.name}` brings along: {' → '.join(way)}"


def admit_unknown(dependency: Dependency, evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """Say so where what a dependency brings along cannot be known."""
    missing = _find_missing(dependency.name, evidence.packages)
    if missing:
        yield demand.admit(
            "dependency-unknown",
            f"what `{dependency.name}` brings along is not known, since `{missing}` is not "
            f"installed ({dependency.place})",
            place=dependency.place,
            remedy=f"Install `{missing}` where headwater runs, or set `transitive: false`.",
        )


def _find_missing(name: str, packages: Mapping[str, Package]) -> str:
    """The first package that is needed to know what `name` brings along, and is not installed."""
    ways = ((normalise_package(name),), *find_required(name, packages))
    return next((way[-1] for way in ways if way[-1] not in packages), "")
