"""`coverage.floor`: the share of a file's statements that tests must run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.paths import matches_glob
from headwater.rules.articles.interface import Argument, ArgumentKind, Need, Rule
from headwater.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.articles.evidence import Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem

_SHOWN = 5


def find_uncovered_code(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each file below the floor, at the first statement that no test ran."""
    floor = demand.number("percent")
    for path, measured in sorted(evidence.coverage.items()):
        if measured.percent >= floor or not matches_glob(path, demand.check.scope):
            continue
        lines = ", ".join(str(line) for line in measured.missed[:_SHOWN])
        more = ", …" if len(measured.missed) > _SHOWN else ""
        yield demand.report(
            "coverage-below-floor",
            f"wants tests to run {floor} % of the statements; they run {measured.percent:.0f} %, "
            f"and not lines {lines}{more}",
            place=Place(path=path, line=measured.missed[0]),
            remedy="Leave out code that no example asks for, or add examples to the spec",
        )


def _render(_: Demand) -> str:
    return "write no code that no example or requirement asks for"


RULE = Rule(
    name="coverage.floor",
    finds="a derived file of which the tests of its feature run fewer statements; measured at the "
    "feature gate of `build`, so that what is fresh has kept it",
    why="Code that no test runs does what nobody asked for, or does it wrongly.",
    example='{check: coverage.floor, scope: "src/**", percent: 90}',
    arguments=(Argument(name="percent", kind=ArgumentKind.PERCENT, means="the least share"),),
    needs=frozenset({Need.COVERAGE}),
    find=find_uncovered_code,
    render=_render,
)
