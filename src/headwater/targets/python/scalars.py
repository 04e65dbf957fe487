"""Writes single JSON values (a text, a number, a word) as Python expressions of scalar types."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Misfit(Exception):  # noqa: N818 - a misfit is part of a search for the type that fits
    """A value that is none of the declared type."""


def write_text(text: str) -> str:
    """A text in double quotes, every character that cannot be seen escaped."""
    special = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    shown = (
        special.get(character) or (character if character.isprintable() else ascii(character)[1:-1])
        for character in text
    )
    return f'"{"".join(shown)}"'


def write_float(value: Decimal | float) -> str:
    """A number with its digits as written, so that it reads as a float."""
    text = str(value).lower()
    return text if any(mark in text for mark in ".e") else f"{text}.0"


def show_json(value: object) -> str:
    """A value as JSON, numbers with their digits, for messages."""
    if isinstance(value, list):
        return f"[{', '.join(map(show_json, value))}]"
    if isinstance(value, dict):
        items = (f"{show_json(key)}: {show_json(item)}" for key, item in value.items())
        return f"{{{', '.join(items)}}}"
    known = value is None or isinstance(value, str | bool | int | float)
    return json.dumps(value, ensure_ascii=False) if known else str(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _write_number(value: object) -> str:
    return write_float(value) if isinstance(value, Decimal | float) else repr(value)


def _write_integer(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return repr(value)
    raise Misfit(f"`{show_json(value)}` is no integer")


def _write_real(value: object) -> str:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return write_float(Decimal(value) if isinstance(value, int) else value)
    raise Misfit(f"`{show_json(value)}` is no number")


def _write_boolean(value: object) -> str:
    if isinstance(value, bool):
        return repr(value)
    raise Misfit(f"`{show_json(value)}` is no boolean")


def _write_string(value: object) -> str:
    if isinstance(value, str):
        return write_text(value)
    raise Misfit(f"`{show_json(value)}` is no text")


def _write_none(value: object) -> str:
    if value is None:
        return "None"
    raise Misfit(f"`{show_json(value)}` is not null")


def _write_bytes(value: object) -> str:
    if isinstance(value, str):
        return f"b{write_text(value)}" if value.isascii() else repr(value.encode())
    raise Misfit(f"`{show_json(value)}` is no text, from which bytes are made")


def _write_duration(value: object) -> str:
    if _is_number(value):
        return f"timedelta(seconds={_write_number(value)})"
    raise Misfit(f"`{show_json(value)}` is no number of seconds")


def _from_text(
    name: str, parse: Callable[[str], object], *, call: str = "", numbers: bool = False
) -> Callable[[object], str]:
    """A writer of `name("…")` for the texts that `parse` takes; of numbers too, by their digits."""

    def write(value: object) -> str:
        digits = numbers and _is_number(value)
        if isinstance(value, str) or digits:
            text = str(value)
            try:
                parse(text)
            except (ValueError, InvalidOperation, ZeroDivisionError):
                pass
            else:
                return f"{call or name}({write_text(text)})"
        raise Misfit(f"`{show_json(value)}` is no {name}")

    return write


SCALARS: Mapping[str, Callable[[object], str]] = {
    "int": _write_integer,
    "SupportsInt": _write_integer,
    "float": _write_real,
    "complex": _write_real,
    "bool": _write_boolean,
    "str": _write_string,
    "LiteralString": _write_string,
    "None": _write_none,
    "bytes": _write_bytes,
    "bytearray": lambda value: f"bytearray({_write_bytes(value)})",
    "timedelta": _write_duration,
    "Decimal": _from_text("Decimal", Decimal, numbers=True),
    "Fraction": _from_text("Fraction", Fraction, numbers=True),
    "UUID": _from_text("UUID", UUID),
    "date": _from_text("date", date.fromisoformat, call="date.fromisoformat"),
    "time": _from_text("time", time.fromisoformat, call="time.fromisoformat"),
    "datetime": _from_text("datetime", datetime.fromisoformat, call="datetime.fromisoformat"),
    "Path": _from_text("Path", str),
}
"""Writers of the types that JSON has as one text, number or word, by their plain names."""
