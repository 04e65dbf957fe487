"""How parts of a spec are put into a prompt: short, each as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.steps.drafting.quoting import quote_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WORDS = 60
_FEWEST = 8  # words that a requirement can be told from
_ROWS = 4
_ROW_LENGTH = 160


def quote_rows(examples: Iterable[str]) -> str:
    """The first rows, one a line."""
    rows = [row[:_ROW_LENGTH] for row in list(examples)[:_ROWS]]
    return quote_data("examples", "\n".join(rows))


def quote_duties(refs: Iterable[str], duties: Mapping[str, str], *, words: int = 200) -> str:
    """Requirements with their ids, each cut short so that all of them have so many words.

    Where there are very many, only the first can be told.
    """
    known = [ref for ref in refs if ref in duties][: words // _FEWEST]
    share = min(_WORDS, words // max(1, len(known)))
    lines = [f"{ref}: {shorten(duties[ref], words=share)}" for ref in known]
    return quote_data("requirements", "\n".join(lines))


def quote_lines(name: str, lines: Iterable[str]) -> str:
    """Lines of one kind; `none` where there are none."""
    return quote_data(name, "\n".join(lines) or "none")


def shorten(text: str, *, words: int) -> str:
    """The first words of a text, and a sign where it goes on."""
    split = text.split()
    return " ".join(split[:words]) + (" …" if len(split) > words else "")
