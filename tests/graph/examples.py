"""Example tables as values, for the tests of this folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from headwater.spec.examples import (
    Anything,
    ArrayOf,
    Attribute,
    Call,
    CallRow,
    Equals,
    ExampleTable,
    Literal,
    Name,
    ObjectOf,
    Raises,
    RunRow,
    TableKind,
)
from tests.graph.builders import SPAN, at

if TYPE_CHECKING:
    from headwater.spec.examples import Expected, Expression, Row


def literal(value: object) -> Literal:
    return Literal(value=value, text=json.dumps(value, default=str))


def call(
    function: str | Attribute, *arguments: object, component: str = "", **named: object
) -> Call:
    return Call(
        function=Name(name=function) if isinstance(function, str) else function,
        arguments=tuple(_expression(argument) for argument in arguments),
        named=tuple((name, _expression(value)) for name, value in named.items()),
        component=component,
    )


def member(of: Expression | str, name: str) -> Attribute:
    return Attribute(of=Name(name=of) if isinstance(of, str) else of, name=name)


def row(
    expression: Expression, expected: object = None, *, binds: str = "", line: int = 1
) -> CallRow:
    """A Call row; an expected value that is no kind of expectation is one that it equals."""
    expects = _as_expected(expected)
    return CallRow(
        cells=(f"`{binds and binds + ' = '}{show(expression)}`", f"`{_show_expected(expects)}`"),
        expression=expression,
        expected=expects,
        binds=binds,
        span=SPAN,
        place=at(line),
    )


def run_row(command: str, *, line: int = 1, cells: tuple[str, ...] = ()) -> RunRow:
    return RunRow(
        cells=cells or (f"`{command}`",),
        words=tuple(command.split()),
        stdin="",
        stdout=Anything(),
        stderr=Anything(),
        exit_code=0,
        span=SPAN,
        place=at(line),
    )


def table(*rows: Row, owner: str = "FR-001", header: tuple[str, ...] = ()) -> ExampleTable:
    """A table of the rows' kind; a sequence when a row binds a name."""
    is_run = bool(rows) and isinstance(rows[0], RunRow)
    return ExampleTable(
        kind=TableKind.RUN if is_run else TableKind.CALL,
        owner=owner,
        header=header or (("Run",) if is_run else ("Call", "Result")),
        rows=rows,
        sequence=is_run or any(isinstance(row, CallRow) and row.binds for row in rows),
        span=SPAN,
        place=at(1),
    )


def show(expression: Expression) -> str:
    """The expression as a row would write it."""
    match expression:
        case Literal(text=text):
            return text
        case Name(name=name):
            return name
        case Attribute(of=of, name=name):
            return f"{show(of)}.{name}"
        case Call():
            named = [f"{name}={show(value)}" for name, value in expression.named]
            arguments = ", ".join([*map(show, expression.arguments), *named])
            prefix = f"{expression.component}." if expression.component else ""
            return f"{prefix}{show(expression.function)}({arguments})"
        case _:
            return repr(expression)


def _show_expected(expected: Expected) -> str:
    match expected:
        case Equals(value=value):
            return value.text
        case Raises(error=error):
            return f"raises {error}"
        case _:
            return str(expected)


def _expression(value: object) -> Expression:
    known = isinstance(value, (Call, Name, Attribute, Literal, ArrayOf, ObjectOf))
    return value if known else literal(value)  # type: ignore[return-value]  # told by `known`


def _as_expected(value: object) -> Expected:
    is_expected = type(value).__module__ == Equals.__module__ and not isinstance(value, Literal)
    return value if is_expected else Equals(value=literal(value))  # type: ignore[return-value]  # ditto
