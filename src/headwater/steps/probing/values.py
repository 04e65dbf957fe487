"""Values near a value: the boundaries at which code tends to change its mind."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")
_TEXT = re.compile(r"""\"((?:[^"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'""")
_MOST_ITEMS = 3  # of an array, that are varied one by one


@dataclass(frozen=True, kw_only=True, slots=True)
class Pool:
    """Values that stand in the lines that differ: what the difference is likely to be about."""

    numbers: tuple[int | Decimal, ...] = ()
    texts: tuple[str, ...] = ()


def gather_pool(before: str, now: str) -> Pool:
    """The numbers and texts in the lines that two versions of a file do not share.

    They are looked for by their look alone, so that any language will do.
    """
    lines = [
        line[2:]
        for line in difflib.ndiff(before.splitlines(), now.splitlines())
        if line.startswith(("- ", "+ "))
    ]
    numbers = [Decimal(found) for line in lines for found in _NUMBER.findall(line)]
    texts = [one or other for line in lines for one, other in _TEXT.findall(line)]
    whole = (int(one) if one == one.to_integral() else one for one in numbers)
    return Pool(numbers=tuple(dict.fromkeys(whole)), texts=tuple(dict.fromkeys(texts)))


def vary_value(value: object, *, pool: Pool) -> Iterator[object]:
    """JSON values of the same kind that are near a value, the likeliest first."""
    match value:
        case bool():
            yield not value
        case int() | Decimal():
            near = (value + 1, value - 1, 0, *_widen(pool.numbers), -value, 1, -1, 2 * value)
            whole = isinstance(value, int)
            yield from _drop(value, (one for one in near if not whole or isinstance(one, int)))
        case str():
            near_texts = ("", *pool.texts, value + value, value.upper(), value.lower())
            more = (value[::-1], value[1:], value[:-1], f" {value}", f"{value} ")
            yield from _drop(value, (*near_texts, *more))
        case list():
            yield from _vary_list(value, pool=pool)
        case dict():
            for key, item in value.items():
                yield from ({**value, key: other} for other in vary_value(item, pool=pool))


def write_json(value: object) -> str:
    """A value as the cell of an example has it; a decimal keeps its digits."""
    match value:
        case Decimal():
            return format(value, "f")
        case list():
            return f"[{', '.join(map(write_json, value))}]"
        case dict():
            items = (f"{json.dumps(key)}: {write_json(item)}" for key, item in value.items())
            return f"{{{', '.join(items)}}}"
        case _:
            return json.dumps(value, ensure_ascii=False)


def _vary_list(value: list[object], *, pool: Pool) -> Iterator[object]:
    yield from _drop(value, ([], value[:1], value[1:], value[::-1], value + value))
    for number, item in enumerate(value[:_MOST_ITEMS]):
        for other in vary_value(item, pool=pool):
            yield [*value[:number], other, *value[number + 1 :]]


def _widen(numbers: tuple[int | Decimal, ...]) -> Iterator[int | Decimal]:
    return chain.from_iterable((one, one + 1, one - 1) for one in numbers)


def _drop(value: object, near: Iterable[object]) -> Iterator[object]:
    """Each value once, and not the one that they are near."""
    seen = [value]
    for one in near:
        if one not in seen:
            seen.append(one)
            yield one
