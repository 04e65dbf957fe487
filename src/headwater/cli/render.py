"""Text for people: aligned, coloured on a terminal only, with control characters made visible."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from unicodedata import category

import click

from headwater.cli.width import measure
from headwater.graph.states import State
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from headwater.llm.interface import Usage
    from headwater.operations.standing.component_status import StatedReason
    from headwater.spec.model import Problem

# Control and formatting characters, lone surrogates, separators of lines and paragraphs.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_COLOURS = {
    State.FRESH: "green",
    State.UPGRADEABLE: "green",
    State.EDITED: "red",
    State.CONFLICTED: "red",
}


def echo(text: str, *, err: bool = False) -> None:
    """Print a line; without colour when `NO_COLOR` is set or nobody looks."""
    click.echo(text, err=err, color=False if os.environ.get("NO_COLOR") else None)


def clean(text: str) -> str:
    """Text from outside, safe to print: on one line, with control characters as escapes."""
    if text.isprintable():
        return text
    return "".join(
        " " if sign in "\n\t" else _escape(sign) if category(sign) in _UNSAFE else sign
        for sign in text
    )


def count(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def style_state(state: State) -> str:
    """A state's name in its colour."""
    return click.style(state.value, fg=_COLOURS.get(state, "yellow"))


def render_reason(reason: StatedReason, *, of: str) -> str:
    """A reason of the state of `of`, which is not named again."""
    return reason.change.value if reason.subject == of else clean(reason.text)


def align(rows: Iterable[Sequence[str]], *, indent: int = 0) -> str:
    """Rows as lines with aligned columns, two blanks apart."""
    rows = [tuple(row) for row in rows]
    columns = max((len(row) for row in rows), default=0)
    # Nothing stands beside the last column, which may be very wide.
    widths = [
        max((_width(row[number]) for row in rows if number < len(row)), default=0)
        for number in range(columns - 1)
    ]
    lines = ("  ".join((*map(_pad, row, widths), *row[columns - 1 :])) for row in rows)
    return "\n".join(" " * indent + line.rstrip() for line in lines)


def render_problem(problem: Problem) -> str:
    """`path:line:column: error[code]: message`, and the hint below it."""
    colour = "red" if problem.severity is Severity.ERROR else "yellow"
    kind = click.style(f"{problem.severity.value}[{problem.code}]", fg=colour)
    line = f"{clean(str(problem.place))}: {kind}: {clean(problem.message)}"
    return f"{line}\n    hint: {clean(problem.hint)}" if problem.hint else line


def _escape(sign: str) -> str:
    return sign.encode("unicode_escape").decode()


def _pad(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(cell: str) -> int:
    return measure(click.unstyle(cell))


def render_usage(usage: Usage) -> str:
    """`3 model calls, 1200 tokens in, 310 out`."""
    cost = f", {usage.cost} USD" if usage.cost is not None else ""
    calls = count(usage.calls, "model call")
    return f"{calls}, {usage.input_tokens} tokens in, {usage.output_tokens} out{cost}"
