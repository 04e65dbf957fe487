"""Two texts told apart word by word, shortened to what a reader needs around a change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum


class PieceKind(Enum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Words that share a fate, with single blanks between them."""

    kind: PieceKind
    text: str


_PATCHWORK = 0.4  # share of common words below which a patchwork would result
_AROUND = 6  # kept words shown on each side of a change
_WORD = re.compile(r"`[^`]*`|\S+")


def compare_words(before: str, now: str) -> tuple[Piece, ...]:
    """The words of both texts in order; long stretches that stay are cut to an ellipsis.

    Where little is common the texts are shown one after the other: a patchwork reads worse.
    """
    old, new = _WORD.findall(before), _WORD.findall(now)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.4:  # a taste, not a bound that anything else has
        pieces = [(PieceKind.REMOVED, old), (PieceKind.ADDED, new)]
    else:
        pieces = []
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal":
                pieces.append((PieceKind.KEPT, old[i1:i2]))
            else:
                pieces += [(PieceKind.REMOVED, old[i1:i2]), (PieceKind.ADDED, new[j1:j2])]
    last = len(pieces) - 1
    return tuple(
        Piece(
            kind=kind, text=" ".join(_shorten(words, kind, first=number == 0, last=number == last))
        )
        for number, (kind, words) in enumerate(pieces)
        if words
    )


def _shorten(words: list[str], kind: PieceKind, *, first: bool, last: bool) -> list[str]:
    if kind is not PieceKind.KEPT or len(words) <= 2 * _AROUND + 1:
        return words
    head = [] if first else words[:_AROUND]
    tail = [] if last else words[-_AROUND:]
    return [*head, "…", *tail]
