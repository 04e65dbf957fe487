"""Other calls like those of examples: one value in them changed at a time, and only a little."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from headwater.spec.examples import ArrayOf, Attribute, Call, Literal, Name, ObjectOf
from headwater.spec.write_expression import write_expression, write_value
from headwater.steps.probing.turns import take_turns, vary_one
from headwater.steps.probing.values import MOST_PARTS, vary_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from headwater.graph.units import TestUnit
    from headwater.spec.examples import Expression
    from headwater.steps.probing.pool import Pool


def vary_calls(
    units: Sequence[TestUnit], *, pool: Pool, known: Iterable[str] = ()
) -> Iterator[tuple[TestUnit, str]]:
    """Calls like those of the units that are one call by itself, each with the unit it is like.

    Units take turns, so that a bound leaves something of each.

    Args:
        units: what is varied; sequences and commands are for `vary_stories`.
        pool: further values to try.
        known: calls that are not wanted, beside those of the units.
    """
    seeds = [(unit, row.expression) for unit in units if (row := unit.lone_call)]
    seen = {*known, *(write_expression(call) for _, call in seeds)}
    for unit, call in take_turns(_vary_seed(*seed, pool) for seed in seeds):
        if call not in seen:
            seen.add(call)
            yield unit, call


def vary_expression(expression: Expression, *, pool: Pool) -> Iterator[Expression]:
    """The expression with one value changed, likeliest first; some may be equal."""
    match expression:
        case Literal(value=value):
            for other in vary_value(value, pool=pool):
                yield Literal(value=other, text=write_value(other))
        case ArrayOf(items=items):
            yield from _vary_array(items, pool)
        case ObjectOf(items=pairs):
            yield from (replace(expression, items=others) for others in _vary_named(pairs, pool))
        case Call():
            yield from _vary_call(expression, pool)
        case Attribute(of=of):
            yield from (replace(expression, of=other) for other in vary_expression(of, pool=pool))


def _vary_seed(unit: TestUnit, call: Expression, pool: Pool) -> Iterator[tuple[TestUnit, str]]:
    return ((unit, write_expression(other)) for other in vary_expression(call, pool=pool))


def _vary_array(items: tuple[Expression, ...], pool: Pool) -> Iterator[ArrayOf]:
    if items:
        yield ArrayOf(items=items[:-1])
        yield ArrayOf(items=(*items, items[-1]))
    for others in vary_one(items, partial(vary_expression, pool=pool), most=MOST_PARTS):
        yield ArrayOf(items=others)


def _vary_call(call: Call, pool: Pool) -> Iterator[Call]:
    """Its arguments, and those of the call that makes what a method is called on."""
    count = len(call.arguments)
    names = [name for name, _ in call.named]
    parts = (*call.arguments, *(item for _, item in call.named), call.function)
    for others in vary_one(parts, partial(vary_expression, pool=pool)):
        named = zip(names, others[count:-1], strict=True)
        function = others[-1]
        assert isinstance(function, Name | Attribute), "what is varied stays of its kind"
        yield replace(call, function=function, arguments=others[:count], named=tuple(named))


def _vary_named(
    items: tuple[tuple[str, Expression], ...], pool: Pool
) -> Iterator[tuple[tuple[str, Expression], ...]]:
    names = [name for name, _ in items]
    for others in vary_one(
        [item for _, item in items], partial(vary_expression, pool=pool), most=MOST_PARTS
    ):
        yield tuple(zip(names, others, strict=True))
