"""`module.lines`: how many lines a file in scope may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.articles.interface import HANDWRITTEN, Argument, ArgumentKind, Need, Rule
from headwater.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.articles.evidence import Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem


def find_long_modules(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each file above the maximum, at the first line that is too many."""
    limit = demand.number("max")
    for facts in evidence.list_judged(demand.check):
        if facts.lines > limit:
            yield demand.report(
                "module-too-long",
                f"allows files of {limit} lines; this one has {facts.lines}",
                place=Place(path=facts.path, line=limit + 1),
                remedy="Write less, or split the component in the plan",
            )


def _render(demand: Demand) -> str:
    return f"keep the file at {demand.number('max')} lines or below"


RULE = Rule(
    name="module.lines",
    finds="a file of code with more lines",
    why="A file that does many things is changed for many reasons, and read for each of them.",
    example="{check: module.lines, max: 300}",
    arguments=(
        Argument(name="max", kind=ArgumentKind.NUMBER, means="the greatest that is allowed"),
        HANDWRITTEN,
    ),
    needs=frozenset({Need.CODE}),
    find=find_long_modules,
    render=_render,
)
