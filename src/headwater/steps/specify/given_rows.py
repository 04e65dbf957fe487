"""Example rows that the idea itself gives: “16 minutes cost 250, 60 minutes 250”."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from headwater.spec.read_expected import read_expected
from headwater.steps.specify.draft import DraftedRow
from headwater.steps.specify.idea import split_examples
from headwater.steps.specify.numbers import find_measures, find_numbers
from headwater.steps.specify.operations import ValueType
from headwater.steps.specify.rows import ReadRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.steps.specify.operations import Operation

_NUMERIC = {ValueType.INTEGER, ValueType.NUMBER}
_ITEM_END = re.compile(r",\s+(?:and\s+)?|;\s+")
_PAIR = 2
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}


def read_given_rows(operation: Operation, sentence: str) -> Iterator[ReadRow]:
    """The rows of a sentence that lists examples, for an operation from one number to another.

    An item with more or fewer numbers than two gives no row, nor does one in a unit that is not
    the parameter's and cannot be converted into it.
    """
    if len(operation.parameters) != 1 or operation.result not in _NUMERIC:
        return
    ((name, kind),) = operation.parameters
    if kind not in _NUMERIC:
        return
    for item in _ITEM_END.split(split_examples(sentence)[1]):
        numbers = find_numbers(item) if item else ()
        given = _convert(item, parameter=name) if len(numbers) in {1, 2} else None
        if given is None or (kind is ValueType.INTEGER and given != int(given)):
            continue
        # `60 minutes cost 60` names one number twice, so it is found once.
        call, result = f"{operation.name}({_write(given)})", numbers[-1]
        yield ReadRow(row=DraftedRow(call=call, result=result), expected=read_expected(result))


def _convert(item: str, *, parameter: str) -> Decimal | None:
    """The item's first number in the unit that the parameter's name says."""
    numbers, measures = find_numbers(item), dict(find_measures(item))
    if len(re.findall(r"\d+(?:[.,]\d+)*", item)) != _PAIR:
        return None
    unit = measures.get(numbers[0], "")
    words = {word.removesuffix("s") for word in parameter.split("_")}
    wanted = next((one for one in _SECONDS if one in words), "")
    if not unit or unit == wanted or unit in words:
        return Decimal(numbers[0])
    if unit in _SECONDS and wanted:
        return Decimal(numbers[0]) * _SECONDS[unit] / _SECONDS[wanted]
    return None


def _write(number: Decimal) -> str:
    return format(number.normalize(), "f")
