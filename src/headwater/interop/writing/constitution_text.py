"""Writes a constitution from the principles of other formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.interop.writing.prose import lower_headings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.spec.model import Constitution

_INSIDE = 3  # an article is a section of level 2
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def render_constitution(guidance: Iterable[Constitution], *, name: str) -> bytes:
    """Every article of every file, numbered in one sequence, with the file that it came from.

    Args:
        guidance: principles, one value a file.
        name: of the project.
    """
    parts = [f"# {name} Constitution"]
    number = 0
    for one in guidance:
        for article in one.articles:
            number += 1
            parts.append(f"## {_to_roman(number)}. {article.title}")
            parts.append(lower_headings(article.text, least=_INSIDE))
            parts.append(f"**Source**: `{article.place}`")
    return ("\n\n".join(parts) + "\n").encode()


def _to_roman(number: int) -> str:
    numeral = ""
    for value, letters in _ROMAN:
        while number >= value:
            numeral += letters
            number -= value
    return numeral
