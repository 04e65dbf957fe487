"""`complexity.max`: the greatest cyclomatic complexity (McCabe 1976) of a function in scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.articles.interface import HANDWRITTEN, Argument, ArgumentKind, Need, Rule
from headwater.spec.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.articles.evidence import Evidence
    from headwater.rules.articles.interface import Demand
    from headwater.spec.model import Problem


def find_complex_functions(evidence: Evidence, demand: Demand) -> Iterator[Problem]:
    """One for each function above the maximum."""
    limit = demand.number("max")
    for facts in evidence.list_judged(demand.check):
        for function in facts.functions:
            if function.complexity > limit:
                yield demand.report(
                    "complexity-above-max",
                    f"allows a complexity of {limit}; `{function.name}` has {function.complexity}",
                    place=Place(path=facts.path, line=function.line),
                    remedy="Split the function",
                )


def _render(demand: Demand) -> str:
    return f"keep every function's cyclomatic complexity at {demand.number('max')} or below"


RULE = Rule(
    name="complexity.max",
    finds="a function whose cyclomatic complexity (McCabe 1976) is greater",
    why="A function with many paths is hard to read and to test, whoever wrote it.",
    example="{check: complexity.max, max: 10}",
    arguments=(
        Argument(name="max", kind=ArgumentKind.NUMBER, means="the greatest that is allowed"),
        HANDWRITTEN,
    ),
    needs=frozenset({Need.CODE}),
    find=find_complex_functions,
    render=_render,
)
