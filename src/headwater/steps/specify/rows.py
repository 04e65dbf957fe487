"""The form of example rows: typed by their operation, and taken by the documents' own reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, Field, create_model

from headwater.graph.contradictions import contradicts
from headwater.spec.cell_error import CellError
from headwater.spec.read_expected import read_expected
from headwater.spec.read_expression import read_call
from headwater.spec.write_expression import write_value
from headwater.steps.specify.draft import DraftedRow
from headwater.steps.specify.operations import ValueType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.spec.examples import Expected
    from headwater.steps.specify.operations import Operation

FEWEST_ROWS, MOST_ROWS = 2, 4
_NO_ERROR = "none"
_TYPES: dict[ValueType, Any] = {
    ValueType.INTEGER: int,
    ValueType.NUMBER: float,
    ValueType.TEXT: Annotated[str, Field(max_length=80)],
    ValueType.BOOLEAN: bool,
    ValueType.INTEGERS: Annotated[list[int], Field(max_length=6)],
    ValueType.NUMBERS: Annotated[list[float], Field(max_length=6)],
    ValueType.TEXTS: Annotated[
        list[Annotated[str, Field(max_length=40)]],
        Field(max_length=6),
    ],
    ValueType.OBJECT: dict[str, str | int | float | bool],
}


class RowPart(BaseModel):
    """A row. A subclass for each operation gives `arguments` and `result` their types."""

    arguments: BaseModel
    because: Annotated[str, Field(max_length=120)]
    error: str
    result: Any


class RowsAnswer(BaseModel):
    """The rows of one requirement."""

    rows: list[RowPart]


class Recheck(BaseModel):
    """The outcome of each call, in their order."""

    outcomes: list[RowPart]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadRow:
    """A row as the documents' own reader takes it."""

    row: DraftedRow
    expected: Expected


def _type_outcome(operation: Operation, **further: object) -> type[RowPart]:
    """A row's type: arguments first, then the reason, the error and the result it leads to."""
    kind = _TYPES[operation.result]
    fields: dict[str, Any] = dict(further)
    fields["because"] = (Annotated[str, Field(max_length=120)], ...)
    fields["error"] = (Literal[(_NO_ERROR, *operation.errors)], ...)
    fields["result"] = (kind | None if operation.errors else kind, ...)
    row: type[RowPart] = create_model("Row", **fields)
    return row


def type_rows(operation: Operation) -> type[RowsAnswer]:
    """The type of rows that call `operation`."""
    given: dict[str, Any] = {name: (_TYPES[kind], ...) for name, kind in operation.parameters}
    row = _type_outcome(operation, arguments=(create_model("Arguments", **given), ...))
    rows = Annotated[list[row], Field(min_length=FEWEST_ROWS, max_length=MOST_ROWS)]  # type: ignore[valid-type]
    return create_model("RowsAnswer", rows=(rows, ...))  # type: ignore[return-value]


def type_outcomes(operation: Operation, number: int) -> type[Recheck]:
    """The type of the outcomes of `number` calls of `operation`."""
    outcome = _type_outcome(operation)
    several = Annotated[list[outcome], Field(min_length=number, max_length=number)]  # type: ignore[valid-type]
    return create_model("Recheck", outcomes=(several, ...))  # type: ignore[return-value]


def find_faults(
    answer: RowsAnswer, operation: Operation, earlier: Mapping[str, ReadRow]
) -> Iterator[str]:
    """What is wrong with rows, those of other requirements that they contradict included."""
    seen = dict(earlier)
    for part in answer.rows:
        if not is_settled(part):
            yield f"`{write_call(operation, part)}` has neither a result nor an error"
            continue
        try:
            read = read_row(operation, part)
        except CellError as error:
            yield f"`{write_call(operation, part)}`: {error.message}"
            continue
        other = seen.setdefault(read.row.call, read)
        if contradicts(other.expected, read.expected):
            yield (
                f"`{read.row.call}` gives {other.row.result} in another row, {read.row.result} here"
            )


def read_row(operation: Operation, part: RowPart) -> ReadRow:
    """The row as our own reader takes it.

    Raises:
        CellError: the reader does not take it.
    """
    call, result = write_call(operation, part), write_result(part)
    read_call(call)
    return ReadRow(row=DraftedRow(call=call, result=result), expected=read_expected(result))


def write_call(operation: Operation, part: RowPart) -> str:
    """The cell of the call."""
    values = part.arguments.model_dump()
    given = ", ".join(write_value(values[name]) for name, _ in operation.parameters)
    return f"{operation.name}({given})"


def write_result(part: RowPart) -> str:
    """The cell of the result; the row must be settled."""
    return write_value(part.result) if part.error == _NO_ERROR else f"raises {part.error}"


def is_settled(part: RowPart) -> bool:
    """Whether it has a result or an error."""
    return part.error != _NO_ERROR or part.result is not None
