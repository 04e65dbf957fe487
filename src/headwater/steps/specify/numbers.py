"""Numbers in prose, so that none of the idea is lost and none is invented."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Not the digits of an id or a name: `FR-003`, `v2`, `sha256`.
_NUMBER = re.compile(r"(?<![A-Za-z_\d.,])(?<![A-Za-z]-)\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "sixty": 60, "ninety": 90, "hundred": 100, "thousand": 1000, "half": 2, "twice": 2, "double": 2,
    "dozen": 12, "once": 1, "zero": 0, "third": 3, "quarter": 4,
}  # fmt: skip
_WORD = re.compile(r"[a-z]+")
_UNITS = {
    "ms": "ms", "millisecond": "ms", "s": "second", "sec": "second", "min": "minute", "h": "hour",
    "%": "percent", "per cent": "percent", "€": "euro", "eur": "euro", "$": "dollar",
    "usd": "dollar", "kb": "kb", "mb": "mb", "gb": "gb", "km": "km", "kg": "kg", "metre": "metre",
    "meter": "metre", "mile": "mile", "second": "second", "minute": "minute", "hour": "hour",
    "day": "day", "week": "week", "month": "month", "year": "year", "percent": "percent",
    "euro": "euro", "dollar": "dollar", "pound": "pound", "cent": "cent", "character": "character",
    "letter": "letter", "digit": "digit", "word": "word", "line": "line", "byte": "byte",
}  # fmt: skip
_MEASURE = re.compile(
    rf"{_NUMBER.pattern}[\s-]?(?P<unit>%|€|\$|per cent|[a-z]+)(?![a-z])", re.IGNORECASE
)


def find_numbers(text: str) -> tuple[str, ...]:
    """Every number written in digits, each once: `2.50` and `2,50` are `2.5`, `1,000` is `1000`."""
    return tuple(dict.fromkeys(_read(match[0]) for match in _NUMBER.finditer(text)))


def find_measures(text: str) -> tuple[tuple[str, str], ...]:
    """Every number with the unit right behind it, in one spelling: `15 min` is `15`, `minute`."""
    found = []
    for match in _MEASURE.finditer(text):
        written = match["unit"].casefold()
        unit = _UNITS.get(written) or _UNITS.get(written.removesuffix("s"))
        if unit:
            number = find_numbers(match[0])
            found.append((number[0], unit))
    return tuple(dict.fromkeys(found))


def list_known(texts: Iterable[str]) -> frozenset[str]:
    """The numbers that texts give, those in words included."""
    known: set[str] = set()
    for text in texts:
        known.update(find_numbers(text))
        words = _WORD.findall(text.casefold())
        known.update(str(_WORDS[word]) for word in words if word in _WORDS)
    return frozenset(known)


def add_boundaries(known: frozenset[str]) -> frozenset[str]:
    """The numbers and, beside each whole one, those just below and above; and 0 and 1."""
    whole = [int(number) for number in known if number.isdigit()]
    beside = (str(number + step) for number in whole for step in (-1, 1))
    return known | {"0", "1", *beside}


def find_invented(text: str, *, known: frozenset[str]) -> tuple[str, ...]:
    """The numbers of a text that are not known."""
    return tuple(number for number in find_numbers(text) if number not in known)


def _read(written: str) -> str:
    if _THOUSANDS.fullmatch(written):
        plain = written.replace(",", "")
    else:
        whole, _, rest = written.replace(",", ".").partition(".")
        plain = f"{whole}.{rest}" if rest and "." not in rest else whole + rest.replace(".", "")
    return format(Decimal(plain).normalize(), "f")
