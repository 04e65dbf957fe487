"""Values near a value: the boundaries at which code tends to change its mind."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from headwater.steps.probing.turns import take_turns, vary_one

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.steps.probing.pool import Pool

MOST_PARTS = 4  # of an array or an object, that are varied
_HALF = Decimal("0.5")


def vary_value(value: object, *, pool: Pool) -> Iterator[object]:
    """JSON values of the same kind that are near a value, the likeliest first; each once."""
    match value:
        case bool():
            yield not value
        case int() | Decimal():
            yield from _drop(value, _vary_number(value, pool))
        case str():
            yield from _drop(value, _vary_text(value, pool))
        case list():
            yield from _drop(value, _vary_list(value, pool))
        case dict():
            yield from _vary_dict(value, pool)


def _vary_number(value: int | Decimal, pool: Pool) -> Iterator[int | Decimal]:
    beside = chain.from_iterable((one, one + 1, one - 1) for one in pool.numbers)
    near = (value + 1, value - 1, 0, *beside, -value, 1, -1, 2 * value)
    halves = () if isinstance(value, int) else (value + _HALF, value - _HALF)
    for one in (*near, *halves):
        fits = isinstance(one, int) or not isinstance(value, int)
        if fits and (one >= 0 or value < 0 or pool.below_zero):
            yield one


def _vary_text(text: str, pool: Pool) -> Iterator[str]:
    yield from ("", *pool.texts)
    yield from take_turns([_vary_digits(text, pool), _vary_shape(text)])


def _vary_digits(text: str, pool: Pool) -> Iterator[str]:
    """Other numbers inside of a text, with as many digits at least."""
    natural = replace(pool, below_zero=False)
    for found in re.finditer(r"[0-9]+", text):
        for other in _vary_number(int(found[0]), natural):
            digits = str(other).zfill(len(found[0]))
            yield f"{text[: found.start()]}{digits}{text[found.end() :]}"


def _vary_shape(text: str) -> Iterator[str]:
    yield from (text[:-1], text[1:], text + text[-1] if text else "a", text.upper(), text.lower())
    yield from (f" {text}", f"{text} ", text[::-1], text + text, text.swapcase())
    for found in re.finditer(r"\s+", text):
        yield f"{text[: found.start()]}{text[found.end() :]}"
        yield f"{text[: found.end()]}{text[found.start() :]}"


def _vary_list(value: list[object], pool: Pool) -> Iterator[object]:
    yield from ([], value[:1], value[1:], value[::-1], value + value)
    yield from (value[:-1], [*value, *value[-1:]])
    yield from map(list, vary_one(value, partial(vary_value, pool=pool), most=MOST_PARTS))


def _vary_dict(value: dict[str, object], pool: Pool) -> Iterator[object]:
    items = list(value.values())
    for others in vary_one(items, partial(vary_value, pool=pool), most=MOST_PARTS):
        yield dict(zip(value, others, strict=True))


def _drop(value: object, near: Iterable[object]) -> Iterator[object]:
    """Each value once, and not the one that they are near."""
    seen = [value]
    for one in near:
        if one not in seen:
            seen.append(one)
            yield one
