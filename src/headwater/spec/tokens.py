"""Cuts a cell's text into the tokens of calls and JSON values (RFC 8259)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from headwater.spec.cell_error import CellError

NUMBER_PATTERN = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
NAME_PATTERN = r"[A-Za-z_][A-Za-z0-9_]*"

# Beyond these no target language reads a number as what was written.
_MOST_DIGITS = 1000
_LARGEST_EXPONENT = 300


class TokenKind(Enum):
    """What a token is."""

    NAME = "name"
    STRING = "string"
    NUMBER = "number"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """One token; `index` is where it begins in the cell's text."""

    kind: TokenKind
    text: str
    index: int

    @property
    def end(self) -> int:
        """Where the token ends."""
        return self.index + len(self.text)


_TOKEN = (
    r"[ \t]*(?:"
    r'(?P<string>"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*")'
    rf"|(?P<number>{NUMBER_PATTERN})(?![\w.])"
    rf"|(?P<name>{NAME_PATTERN})"
    r"|(?P<sign>[()\[\]{},:=.])"
    r"|(?P<end>$))"
)
_KINDS = {kind.value: kind for kind in TokenKind}
_QUOTES = "'“”„‘’"


def read_tokens(text: str) -> list[Token]:
    """The tokens of a cell; the last is always the end.

    Raises:
        CellError: something in it is no token.
    """
    pattern = re.compile(_TOKEN)
    tokens: list[Token] = []
    index = 0
    while not tokens or tokens[-1].kind is not TokenKind.END:
        match = pattern.match(text, index)
        if not match:
            raise _no_token(text, index)
        group = match.lastgroup or ""
        token = Token(kind=_KINDS[group], text=match[group], index=match.start(group))
        tokens.append(token)
        index = match.end()
    return tokens


def read_string(token: Token) -> str:
    """The text that a JSON string stands for.

    Raises:
        CellError: an escape that JSON does not have, or half a surrogate pair.
    """
    try:
        value = json.loads(token.text)
    except json.JSONDecodeError as error:
        raise CellError(
            "string-escape",
            f"JSON has no such escape: {error.msg}",
            index=token.index + error.pos,
            hint=r'A backslash is written "\\".',
        ) from None
    text = str(value)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise CellError(
            "string-surrogate",
            "half a surrogate pair stands for no character",
            index=token.index,
            hint="Write the character itself.",
        )
    return text


def read_number(text: str, *, index: int) -> int | Decimal:
    """A JSON number: an int when written as one, else a Decimal, so that nothing is lost.

    Raises:
        CellError: not finite, or more digits than a target can hold.
    """
    exponent = None if text.isdigit() else re.search(r"[eE](.+)", text)
    if len(text) > _MOST_DIGITS or (exponent and abs(int(exponent[1])) > _LARGEST_EXPONENT):
        raise CellError(
            "number-not-finite",
            "this number is infinite, or zero, in languages that calculate with doubles",
            index=index,
            hint=f"Write at most {_MOST_DIGITS} digits and exponents up to {_LARGEST_EXPONENT}.",
        )
    return Decimal(text) if exponent or "." in text else int(text)


def _no_token(text: str, index: int) -> CellError:
    index += len(text[index:]) - len(text[index:].lstrip(" \t"))
    found = text[index]
    if found == '"':
        return CellError(
            "string-not-closed",
            "expected a closing quote, found the end of the cell or a control character",
            index=index,
            hint=r'End the string with " and write line breaks as \n.',
        )
    if found in _QUOTES:
        message, hint = f"{found} does not quote in JSON", 'Use double quotes: "text".'
        return CellError("string-quotes", message, index=index, hint=hint)
    if found.isdigit() or found in "+-":
        word = re.compile(r"[\w.+-]+").match(text, index)
        number = word[0] if word else found
        hint = "Write it as 1, -1, 0.5 or 1e9."
        return CellError("number", f"{number} is no JSON number", index=index, hint=hint)
    hint = "Back-ticks go around the whole cell." if found == "`" else ""
    return CellError("unexpected", f"{found!r} has no meaning here", index=index, hint=hint)
