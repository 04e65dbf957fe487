"""Roman numerals, by which articles are numbered."""

from __future__ import annotations

import re

_ROMAN = (
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def to_roman(number: int) -> str:
    """A number from 1 as a numeral: 4 is IV."""
    numeral = ""
    for value, letters in _ROMAN:
        while number >= value:
            numeral += letters
            number -= value
    return numeral


def read_number(numeral: str) -> int:
    """The number of a numeral, or of digits; 0 for anything else."""
    if re.fullmatch(r"[0-9]{1,9}", numeral):
        return int(numeral)
    number, rest = 0, numeral
    for value, letters in _ROMAN:
        while rest.startswith(letters):
            number += value
            rest = rest.removeprefix(letters)
    return 0 if rest else number
