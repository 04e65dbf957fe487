"""Values that stand in code: what a difference between two versions of it is likely to be about."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")
_TEXT = re.compile(r"""\"((?:[^"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Pool:
    """Values to try beside those that are near what an example has.

    Attributes:
        numbers, texts: that stand in the code in question.
        below_zero: whether a number that is not below zero is varied to one that is. Code may well
            treat these otherwise, but a specification seldom means them.
    """

    numbers: tuple[int | Decimal, ...] = ()
    texts: tuple[str, ...] = ()
    below_zero: bool = True


def gather_pool(lines: Iterable[str], *, below_zero: bool = True) -> Pool:
    """The numbers and texts in lines of code, by their look alone, so that any language will do."""
    lines = tuple(lines)
    numbers = (Decimal(found) for line in lines for found in _NUMBER.findall(line))
    texts = (one or other for line in lines for one, other in _TEXT.findall(line))
    whole = (int(one) if one == one.to_integral() else one for one in numbers)
    return Pool(
        numbers=tuple(dict.fromkeys(whole)),
        texts=tuple(dict.fromkeys(texts)),
        below_zero=below_zero,
    )


def list_changed_lines(before: str, now: str) -> list[str]:
    """The lines that two versions of a file do not share."""
    lines = difflib.ndiff(before.splitlines(), now.splitlines())
    return [line[2:] for line in lines if line.startswith(("- ", "+ "))]
