"""Calls in a text, and what the text says that they should come to, as cells of an example row.

A call counts when all its arguments are values: it can be made again. Python's literals are read as
well as JSON's, since reports quote code. What a text says of the present result is no claim.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.declarations import NEUTRAL_ERRORS
from headwater.spec.cell_error import CellError
from headwater.spec.examples import ArrayOf, Attribute, Call, Literal, Name, ObjectOf
from headwater.spec.read_expected import read_expected
from headwater.spec.read_expression import read_call
from headwater.steps.change.cells import CALL_HEADER, quote_cell, quote_error
from headwater.steps.triage.python_values import write_python_call, write_python_value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from headwater.spec.examples import Expression

# What stands between a call and its result where the two are a row, or an assertion.
_ROW = r"^`*\s*(?:===?|=>|=|→|->|\|)\s*(?P<result>.+?)\s*\|?\s*$"
# What may stand before such a row: a prompt, marks of pytest's, a list or a table.
_ALONE = r"\s*(?:(?:>>>|>|E)\s+)?(?:assert\s+)?[\s`|*-]*"
_DEMAND = (
    r"(?i)^`*(?:[^.;]|\.\s+(?:it|this|that)\b){0,120}?"
    r"\b(?:should|must|ought to|has to|shall)\s+(?:always\s+)?"
    r"(?:be|return|give|raise|yield|equal|come to|fail with|result in|produce)\s+(?P<result>.+)$"
)
_EXPECTED = (
    r"(?i)^`*.{0,200}?\b(?:expect(?:ed|s|ing)?|instead of)(?:\s+to\s+be)?:?\s+(?P<result>.+)$"
)
_NEUTRAL = "|".join(name.replace("_", "[ _]") for name in NEUTRAL_ERRORS)
_RAISES = (
    rf"(?:to\s+)?(?:raises?\s+)?(?:an?\s+)?`?(?:raises\s+)?`?"
    rf"(?P<error>[A-Za-z_]\w*(?:Error|Exception)\b|(?:{_NEUTRAL})\b)`?"
    r"(?:\s+(?P<message>\"(?:[^\"\\]|\\.)*\"))?"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A call or a command line as a cell has it, and the cells of what it should come to.

    Attributes:
        function: what is called, or the first word of the command line.
        call: the cell.
        stdin: of a command; empty where it reads nothing.
        result: of the result, or of what is printed; empty where the text says none.
        exit_code: of a command; empty where the text says none.
        is_command: whether it is a command line.
    """

    function: str
    call: str
    stdin: str = ""
    result: str = ""
    exit_code: str = ""
    is_command: bool = False

    @property
    def header(self) -> tuple[str, ...]:
        """The columns of the table that it would be a row of."""
        if not self.is_command:
            return CALL_HEADER
        return ("Run", *(["Stdin"] if self.stdin else []), "Stdout", "Exit")

    @property
    def cells(self) -> tuple[str, ...]:
        """The row; what is not said is left open."""
        results = (self.result, self.exit_code) if self.is_command else (self.result,)
        given = (self.call, self.stdin) if self.stdin else (self.call,)
        return (*given, *(cell or "—" for cell in results))

    @property
    def shown(self) -> str:
        """What is done, between back-ticks."""
        return f"{self.call[:-1]} < {self.stdin[1:]}" if self.stdin else self.call

    @property
    def wanted(self) -> str:
        """What it should come to, for a reader; empty where the text does not say."""
        code = f"exit {self.exit_code}" if self.exit_code else ""
        return ", ".join(filter(None, (self.result, code)))


