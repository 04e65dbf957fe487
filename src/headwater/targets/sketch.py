"""An interface before any language writes it: names, and the shapes of their values.

Examples show JSON. A shape says what JSON a value is; a target says which type that is.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # a default is made of it
from dataclasses import dataclass, field, replace
from enum import Enum


class Kind(Enum):
    """What a value is. The second group is text in JSON, and a type of its own in most languages.

    UNKNOWN is what nothing shows (the items of an empty list), ANY what shows too much; OBJECT has
    known fields and may yet become a NAMED record or a MAP.
    """

    UNKNOWN = "unknown"
    ANY = "any"
    NOTHING = "nothing"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"

    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"

    LIST = "list"
    MAP = "map"
    OBJECT = "object"
    NAMED = "named"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """The shape of a value.

    Attributes:
        kind: what it is.
        item: of what a LIST or a MAP holds.
        name: of a NAMED type.
        fields: of an OBJECT, in order.
        optional: it may be missing (`null`).
    """

    kind: Kind
    item: Shape | None = None
    name: str = ""
    fields: tuple[tuple[str, Shape], ...] = ()
    optional: bool = False

    @property
    def names(self) -> frozenset[str]:
        """The NAMED types in it."""
        inner = [self.item] if self.item else [shape for _, shape in self.fields]
        found = frozenset(name for shape in inner for name in shape.names)
        return found | {self.name} if self.name else found


UNKNOWN = Shape(kind=Kind.UNKNOWN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """A parameter, or a field; one that is not `required` may be left out."""

    name: str
    shape: Shape
    required: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Function:
    """A function, or a method."""

    name: str
    parameters: tuple[Parameter, ...]
    result: Shape


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedType:
    """A type: a record of its fields; with methods or attributes besides, a class."""

    name: str
    fields: tuple[Parameter, ...] = ()
    attributes: tuple[Parameter, ...] = ()
    methods: tuple[Function, ...] = ()

    @property
    def is_record(self) -> bool:
        """Whether its fields are all that there is to it."""
        return not (self.attributes or self.methods)

    @property
    def names(self) -> frozenset[str]:
        """The named types that it is made of, itself apart."""
        held = (*self.fields, *self.attributes)
        shapes = [one.shape for one in (*held, *(p for m in self.methods for p in m.parameters))]
        shapes += [method.result for method in self.methods]
        return frozenset(name for shape in shapes for name in shape.names) - {self.name}


@dataclass(frozen=True, kw_only=True, slots=True)
class InterfaceSketch:
    """All that one component offers.

    Attributes:
        types, errors, functions: what it declares.
        borrowed: path of another component's file to the names that are used from it.
    """

    types: tuple[NamedType, ...] = ()
    errors: tuple[str, ...] = ()
    functions: tuple[Function, ...] = ()
    borrowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def join_shapes(one: Shape, other: Shape) -> Shape:
    """The narrowest shape that both values have."""
    optional = one.optional or other.optional
    if one.kind is Kind.UNKNOWN:
        return replace(other, optional=optional)
    if other.kind is Kind.UNKNOWN:
        return replace(one, optional=optional)
    if Kind.NOTHING in (one.kind, other.kind):
        return _join_nothing(one, other)
    joined = _join_known(one, other)
    return replace(joined, optional=optional) if optional else joined


def _join_nothing(one: Shape, other: Shape) -> Shape:
    if one.kind is other.kind:
        return one
    return replace(other if one.kind is Kind.NOTHING else one, optional=True)


def _join_known(one: Shape, other: Shape) -> Shape:
    kinds = {one.kind, other.kind}
    if kinds == {Kind.INTEGER, Kind.NUMBER}:
        return Shape(kind=Kind.NUMBER)
    if kinds == {Kind.NAMED, Kind.OBJECT}:
        return one if one.kind is Kind.NAMED else other
    if kinds == {Kind.MAP, Kind.OBJECT} or _differ_in_keys(one, other):
        return Shape(kind=Kind.MAP, item=join_shapes(join_items(one), join_items(other)))
    if len(kinds) > 1 or one.name != other.name:
        return Shape(kind=Kind.ANY)
    if one.kind is Kind.OBJECT:
        others = dict(other.fields)
        fields = tuple((key, join_shapes(shape, others[key])) for key, shape in one.fields)
        return Shape(kind=Kind.OBJECT, fields=fields)
    if one.item and other.item:
        return Shape(kind=one.kind, item=join_shapes(one.item, other.item))
    return one


def join_items(shape: Shape) -> Shape:
    """What all values of a LIST, a MAP or an OBJECT have in common."""
    joined = shape.item or UNKNOWN
    for _, field_shape in shape.fields:
        joined = join_shapes(joined, field_shape)
    return joined


def _differ_in_keys(one: Shape, other: Shape) -> bool:
    both = one.kind is Kind.OBJECT and other.kind is Kind.OBJECT
    return both and {key for key, _ in one.fields} != {key for key, _ in other.fields}
