"""The line that a finding is about, with a caret under the place, cut to the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from headwater.cli.render import clean
from headwater.cli.width import measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.operations.standing.placed_problem import PlacedProblem

_TAB = 4
_CUT = "…"
# Columns that are kept to the left of a place when the line is cut there.
_LEAD = 20


def list_excerpt_lines(problem: PlacedProblem, *, width: int, colour: str) -> Iterator[str]:
    """The line with its number, and the caret below it; nothing where there is no text.

    Args:
        problem: what was found.
        width: columns of the terminal.
        colour: of the caret.
    """
    if not problem.excerpt.strip():
        return
    number = str(problem.place.line)
    room = max(width - len(number) - 4, 2 * _LEAD)
    text, caret = _cut(problem.excerpt.rstrip(), problem.place.column, room=room)
    yield f" {click.style(f'{number} |', fg='blue')} {text}"
    if caret is not None:
        bar = click.style(f"{' ' * len(number)} |", fg="blue")
        yield f" {bar} {' ' * caret}{click.style('^', fg=colour)}"


def _cut(line: str, column: int, *, room: int) -> tuple[str, int | None]:
    """A line within `room` columns, with its place in it; and the column of the caret, from 0."""
    pieces = list(_expand(line))
    place = min(max(column - 1, 0), len(pieces))
    start = 0
    if measure("".join(pieces)) > room and measure("".join(pieces[: place + 1])) > room - _LEAD:
        start = _find_start(pieces, place)
    head = _CUT if start else ""
    text = _fill(head, pieces[start:], room=room)
    caret = measure(head + "".join(pieces[start:place]))
    return text, caret if column else None


def _expand(line: str) -> Iterator[str]:
    """A line, character by character, safe to print, with every tab as blanks up to its stop."""
    column = 0
    for character in line:
        piece = " " * (_TAB - column % _TAB) if character == "\t" else clean(character)
        column += measure(piece)
        yield piece


def _find_start(pieces: Sequence[str], place: int) -> int:
    """The first piece to show, so that about `_LEAD` columns stand before the place."""
    start, columns = place, 0
    while start and columns < _LEAD:
        start -= 1
        columns += measure(pieces[start])
    return start


def _fill(head: str, pieces: Sequence[str], *, room: int) -> str:
    """As many pieces as there is room for, with a sign where some are left out."""
    if measure(head + "".join(pieces)) <= room:
        return head + "".join(pieces)
    text, columns = head, measure(head)
    for piece in pieces:
        columns += measure(piece)
        if columns > room - 1:
            break
        text += piece
    return text + _CUT
