"""Whether the values of a model's answer come from the text that it was asked about.

A value comes from a text when it stands there, is said in words (`empty`, `negative`, `twelve`), or
is the sum, difference, product or quotient of two numbers that stand there.
"""

from __future__ import annotations

import re
from decimal import Decimal, DivisionByZero, InvalidOperation
from itertools import product
from typing import TYPE_CHECKING

from headwater.steps.triage.bounds import NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

_NUMBER = r"(?<![\w.])-?\d+(?:[.,]\d+)*(?![\w])"
_EMPTY = r"(?i)\b(?:empty|nothing|no|none|without|blank)\b|\[\]|\{\}|\"\"|''"
_MOST_NUMBERS = 40


def find_ungrounded(value: JsonValue, text: str) -> list[str]:
    """What of a value does not come from a text, one sentence each, fit to be shown to a model."""
    return [
        f"{shown} does not stand in the report and cannot be computed from it"
        for shown in dict.fromkeys(_list_strangers(value, text))
    ]


def _list_strangers(value: JsonValue, text: str) -> Iterator[str]:
    match value:
        case int() | float() if not isinstance(value, bool):
            known, shown = _is_number_of(Decimal(str(value)), text), f"the number {value}"
        case str():
            known, shown = _is_text_of(value, text), f"the text {value!r}"
        case []:
            known, shown = bool(re.search(_EMPTY, text)), "an empty list"
        case _:
            known, shown = True, ""
    if not known:
        yield shown
    # Keys are names of fields, which the interface gives; the row is held to it.
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        yield from _list_strangers(item, text)


def _is_text_of(value: str, text: str) -> bool:
    return value.casefold() in text.casefold() if value else bool(re.search(_EMPTY, text))


def _is_number_of(number: Decimal, text: str) -> bool:
    there = _list_numbers(text)
    if number in there or (number == 0 and re.search(_EMPTY, text)):
        return True
    if number < 0 and re.search(r"(?i)\b(?:negative|minus|below zero)\b", text):
        return True
    return any(number in _combine(one, other) for one, other in product(there, repeat=2))


def _combine(one: Decimal, other: Decimal) -> tuple[Decimal, ...]:
    try:
        return one + other, one - other, one * other, one / other
    except (InvalidOperation, DivisionByZero):
        return one + other, one - other, one * other


def _list_numbers(text: str) -> list[Decimal]:
    plain = (match.replace(",", "") for match in re.findall(_NUMBER, text))
    found = [Decimal(each) for each in plain if each.count(".") <= 1]
    words = re.findall(r"[a-z]+", text.lower())
    found += [Decimal(NUMBER_WORDS.index(word)) for word in words if word in NUMBER_WORDS]
    return list(dict.fromkeys(found))[:_MOST_NUMBERS]