def find_claims(text: str, *, functions: Collection[str]) -> Iterator[Claim]:
    """The calls of these functions in a text, in order; those inside of another call are its own.

    Args:
        text: any text.
        functions: names that are declared somewhere.
    """
    if not functions:
        return
    names = "|".join(map(re.escape, sorted(functions, key=len, reverse=True)))
    done = 0
    for match in re.finditer(rf"(?<![\w.])(?:C\d+\.)?(?P<name>{names})\(", text):
        end = find_end(text, match.end() - 1)
        if match.start() < done or not end:
            continue
        call = write_closed_call(text[match.start() : end])
        if call:
            done = end
            before = text[: match.start()].rpartition("\n")[2]
            result = _find_result(before, text[end:])
            yield Claim(function=match["name"], call=call, result=result)


def read_claim(text: str) -> Claim | None:
    """A whole text as one example row, `average([]) = 0`; None where it is none."""
    names = re.findall(r"([A-Za-z_]\w*)\(", text)
    found = [*find_claims(text.strip(), functions=names[:1])]
    return found[0] if found and found[0].result else None


def write_closed_call(text: str) -> str:
    """A call as a cell has it; empty where it is no call whose arguments are all values."""
    for source in (text, write_python_call(text)):
        try:
            _, call = read_call(source)
        except CellError:
            continue
        if isinstance(call, Call) and _is_closed(call):
            return quote_cell(source)
    return ""


def find_end(text: str, start: int) -> int:
    """Where the bracket at `start` is closed, the place after it; 0 where it never is."""
    depth, quote, position = 0, "", start
    while position < len(text):
        sign = text[position]
        if quote:
            position += sign == "\\"
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        else:
            depth += (sign in "([{") - (sign in ")]}")
            if depth == 0:
                return position + 1
        position += 1
    return 0


def _is_closed(expression: Expression) -> bool:
    match expression:
        case Literal():
            return True
        case Call(function=Name(), arguments=arguments, named=named):
            return all(map(_is_closed, arguments)) and all(_is_closed(each) for _, each in named)
        case ArrayOf(items=items):
            return all(map(_is_closed, items))
        case ObjectOf(items=pairs):
            return all(_is_closed(each) for _, each in pairs)
        case Name() | Attribute() | Call():
            return False


def _find_result(before: str, rest: str) -> str:
    """The cell of a result out of what stands before a call in its line, and all behind it."""
    if re.fullmatch(_ALONE, before):
        row = re.match(_ROW, rest.partition("\n")[0])
        if row:
            return write_result_cell(row["result"])
    spans = before.rpartition("`")[0].count("`") % 2 == 0 and before.endswith("`")
    # A sentence goes on over lines, and ends where another call is spoken of.
    behind = re.sub(r"\s*\n\s*", " ", re.split(r"\n\s*\n|\w\(", rest, maxsplit=1)[0])
    inside = re.match(r"^\s*(?:===?|=>|=|→|->)\s*(?P<result>[^`]+)`", behind) if spans else None
    for match in (inside, re.match(_DEMAND, behind), re.match(_EXPECTED, behind)):
        cell = write_result_cell(match["result"]) if match else ""
        if cell:
            return cell
    return ""


def write_result_cell(text: str) -> str:
    """What a text begins with, as the cell of a result; empty where that is no result."""
    text = text.strip().strip("|").strip()
    raises = re.match(_RAISES, text)
    if raises:
        error = raises["error"].replace(" ", "_")
        return quote_error(error) + (f" {raises['message']}" if raises["message"] else "")
    whole = text.strip("`").strip()
    if whole.startswith(("≈", "/", "—", "raises")):
        return whole if _reads(whole) else ""
    value = _cut_value(text.lstrip("`"))
    return quote_cell(value) if value and _reads(value) else ""


def _cut_value(text: str) -> str:
    """The JSON or Python value that a text begins with, as JSON; empty for none."""
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except ValueError:
        return write_python_value(text)
    # `1:30` and `12px` begin with a number and are none.
    return "" if re.match(r"[\w:%/]|\.\d", text[end:]) else text[:end]


def _reads(cell: str) -> bool:
    try:
        read_expected(cell)
    except CellError:
        return False
    return True
