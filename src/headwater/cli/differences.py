"""Differences in meaning, as text for the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from headwater.cli.render import clean
from headwater.graph.states import Change
from headwater.graph.word_changes import PieceKind, compare_words

if TYPE_CHECKING:
    from headwater.graph.differences import Difference

_COLOURS = {
    Change.ADDED: "green",
    Change.CHANGED: "yellow",
    Change.REMOVED: "red",
    Change.RETIRED: "red",
}
_LONGEST = 400  # characters of a text that is shown whole


def render_difference(difference: Difference) -> str:
    """`requirement 001/FR-003 changed: The wallet [-MUST-]{+MAY+} refuse … (spec.md:12)`."""
    change = click.style(difference.change.value, fg=_COLOURS.get(difference.change))
    name = f"{difference.topic.value} {clean(difference.ref)}".strip()
    key = f"{clean(_fold(difference.key))} → " if difference.key else ""
    place = f"{difference.place.path.rpartition('/')[2]}:{difference.place.line}"
    return f"{name} {change}: {key}{render_words(difference)} ({clean(place)})"


def render_words(difference: Difference) -> str:
    """What changed word by word; what was added or taken out whole, cut where it is long."""
    if difference.before and difference.now:
        pieces = compare_words(difference.before, difference.now)
        return " ".join(_mark(clean(piece.text), piece.kind) for piece in pieces)
    text = _fold(difference.now or difference.before)
    return clean(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def _fold(text: str) -> str:
    return " ".join(text.split())


def _mark(text: str, kind: PieceKind) -> str:
    if kind is PieceKind.REMOVED:
        return click.style(f"[-{text}-]", fg="red")
    if kind is PieceKind.ADDED:
        return click.style(f"{{+{text}+}}", fg="green")
    return text
