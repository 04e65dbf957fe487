"""Shapes of JSON values, and of the results that rows expect."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping  # noqa: TC003  # `Callable` types a rewriting
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from headwater.spec.examples import Approximately, Equals, Matches
from headwater.targets.sketch import UNKNOWN, Kind, Shape, join_shapes

if TYPE_CHECKING:
    from headwater.spec.examples import Expected

FORMS = {
    Kind.MOMENT: r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?",
    Kind.DATE: r"\d{4}-\d\d-\d\d",
    Kind.TIME: r"\d\d:\d\d:\d\d",
    Kind.DECIMAL: r"-?\d+\.\d+",
}
"""What a text may stand for, by the form that it then has."""


def find_shape(value: object) -> Shape:
    """The shape of a JSON value."""
    match value:
        case None:
            return Shape(kind=Kind.NOTHING)
        case bool():
            return Shape(kind=Kind.BOOLEAN)
        case int():
            return Shape(kind=Kind.INTEGER)
        case float() | Decimal():
            return Shape(kind=Kind.NUMBER)
        case list():
            item = UNKNOWN
            for each in value:
                item = join_shapes(item, find_shape(each))
            return Shape(kind=Kind.LIST, item=item)
        case dict():
            return shape_object({str(key): find_shape(each) for key, each in value.items()})
        case _:
            return Shape(kind=Kind.TEXT)


def shape_object(fields: Mapping[str, Shape]) -> Shape:
    """An object with these fields; one without any may hold anything."""
    if not fields:
        return Shape(kind=Kind.MAP, item=UNKNOWN)
    return Shape(kind=Kind.OBJECT, fields=tuple(fields.items()))


def find_expected_shape(expected: Expected) -> Shape:
    """The shape of a result that a row expects; unknown where it expects an error or anything."""
    match expected:
        case Equals(value=literal):
            return find_shape(literal.value)
        case Approximately():
            return Shape(kind=Kind.NUMBER)
        case Matches():
            return Shape(kind=Kind.TEXT)
        case _:
            return UNKNOWN


def find_form(texts: list[str]) -> Kind | None:
    """The richer kind that all these texts have the form of; None where there is none."""
    for kind, form in FORMS.items():
        if texts and all(re.fullmatch(form, text) for text in texts):
            return kind
    return None


def rewrite_shape(shape: Shape, change: Callable[[Shape], Shape]) -> Shape:
    """A shape with `change` applied to it and to all shapes in it, innermost first."""
    item = rewrite_shape(shape.item, change) if shape.item else None
    fields = tuple((name, rewrite_shape(inner, change)) for name, inner in shape.fields)
    return change(replace(shape, item=item, fields=fields))
