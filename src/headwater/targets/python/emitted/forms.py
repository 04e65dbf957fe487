"""The JSON form of Python values, and how they are shown in failures."""

import base64
import dataclasses
import datetime as dt
import enum
import itertools
import json
import math
import re
import uuid
from collections.abc import Iterable, Mapping, Set
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePath


@dataclasses.dataclass(frozen=True)
class Number:
    """Expects this number, whole or not: here 1 is 1.0."""

    value: int

    def __repr__(self) -> str:
        return repr(self.value)


def json_form(value: object) -> object:
    """A value as JSON has it; what JSON cannot say comes back as it is."""
    if isinstance(value, enum.Enum):
        return json_form(value.value)
    if isinstance(value, dt.datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    if isinstance(value, Decimal | Fraction | uuid.UUID | PurePath):
        return str(value)
    if isinstance(value, bytes | bytearray):
        return _text_of(bytes(value))
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Set):
        return sorted((json_form(item) for item in value), key=sort_key)
    record = as_record(value)
    if record is not None:
        return {key: json_form(item) for key, item in record.items()}
    return [json_form(item) for item in take_elements(value)] if is_array(value) else value


def show(value: object) -> str:
    """A value as short Python text, texts in double quotes."""
    if isinstance(value, str):
        text = json.dumps(value, ensure_ascii=False)
    elif type(value) is list:
        text = f"[{', '.join(map(show, value))}]"
    elif type(value) is tuple:
        text = f"({', '.join(map(show, value))}{',' if len(value) == 1 else ''})"
    elif type(value) is dict:
        items = (f"{show(key)}: {show(item)}" for key, item in value.items())
        text = f"{{{', '.join(items)}}}"
    else:
        text = _represent(value)
    return text if len(text) <= 300 else f"{text[:200]} … {text[-80:]}"


def as_decimal(value: object) -> Decimal | None:
    """A finite number by its shortest digits, so that 0.1 is 0.1."""
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        return None
    if isinstance(value, int | Decimal):
        found = Decimal(value)
    elif isinstance(value, float):
        found = Decimal(repr(float(value)))
    else:
        try:
            found = Decimal(repr(float(value)))
        except (TypeError, ValueError, OverflowError):
            return None
    return found if found.is_finite() else None


def as_record(value: object) -> dict[str, object] | None:
    """Names and values of a record, a mapping, or a plain object's public attributes."""
    if isinstance(value, type):
        return None
    if isinstance(value, Mapping):
        return {_key_text(key): item for key, item in value.items()}
    if dataclasses.is_dataclass(value):
        return {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return dict(value._asdict())
    if type(value).__module__ != "builtins" and hasattr(value, "__dict__"):
        return {name: item for name, item in vars(value).items() if not name.startswith("_")}
    return None


def _key_text(key: object) -> str:
    form = json_form(key)
    return form if isinstance(form, str) else json.dumps(form, default=str)


def is_array(value: object) -> bool:
    """Whether a value has elements and is no text and no mapping."""
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping | bytearray)


def take_elements(value: object) -> list[object]:
    """The elements of anything that has some; an endless iterator is cut."""
    return list(itertools.islice(value, 100_000)) if isinstance(value, Iterable) else []


def sort_key(value: object) -> str:
    """A text by which elements of a set are put in order: 1 and 1.0 have the same."""
    if isinstance(value, Number):
        value = value.value
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        value = int(value)
    return json.dumps(value, sort_keys=True, default=str)


def _text_of(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return base64.b64encode(data).decode()


def _represent(value: object) -> str:
    try:
        text = repr(value)
    except Exception as error:  # noqa: BLE001 - whatever derived code raises
        return f"<{type(value).__name__} whose repr raises {type(error).__name__}>"
    return re.sub(r" at 0x[0-9a-f]+", "", text)
