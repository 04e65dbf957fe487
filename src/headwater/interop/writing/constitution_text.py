"""Writes a constitution from the principles of other formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.interop.writing.prose import lower_headings
from headwater.spec.roman import to_roman

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.spec.model import Constitution

_INSIDE = 3  # an article is a section of level 2


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
            parts.append(f"## {to_roman(number)}. {article.title}")
            parts.append(lower_headings(article.text, least=_INSIDE))
            parts.append(f"**Source**: `{article.place}`")
    return ("\n\n".join(parts) + "\n").encode()
