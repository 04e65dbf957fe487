"""Other arguments for a call: one value in it changed at a time, and only a little."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from headwater.spec.examples import ArrayOf, Attribute, Call, Literal, ObjectOf
from headwater.spec.write_expression import write_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.spec.examples import Expression

_MOST_ITEMS = 4  # of an array or an object whose parts are varied


def vary_expression(expression: Expression, *, near: Sequence[int]) -> Iterator[Expression]:
    """The expression with one value changed, nearest first; some may be equal.

    Args:
        expression: a call, or what stands inside of one.
        near: numbers that matter in the code that is called; values next to them are tried.
    """
    match expression:
        case Literal():
            yield from _vary_literal(expression, near=near)
        case ArrayOf():
            yield from _vary_items(expression, near=near)
        case ObjectOf():
            named = _vary_named(expression.items, near=near)
            yield from (replace(expression, items=items) for items in named)
        case Call():
            yield from _vary_call(expression, near=near)
        case Attribute():
            others = vary_expression(expression.of, near=near)
            yield from (replace(expression, of=other) for other in others)


def _vary_literal(literal: Literal, *, near: Sequence[int]) -> Iterator[Literal]:
    for value in vary_value(literal.value, near=near):
        yield Literal(value=value, text=write_value(value))


def _vary_items(array: ArrayOf, *, near: Sequence[int]) -> Iterator[ArrayOf]:
    for items in _vary_one(array.items, near=near):
        yield replace(array, items=items)
    if array.items:
        yield replace(array, items=array.items[:-1])
        yield replace(array, items=(*array.items, array.items[-1]))


def _vary_call(call: Call, *, near: Sequence[int]) -> Iterator[Call]:
    for arguments in _vary_one(call.arguments, near=near):
        yield replace(call, arguments=arguments)
    for named in _vary_named(call.named, near=near):
        yield replace(call, named=named)


def _vary_one(
    items: tuple[Expression, ...], *, near: Sequence[int]
) -> Iterator[tuple[Expression, ...]]:
    for number, item in enumerate(items):
        for other in vary_expression(item, near=near):
            yield (*items[:number], other, *items[number + 1 :])


def _vary_named(
    items: tuple[tuple[str, Expression], ...], *, near: Sequence[int]
) -> Iterator[tuple[tuple[str, Expression], ...]]:
    names = [name for name, _ in items]
    for others in _vary_one(tuple(item for _, item in items), near=near):
        yield tuple(zip(names, others, strict=True))


def vary_value(value: object, *, near: Sequence[int]) -> Iterator[object]:
    """Other JSON values of the same kind."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from _vary_whole(value, near=near)
    elif isinstance(value, Decimal):
        yield from (value + step for step in (Decimal("0.5"), Decimal("-0.5"), 1, -1))
        yield from map(Decimal, (*near, 0))
        yield -value
    elif isinstance(value, str):
        yield from _vary_text(value, near=near)
    elif isinstance(value, list):
        yield from _vary_array(value, near=near)
    elif isinstance(value, dict):
        yield from _vary_object(value, near=near)


def _vary_whole(value: int, *, near: Sequence[int]) -> Iterator[int]:
    others = [value + 1, value - 1]
    for number in near:
        others += [number, number - 1, number + 1]
    others += [0, 1, 2 * value]
    # What is below zero is seldom meant, so a row says it only where one has said it before.
    yield from (other for other in others if other >= 0 or value < 0)


def _vary_text(text: str, *, near: Sequence[int]) -> Iterator[str]:
    for found in re.finditer(r"\d+", text):
        for other in _vary_whole(int(found[0]), near=near):
            digits = str(other).zfill(len(found[0]))
            yield f"{text[: found.start()]}{digits}{text[found.end() :]}"
    if text:
        yield from (text[:-1], text[1:], text + text[-1], text.swapcase())
        yield from (f" {text}", f"{text} ", "")
        for found in re.finditer(r"\s+", text):
            yield f"{text[: found.start()]}{text[found.end() :]}"
            yield f"{text[: found.end()]}{text[found.start() :]}"
    else:
        yield from (" ", "a")


def _vary_array(items: list[object], *, near: Sequence[int]) -> Iterator[object]:
    for number, item in enumerate(items[:_MOST_ITEMS]):
        for other in vary_value(item, near=near):
            yield [*items[:number], other, *items[number + 1 :]]
    if items:
        yield items[:-1]
        yield [*items, items[-1]]
        yield items[::-1]


def _vary_object(value: dict[object, object], *, near: Sequence[int]) -> Iterator[object]:
    for name, item in list(value.items())[:_MOST_ITEMS]:
        for other in vary_value(item, near=near):
            yield {**value, name: other}
