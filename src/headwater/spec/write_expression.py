"""Expressions of Call rows as they are written in a cell; the way back of `read_expression`."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import assert_never

from headwater.spec.examples import ArrayOf, Attribute, Call, Expression, Literal, Name, ObjectOf


def write_expression(expression: Expression) -> str:
    """The text that reads as this expression."""
    match expression:
        case Literal():
            return expression.text
        case Name():
            return expression.name
        case Attribute():
            return f"{write_expression(expression.of)}.{expression.name}"
        case ArrayOf():
            return f"[{', '.join(map(write_expression, expression.items))}]"
        case ObjectOf():
            items = (
                f"{write_value(name)}: {write_expression(item)}" for name, item in expression.items
            )
            return f"{{{', '.join(items)}}}"
        case Call():
            return _write_call(expression)
    assert_never(expression)


def _write_call(call: Call) -> str:
    prefix = f"{call.component}." if call.component else ""
    arguments = [
        *map(write_expression, call.arguments),
        *(f"{name}={write_expression(value)}" for name, value in call.named),
    ]
    return f"{prefix}{write_expression(call.function)}({', '.join(arguments)})"


def write_value(value: object) -> str:
    """A JSON value as it is written in a cell; numbers with the digits that they were read with."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(write_value, value))}]"
    if isinstance(value, dict):
        items = (f"{write_value(name)}: {write_value(item)}" for name, item in value.items())
        return f"{{{', '.join(items)}}}"
    return json.dumps(value, ensure_ascii=False)
