"""`functions.lines`: how many lines a function in scope may have, its signature included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.articles.interface import HANDWRITTEN, Argument, ArgumentKind, Need, Rule
from headwater.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.articles.evidence import Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem


def find_long_functions(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each function above the maximum."""
    limit = demand.number("max")
    for facts in evidence.list_judged(demand.check):
        for function in facts.functions:
            if function.lines > limit:
                yield demand.report(
                    "function-too-long",
                    f"allows functions of {limit} lines; `{function.name}` has {function.lines}",
                    place=Place(path=facts.path, line=function.line),
                    remedy="Split the function",
                )


def _render(demand: Demand) -> str:
    return f"keep every function at {demand.number('max')} lines or below"


RULE = Rule(
    name="functions.lines",
    finds="a function with more lines, from its decorators to its end; functions inside it count "
    "for it too",
    why="What does not fit on a screen is not read as a whole.",
    example="{check: functions.lines, max: 40}",
    arguments=(
        Argument(name="max", kind=ArgumentKind.NUMBER, means="the greatest that is allowed"),
        HANDWRITTEN,
    ),
    needs=frozenset({Need.CODE}),
    find=find_long_functions,
    render=_render,
)
