"""Infers the Python type that a set of JSON values shares, as an interface declares it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SCALARS = {bool: "bool", int: "int", float: "float", str: "str"}
_ANYTHING = "object"


def infer_type(values: Iterable[object]) -> str:
    """The type of all of `values`; `object` where nothing narrower holds.

    Integers among floats count as floats. Lists and objects are taken together, so that `[]` and
    `[1]` make `list[int]`; a list of mixed depth is a `list[object]`.
    """
    known = [value for value in values if value is not None]
    if not known:
        return _ANYTHING
    return _infer_present(known)


def infer_optional_type(values: Iterable[object]) -> str:
    """As `infer_type`, with `| None` where a null is among the values."""
    values = list(values)
    if values and all(value is None for value in values):
        return "None"
    present = infer_type(values)
    return f"{present} | None" if None in values and present != _ANYTHING else present


def _infer_present(values: Sequence[object]) -> str:
    if all(isinstance(value, list) for value in values):
        return f"list[{_infer_inner(values)}]"
    if all(isinstance(value, dict) for value in values):
        return f"dict[str, {_infer_inner(values)}]"
    names = {_SCALARS.get(type(value), _ANYTHING) for value in values}
    if _ANYTHING in names:
        return _ANYTHING
    if {"int", "float"} <= names:
        names.remove("int")
    return " | ".join(sorted(names))


def _infer_inner(containers: Sequence[object]) -> str:
    items: list[object] = []
    for container in containers:
        if isinstance(container, dict):
            items.extend(container.values())
        elif isinstance(container, list):
            items.extend(container)
    return infer_optional_type(items) if items else _ANYTHING
