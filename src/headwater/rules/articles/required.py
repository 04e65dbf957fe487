"""What packages require, followed through the metadata of those that are installed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
