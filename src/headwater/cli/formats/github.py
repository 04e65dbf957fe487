"""Annotations of GitHub Actions: workflow commands that its runner reads from standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.cli.formats.summary import render_counts
from headwater.cli.render import clean, count
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.cli.formats.interface import Checked
    from headwater.operations.standing.placed_problem import PlacedProblem

# GitHub shows so many annotations of each kind for one step, and drops the rest without a word.
_MOST = 10


def render(checked: Checked, /) -> str:
    """Errors, then warnings, as far as GitHub shows them; how many more; the counts."""
    lines: list[str] = []
    left_out = 0
    for severity in Severity:
        problems = [one for one in checked.problems if one.severity is severity]
        lines += map(_annotate, problems[:_MOST])
        left_out += len(problems[_MOST:])
    if left_out:
        text = f"{count(left_out, 'finding')} more; `headwater check` lists all of them"
        lines.append(_write("notice", {"title": "headwater check"}, text))
    # A line that begins with two colons would be a command; this one never does.
    return "\n".join((*lines, render_counts(checked.report)))


def _annotate(problem: PlacedProblem) -> str:
    place = problem.place
    properties = {
        "file": place.path,
        "line": str(place.line),
        **({"col": str(place.column)} if place.column else {}),
        "title": problem.code,
    }
    text = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    return _write(problem.severity.value, properties, text)


def _write(command: str, properties: Mapping[str, str], text: str) -> str:
    pairs = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    return f"::{command} {pairs}::{_escape(text)}"


def _escape_property(value: str) -> str:
    return _escape(value).replace(":", "%3A").replace(",", "%2C")


def _escape(text: str) -> str:
    """As the runner's toolkit escapes; the log shows commands too, so it is safe to print."""
    lines = (clean(line).replace("%", "%25") for line in text.split("\n"))
    return "%0A".join(lines)
