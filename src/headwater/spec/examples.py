"""Executable rows of a specification, as values (docs/design.md, section 3).

A table's first header cell names its kind. Every row keeps its raw cells, exact to the byte, and
what they mean: a call and its expected result, or a command line and what it prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.spec.model import Place, Problem, Span


class TableKind(Enum):
    """The first header cell of an example table, in lower case."""

    CALL = "call"
    RUN = "run"


# --- Expressions of Call rows -------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Literal:
    """A JSON value. Its source text is kept, since `1.50` and `1.5` differ as decimals."""

    value: object
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A name bound by an earlier row of the same sequence, or declared by an interface."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribute:
    """`acct.balance`."""

    of: Expression
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ArrayOf:
    """A JSON array with a name or a call inside; without one it is a Literal."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ObjectOf:
    """A JSON object with a name or a call inside; without one it is a Literal."""

    items: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """`function(…)`, `acct.deposit(…)` or, qualified by its component, `C2.function(…)`.

    `component` is the qualifier's id, empty when there is none.
    """

    function: Name | Attribute
    arguments: tuple[Expression, ...]
    named: tuple[tuple[str, Expression], ...]
    component: str = ""


Expression = Literal | Name | Attribute | ArrayOf | ObjectOf | Call


# --- What a Call row expects --------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Equals:
    """The result's JSON form is this value."""

    value: Literal


@dataclass(frozen=True, kw_only=True, slots=True)
class Raises:
    """The call fails with this error, or one below it; `message` matches exactly when given."""

    error: str
    message: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Approximately:
    """`≈ value ± tolerance`, both decimal text so that every language reads the same number."""

    value: str
    tolerance: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Matches:
    """`/regex/`, RE2 syntax, searched."""

    pattern: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Anything:
    """`—`: the row only has to succeed."""


Expected = Equals | Raises | Approximately | Matches | Anything


# --- Rows ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class CallRow:
    """One call and its result; `cells` are as written, without the white space around them.

    `binds` is the name that `name = call` gives it, or empty.
    """

    cells: tuple[str, ...]
    expression: Expression
    expected: Expected
    binds: str
    span: Span
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class RunRow:
    """One command line, split into words, and what it must print.

    A text is matched exactly (`Equals`), searched (`Matches`) or not looked at (`Anything`).
    `exit_code` is None where the column is absent or `—`.
    """

    cells: tuple[str, ...]
    words: tuple[str, ...]
    stdin: str
    stdout: Equals | Matches | Anything
    stderr: Equals | Matches | Anything
    exit_code: int | None
    span: Span
    place: Place


Row = CallRow | RunRow


@dataclass(frozen=True, kw_only=True, slots=True)
class ExampleTable:
    """A table under a requirement or scenario.

    `owner` is that item's id, `header` the column names as written. `sequence` tells that the rows
    run in order as one test: a Run table always does, a Call table when a row binds a name. Rows
    with an error are left out of `rows` and stand in `problems`.
    """

    kind: TableKind
    owner: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    sequence: bool
    span: Span
    place: Place
    problems: tuple[Problem, ...] = ()
