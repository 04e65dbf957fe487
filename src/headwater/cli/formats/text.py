"""For people at a terminal: findings by file, each with its line, a caret and what to do."""

from __future__ import annotations

from itertools import groupby
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from headwater.cli.formats.excerpt import list_excerpt_lines
from headwater.cli.formats.summary import list_closing_lines, list_shown
from headwater.cli.render import clean, count, render_problem
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.cli.formats.interface import Checked
    from headwater.operations.standing.placed_problem import PlacedProblem

# Where the output is no terminal.
_WIDTH = 100


def render(checked: Checked, /) -> str:
    """Every finding with an excerpt, then what is not fresh, then the counts."""
    width = get_terminal_size((_WIDTH, 0)).columns
    lines: list[str] = []
    for path, group in groupby(list_shown(checked), key=lambda problem: problem.place.path):
        problems = tuple(group)
        lines += [_render_heading(path, problems), ""]
        for problem in problems:
            lines += [*_list_lines(problem, width=width), ""]
    return "\n".join((*lines, *list_closing_lines(checked, hints=True)))


def _render_heading(path: str, problems: Sequence[PlacedProblem]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    counts = [(errors, "error"), (len(problems) - errors, "warning")]
    parts = ", ".join(count(number, noun) for number, noun in counts if number)
    return f"{click.style(clean(path), bold=True)} ({parts})"


def _list_lines(problem: PlacedProblem, *, width: int) -> Iterator[str]:
    colour = "red" if problem.severity is Severity.ERROR else "yellow"
    first, *hint = render_problem(problem).split("\n")
    yield first
    yield from list_excerpt_lines(problem, width=width, colour=colour)
    yield from hint
