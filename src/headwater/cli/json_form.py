"""Reports as JSON documents."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Set
from enum import Enum
from typing import Any


def to_json(value: object) -> Any:  # noqa: ANN401  # JSON has no narrower type
    """A value as JSON has it: what has fields as objects, enums by value, the unordered sorted.

    What JSON does not know (paths, decimals) becomes its text.
    """
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, Enum):
        return value.value
    names = _list_fields(value)
    if names is not None:
        return {name: to_json(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): to_json(value[key]) for key in sorted(value)}
    if isinstance(value, Set):
        return sorted(to_json(item) for item in value)
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    return str(value)


def _list_fields(value: object) -> tuple[str, ...] | None:
    """The names of the fields of a dataclass or a named tuple; None for anything else."""
    if dataclasses.is_dataclass(value):
        return tuple(field.name for field in dataclasses.fields(value))
    return getattr(value, "_fields", None) if isinstance(value, tuple) else None


def render_json(value: object) -> str:
    """One document, in ASCII, so that any terminal and any file name survive."""
    return json.dumps(to_json(value), indent=2)
