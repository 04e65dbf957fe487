"""Parses what a row expects: results of calls, and texts and exit codes of commands."""

from __future__ import annotations

import re
from decimal import Decimal

from headwater.spec.cell_error import CellError
from headwater.spec.examples import Anything, Approximately, Equals, Expected, Matches, Raises
from headwater.spec.read_expression import read_json
from headwater.spec.tokens import NAME_PATTERN, NUMBER_PATTERN, read_number

_ANYTHING = ("—", "–", "-")
_RAISES = (
    rf"(?i:raises)\s+`?(?P<error>(?:{NAME_PATTERN}\.)?{NAME_PATTERN})`?(?:\s+(?P<message>\S.*))?"
)
_APPROXIMATELY = (
    rf"≈\s*`?(?P<value>{NUMBER_PATTERN})`?"
    rf"(?:\s*(?:±|\+/-)\s*`?(?P<tolerance>{NUMBER_PATTERN})`?)?"
)
_LARGEST_EXIT_CODE = 255


def read_expected(text: str) -> Expected:
    """The result that a call must have.

    Raises:
        CellError: the text is none of the forms of docs/design.md, section 3.
    """
    _refuse_empty(text)
    if text in _ANYTHING:
        return Anything()
    if text.startswith("/"):
        return _read_pattern(text)
    if text.startswith("≈"):
        return _read_approximately(text)
    if re.match(r"(?i)raises\b", text):
        return _read_raises(text)
    return Equals(value=read_json(text))


def read_output(text: str) -> Equals | Matches | Anything:
    """The text that a command must write: a JSON string, `/regex/`, or `—` for any.

    Raises:
        CellError: it is none of these.
    """
    _refuse_empty(text)
    if text in _ANYTHING:
        return Anything()
    if text.startswith("/"):
        return _read_pattern(text)
    literal = read_json(text)
    if not isinstance(literal.value, str):
        raise CellError("text-expected", "expected a JSON string, `/regex/` or `—`")
    return Equals(value=literal)


def read_input(text: str) -> str:
    """The text that a command reads: a JSON string, or `—` for none.

    Raises:
        CellError: it is neither.
    """
    expected = read_output(text)
    if isinstance(expected, Matches):
        raise CellError("text-expected", "expected a JSON string or `—`, found a regex")
    return str(expected.value.value) if isinstance(expected, Equals) else ""


def read_exit_code(text: str) -> int | None:
    """The exit code that a command must end with, 0 to 255; None for any.

    Raises:
        CellError: it is no such number.
    """
    _refuse_empty(text)
    if text in _ANYTHING:
        return None
    value = read_json(text).value
    if type(value) is not int or not 0 <= value <= _LARGEST_EXIT_CODE:
        raise CellError("exit-code", "expected a whole number from 0 to 255, or `—`")
    return value


def _refuse_empty(text: str) -> None:
    if not text:
        raise CellError(
            "cell-empty",
            "expected a value, found an empty cell",
            hint='Write — where anything will do, "" for an empty text.',
        )


def _read_pattern(text: str) -> Matches:
    if len(text) > len("//") and text.endswith("/"):
        return Matches(pattern=text[1:-1])
    raise CellError(
        "pattern",
        "expected a regular expression between two slashes",
        index=len(text) - 1,
        hint="Write /text/.",
    )


def _read_approximately(text: str) -> Approximately:
    match = re.fullmatch(_APPROXIMATELY, text)
    if not match:
        message = "expected a number after ≈, and perhaps ± and another"
        hint = "Write ≈ 0.33 or ≈ 0.33 ± 0.01."
        raise CellError("approximation", message, index=min(1, len(text) - 1), hint=hint)
    read_number(match["value"], index=match.start("value"))
    tolerance = match["tolerance"] or _half_unit(match["value"])
    if read_number(tolerance, index=match.start("tolerance")) < 0:
        message = "a tolerance cannot be negative"
        raise CellError("approximation", message, index=match.start("tolerance"))
    return Approximately(value=match["value"], tolerance=tolerance)


def _half_unit(number: str) -> str:
    """Half a unit in the last written digit: `0.00005` for `0.3333`, `0.5` for `3`."""
    exponent = Decimal(number).as_tuple().exponent
    assert isinstance(exponent, int)  # `read_number` refused what is not finite
    return format(Decimal(5).scaleb(exponent - 1), "f")


def _read_raises(text: str) -> Raises:
    match = re.fullmatch(_RAISES, text)
    if not match:
        message = "expected the name of one error after `raises`, and perhaps its message"
        hint = 'Write raises name or raises name "message".'
        raise CellError("raises", message, index=len("raises"), hint=hint)
    if not match["message"]:
        return Raises(error=match["error"])
    quoted = match["message"].strip()
    if len(quoted) > 1 and quoted.startswith("`") and quoted.endswith("`"):
        quoted = quoted[1:-1]
    try:
        value = read_json(quoted).value
    except CellError as error:
        index = text.rindex(quoted) + error.index
        raise CellError(error.code, error.message, index=index, hint=error.hint) from None
    if not isinstance(value, str):
        message = "the message of an error is a JSON string"
        raise CellError("raises", message, index=match.start("message"))
    return Raises(error=match["error"], message=value)
