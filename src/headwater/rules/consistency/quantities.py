"""The one quantity that a clause sets: its bound, its value in a base unit, the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache

from headwater.rules.consistency.clauses import simplify_words


class Bound(Enum):
    """Which values a quantity allows."""

    AT_MOST = "at most"
    AT_LEAST = "at least"
    EXACTLY = "exactly"


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A quantity of a clause.

    Attributes:
        bound: which values it allows.
        value: in the base unit, where the unit has one.
        text: as written: `within 200 ms`.
        forbidden: exactly this value is what must not be.
        rest: plain forms of the clause's other words, the unit among them.
    """

    bound: Bound
    value: Decimal
    text: str
    forbidden: bool
    rest: frozenset[str]


_AT_MOST = (
    r"within|in under|in less than|(?:no|not) (?:more|longer|later|greater) than|at most|up to"
    r"|less than|fewer than|below|under|a maximum of|not exceeding"
)
_AT_LEAST = (
    r"(?:no|not) (?:less|fewer) than|at least|(?:more|longer|later|greater) than|above|over"
    r"|a minimum of|exceed"
)
_NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve"
_UNITS = {
    "time": {
        r"ms|milliseconds?": 1,
        r"s|secs?|seconds?": 1000,
        r"mins?|minutes?": 60_000,
        r"hours?|h": 3_600_000,
        r"days?": 86_400_000,
    },
    "size": {
        r"bytes?|B": 1,
        r"KB|KiB|kilobytes?": 1024,
        r"MB|MiB|megabytes?": 1024**2,
        r"GB|GiB|gigabytes?": 1024**3,
    },
}
_QUANTITY = (
    rf"(?i)(?<![\w.`#/-])(?:\b(?:(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST}))\s+)?"
    rf"(?P<number>\d+(?:[.,]\d+)*|(?:{_NUMBER_WORDS.replace(' ', '|')})\b)"
    r"(?:\s*(?P<percent>%)|[\s-]?(?P<noun>[^\W\d_]+(?:-[^\W\d_]+)*))?(?![\w`/-])"
)
# What stands before the modal verb, or behind one of these, says when; it is no quantity set.
_ACTION = (
    r"(?is)\b(?:must|shall|should|will)\b(?P<action>.*?)(?:\b(?:when|if|while|unless|where)\b|$)"
)


def read_quantity(text: str, *, negative: bool) -> Quantity | None:
    """The quantity in what a clause demands, or forbids where it is negative.

    None when there is none, or more than one.
    """
    action = re.search(_ACTION, text)
    found = list(re.finditer(_QUANTITY, action["action"])) if action else []
    if action is None or len(found) != 1:
        return None
    (match,) = found
    unit, factor = _read_unit(match["noun"] or match["percent"] or "")
    value = _read_number(match["number"])
    if not unit or value is None:
        return None
    bound = _read_bound(match, negative=negative)
    start = action.start("action")
    around = text[: start + match.start()], text[start + match.end() :]
    return Quantity(
        bound=bound,
        value=value * factor,
        text=match[0].strip(),
        forbidden=negative and bound is Bound.EXACTLY,
        rest=frozenset([f"[{unit}]", *simplify_words(" ".join(around))]),
    )


def exclude_each_other(one: Quantity, other: Quantity) -> bool:
    """Whether not both can be meant: limits of one kind that differ, or values that none meets."""
    if one.value == other.value:
        return False
    low, high = sorted((one, other), key=lambda each: each.value)
    return low.bound is high.bound or low.bound is Bound.AT_MOST or high.bound is Bound.AT_LEAST


def _read_bound(match: re.Match[str], *, negative: bool) -> Bound:
    """What is forbidden above a number is demanded up to it."""
    if match["most"]:
        return Bound.AT_LEAST if negative else Bound.AT_MOST
    if match["least"]:
        return Bound.AT_MOST if negative else Bound.AT_LEAST
    return Bound.EXACTLY


@lru_cache(maxsize=1000)
def _read_unit(noun: str) -> tuple[str, int]:
    """What is counted, and how many of the base unit one is; a noun is its own unit."""
    for name, units in _UNITS.items():
        for pattern, factor in units.items():
            if re.fullmatch(pattern, noun):
                return name, factor
    return " ".join(simplify_words(noun)) or ("%" if noun == "%" else ""), 1


def _read_number(text: str) -> Decimal | None:
    """The number; `1,000` is a thousand."""
    words = _NUMBER_WORDS.split()
    if text.lower() in words:
        return Decimal(words.index(text.lower()) + 2)
    plain = re.sub(r",(?=\d{3}(?!\d))", "", text)
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:  # a version, such as 1.2.3
        return None
