"""`dependencies.pinned`: every dependency that is named has one exact version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.paths import matches_glob
from headwater.rules.articles.interface import Need, Rule, render_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.articles.evidence import Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem


def find_unpinned_dependencies(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each dependency that may be of several versions."""
    for dependency in evidence.dependencies:
        if not dependency.pinned and matches_glob(dependency.place.path, demand.check.scope):
            yield demand.report(
                "dependency-not-pinned",
                f"wants one exact version of every dependency; `{dependency.name}` has none",
                place=dependency.place,
                remedy=f"Write the version, such as `{dependency.name}==1.2.3`",
            )


RULE = Rule(
    name="dependencies.pinned",
    finds="a dependency without one exact version (`==1.2.3`, in a plan also `httpx 1.2.3`; a git "
    "address with a whole commit id); ranges and `==1.*` are none",
    why="What is installed today is not what was tested yesterday, and nobody changed anything.",
    example='{check: dependencies.pinned, scope: "requirements*.txt"}',
    arguments=(),
    needs=frozenset({Need.DEPENDENCIES}),
    find=find_unpinned_dependencies,
    render=render_nothing,
)
