"""The cells of example rows from typed answers, and what is wrong with them by our own reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, Field, JsonValue

from headwater.spec.model import Source
from headwater.spec.read_spec import read_spec
from headwater.spec.write_expression import write_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.examples import Row
    from headwater.targets.outcome import Outcome

CALL_HEADER = ("Call", "Result")


class OutcomeAnswer(BaseModel):
    """What a call comes to."""

    outcome: Literal["value", "error", "remove"]
    value: JsonValue = None
    error: str = Field(default="", max_length=80)


class ExampleAnswer(BaseModel):
    """A call and what it comes to."""

    function: str = Field(max_length=80)
    arguments: list[JsonValue] = Field(max_length=8)
    outcome: Literal["value", "error"]
    value: JsonValue = None
    error: str = Field(default="", max_length=80)


class OutputAnswer(BaseModel):
    """What a command does."""

    stdout: str = Field(max_length=600)
    exit: int = Field(ge=0, le=255)
    remove: bool = False


def write_result(answer: OutcomeAnswer | ExampleAnswer) -> str:
    """The cell that says what a call comes to."""
    if answer.outcome == "error":
        return quote_error(answer.error)
    return quote_cell(write_value(answer.value))


def write_call(answer: ExampleAnswer) -> str:
    """The cell that holds the call."""
    arguments = ", ".join(map(write_value, answer.arguments))
    return quote_cell(f"{answer.function}({arguments})")


def write_output(answer: OutputAnswer, *, row: Row, header: Sequence[str]) -> tuple[str, ...]:
    """The cells of a Run row with another result; columns that it leaves open stay open."""
    new = {"stdout": quote_cell(write_value(answer.stdout)), "exit": quote_cell(str(answer.exit))}
    names = [cell.strip("`*_ ").lower() for cell in header]
    return tuple(
        new[name] if name in new and cell.strip("` ") not in {"—", "–", "-"} else cell
        for name, cell in zip(names, row.cells, strict=True)
    )


def quote_cell(text: str) -> str:
    r"""A text in back-ticks, with the bars in it as `\|`."""
    return f"`{text.replace('|', chr(92) + '|')}`"


def quote_error(name: str) -> str:
    """The cell of a result that is an error."""
    return f"raises {quote_cell(name)}"


def quote_outcome(outcome: Outcome) -> str:
    """The cell that says what a call came to, which a row must be able to say."""
    return quote_error(outcome.error) if outcome.error else quote_cell(outcome.value)


def tell_outcome(outcome: Outcome) -> str:
    """What a call or a command came to, for a reader."""
    return outcome.cell or outcome.said


def read_row(header: Sequence[str], cells: Sequence[str]) -> tuple[Row | None, list[str]]:
    """A row as the project's own reader reads it, and what that finds wrong with it."""
    if any("`" in cell.strip("`").removeprefix("raises `") or "<!--" in cell for cell in cells):
        return None, ["a value holds a back-tick or a comment; choose another one"]
    lines = ("- **FR-001**: It holds.", "", render_row(header), render_dashes(header))
    text = "\n".join([*lines, render_row(cells)])
    spec = read_spec(Source(path="spec.md", data=text.encode()))
    faults = [problem.message for problem in spec.problems]
    rows = [row for one in spec.requirements for table in one.tables for row in table.rows]
    if faults or len(rows) != 1:
        return None, faults or ["it is no single row of a table"]
    return rows[0], []


def render_row(cells: Sequence[str], *, indent: str = "  ") -> str:
    """One line of a table."""
    return f"{indent}| {' | '.join(cells)} |"


def render_dashes(cells: Sequence[str], *, indent: str = "  ") -> str:
    """The line below a table's header."""
    return f"{indent}| {' | '.join('---' for _ in cells)} |"
