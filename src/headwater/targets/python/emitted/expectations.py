"""What an example may expect of a call, and whether a result is that."""

import dataclasses
import datetime as dt
import enum
import re
from collections.abc import Set
from decimal import Decimal

from headwater.targets.python.emitted.forms import (
    Number,
    as_decimal,
    as_record,
    is_array,
    json_form,
    show,
    sort_key,
    take_elements,
)


class Anything:
    """Expects only that the call succeeds."""

    def __repr__(self) -> str:
        return "no error"


ANYTHING = Anything()


@dataclasses.dataclass(frozen=True)
class Raises:
    """Expects one of these errors, with exactly this message when there is one."""

    errors: tuple[type[BaseException], ...]
    message: str | None = None

    def __repr__(self) -> str:
        names = " or ".join(error.__name__ for error in self.errors)
        return names if self.message is None else f"{names}({show(self.message)})"

    def accepts(self, error: BaseException) -> bool:
        """Whether this error is expected."""
        if not isinstance(error, self.errors):
            return False
        return self.message is None or self.message in messages_of(error)


@dataclasses.dataclass(frozen=True)
class Near:
    """Expects a number no further from `value` than `tolerance`."""

    value: Decimal
    tolerance: Decimal

    def __repr__(self) -> str:
        return f"{self.value} ± {self.tolerance}"

    def accepts(self, actual: object) -> bool:
        """Whether a result is near enough; what is no finite number never is."""
        number = as_decimal(actual)
        return number is not None and abs(number - self.value) <= self.tolerance


@dataclasses.dataclass(frozen=True)
class Matching:
    """Expects a text in which the pattern is found."""

    pattern: str

    def __repr__(self) -> str:
        return f"a match of /{self.pattern}/"

    def accepts(self, actual: object) -> bool:
        """Whether the result's text holds a match."""
        form = json_form(actual)
        return isinstance(form, str) and re.search(self.pattern, form) is not None


@dataclasses.dataclass(frozen=True)
class Given:
    """The arguments of a call that names some of them."""

    arguments: tuple[object, ...]
    named: dict[str, object]


def raises(*errors: type[BaseException], message: str | None = None) -> Raises:
    """Expects the call to fail with one of these errors."""
    return Raises(errors, message)


def near(value: str, tolerance: str) -> Near:
    """Expects a number close to `value`."""
    return Near(Decimal(value), Decimal(tolerance))


def matching(pattern: str) -> Matching:
    """Expects a text that the pattern is found in."""
    return Matching(pattern)


def number(value: int) -> Number:
    """Expects a number of any type."""
    return Number(value)


def given(*arguments: object, **named: object) -> Given:
    """Arguments, some by name."""
    return Given(arguments, named)


def same(actual: object, expected: object) -> bool:
    """Whether a result's JSON form is what is expected.

    True is not 1; a whole number is one without a fraction only where `number` says so.
    """
    if isinstance(expected, Anything):
        return True
    if isinstance(expected, Near | Matching):
        return expected.accepts(actual)
    if isinstance(actual, enum.Enum):
        return same(actual.value, expected) or expected == actual.name
    if isinstance(actual, dt.timedelta):
        actual = actual.total_seconds()
    if isinstance(expected, Number | int | float | Decimal) and not isinstance(expected, bool):
        return _same_number(actual, expected)
    if isinstance(actual, dt.datetime) and isinstance(expected, str):
        return _same_moment(actual, expected)
    if isinstance(actual, Set):
        actual = sorted((json_form(item) for item in actual), key=sort_key)
        expected = sorted(expected, key=sort_key) if isinstance(expected, list) else expected
    if isinstance(expected, list) and is_array(actual):
        items = take_elements(actual)
        return len(items) == len(expected) and all(map(same, items, expected))
    if isinstance(expected, dict):
        record = as_record(actual)
        return (
            record is not None
            and record.keys() == expected.keys()
            and all(same(record[key], expected[key]) for key in expected)
        )
    form = json_form(actual)
    return type(form) is type(expected) and form == expected


def _same_number(actual: object, expected: object) -> bool:
    if isinstance(actual, bool):
        return False
    if type(expected) is int and not isinstance(actual, int):
        return False
    if isinstance(expected, Number):
        expected = expected.value
    if isinstance(actual, float) and isinstance(expected, float):
        return actual == expected
    left, right = as_decimal(actual), as_decimal(expected)
    return left is not None and left == right


def _same_moment(actual: dt.datetime, expected: str) -> bool:
    try:
        wanted = dt.datetime.fromisoformat(expected)
    except ValueError:
        return False
    return (actual.tzinfo is None) == (wanted.tzinfo is None) and actual == wanted


def messages_of(error: BaseException) -> list[str]:
    """How the message may be read; a KeyError's text has quotes around it."""
    messages = [str(error)]
    if isinstance(error, KeyError) and len(error.args) == 1 and isinstance(error.args[0], str):
        messages.append(error.args[0])
    return messages
