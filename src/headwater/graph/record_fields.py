"""Typed access to parsed JSON that may be anything: the first wrong field ends the reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

_Kind = TypeVar("_Kind")


class DamagedRecordError(ValueError):
    """A record that is not what this program writes; the message says in what.

    `line` is where it ceases to be JSON, from 1; 1 where it does not.
    """

    def __init__(self, message: str, *, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Fields:
    """A JSON object whose fields are read by the type that they must have.

    Every method raises DamagedRecordError when the field is missing or of another type.
    """

    content: Mapping[str, object]

    def text(self, key: str) -> str:
        """A text."""
        return self._take(key, str)

    def text_if_any(self, key: str) -> str:
        """A text; empty where the field is missing."""
        return self.text(key) if key in self.content else ""

    def count(self, key: str) -> int:
        """A whole number, 0 or greater."""
        number = self._take(key, int)
        if isinstance(number, bool) or number < 0:
            raise DamagedRecordError(f"`{key}` is no count")
        return number

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        items = self._take(key, list)
        if not all(isinstance(item, str) for item in items):
            raise DamagedRecordError(f"`{key}` holds something else than texts")
        return tuple(items)

    def mapping(self, key: str) -> dict[str, str]:
        """An object whose values are texts."""
        found = self._take(key, dict)
        if not all(isinstance(value, str) for value in found.values()):
            raise DamagedRecordError(f"`{key}` holds something else than texts")
        return cast("dict[str, str]", found)

    def inner(self, key: str) -> Fields:
        """An object with fields of its own."""
        return Fields(self._take(key, dict))

    def objects(self, key: str) -> list[Fields]:
        """A list of objects with fields of their own."""
        items = self._take(key, list)
        if not all(isinstance(item, dict) for item in items):
            raise DamagedRecordError(f"`{key}` holds something else than objects")
        return [Fields(item) for item in items]

    def _take(self, key: str, kind: type[_Kind]) -> _Kind:
        value = self.content.get(key)
        if not isinstance(value, kind):
            raise DamagedRecordError(f"`{key}` is missing or no {kind.__name__}")
        return value
