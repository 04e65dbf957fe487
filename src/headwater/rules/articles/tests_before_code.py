"""`tests.before_code`: each component has a test, and its tests are written before its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.paths import matches_glob
from headwater.rules.articles.interface import Need, Rule, render_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.articles.evidence import Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem


def find_tests_not_first(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each fault that operations found in tasks, plans and lock."""
    for fault in evidence.testing_faults:
        if matches_glob(fault.place.path, demand.check.scope):
            yield demand.report(
                "tests-not-first",
                f"wants tests before code; {fault.message}",
                place=fault.place,
                remedy=fault.remedy,
            )


RULE = Rule(
    name="tests.before_code",
    finds="a task that writes a component's tests after one that implements it, and a component "
    "that no test judges which must fail first; `build` itself lets no code be written before its "
    "tests were seen to fail",
    why="A test that was never seen to fail may test nothing.",
    example="{check: tests.before_code}",
    arguments=(),
    needs=frozenset({Need.TESTS}),
    find=find_tests_not_first,
    render=render_nothing,
)
