"""Examples that cannot both hold: the same row with different results, found without a model."""

from __future__ import annotations

import builtins
import json
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import TYPE_CHECKING

from headwater.graph.declarations import NEUTRAL_ERRORS, is_builtin_error
from headwater.spec.examples import (
    Anything,
    Approximately,
    ArrayOf,
    Attribute,
    Call,
    CallRow,
    Equals,
    Literal,
    Matches,
    Name,
    ObjectOf,
    Raises,
    RunRow,
)
from headwater.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from headwater.graph.scope import Scope
    from headwater.graph.units import TestUnit
    from headwater.spec.examples import Expected, Expression, Row

# Wide enough that no number that a document can hold overflows; nothing raises.
_ARITHMETIC = Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
_OPEN = (Anything, Matches)


def find_contradictions(units: Sequence[TestUnit], *, scope: Scope) -> list[Problem]:
    """Pairs of rows that do the same from the start and expect what cannot both be.

    Only certain contradictions are reported: errors of which one may be below the other, or a
    pattern that a value may match, are left to the tests.
    """
    problems = []
    seen: dict[str, list[tuple[TestUnit, Row]]] = {}
    for unit in units:
        row = _find_start(unit)
        if row is None:
            continue
        others = seen.setdefault(_identify(row, scope), [])
        for earlier, other in others:
            if rows_contradict(other, row):
                problems.append(_report(earlier, other, unit, row))
                break
        others.append((unit, row))
    return problems


def find_same_rows(
    row: Row, units: Iterable[TestUnit], *, scope: Scope
) -> list[tuple[TestUnit, Row]]:
    """The units that begin with what `row` does, however it is written, each with that row.

    Of calls only independent ones; a command table begins in an empty folder.
    """
    wanted = _identify(row, scope)
    starts = ((unit, _find_start(unit)) for unit in units)
    return [(unit, other) for unit, other in starts if other and _identify(other, scope) == wanted]


def rows_contradict(one: Row, other: Row) -> bool:
    """Whether no result of one and the same call or command can satisfy both rows."""
    if isinstance(one, RunRow) and isinstance(other, RunRow):
        codes = {one.exit_code, other.exit_code} - {None}
        texts = ((one.stdout, other.stdout), (one.stderr, other.stderr))
        return len(codes) > 1 or any(contradicts(*pair) for pair in texts)
    if isinstance(one, CallRow) and isinstance(other, CallRow):
        return contradicts(one.expected, other.expected)
    return False


def _find_start(unit: TestUnit) -> Row | None:
    """The row that runs with nothing before it; None for a sequence of calls."""
    first = unit.rows[0]
    return first if isinstance(first, RunRow) else unit.lone_call


def _identify(row: Row, scope: Scope) -> str:
    if isinstance(row, RunRow):
        return json.dumps(["run", *row.words, row.stdin])
    return _canonical(row.expression, scope)


def contradicts(one: Expected, other: Expected) -> bool:
    """Whether no result of a call can satisfy both."""
    if isinstance(one, Raises) and isinstance(other, Raises):
        messages = {one.message, other.message} - {None}
        return len(messages) > 1 or _errors_exclude(one.error, other.error)
    if isinstance(one, Raises) or isinstance(other, Raises):
        return True
    if isinstance(one, Equals) and isinstance(other, Equals):
        return _canonical_value(one.value.value) != _canonical_value(other.value.value)
    first, second = _bounds(one), _bounds(other)
    if first and second:
        return first[0] > second[1] or second[0] > first[1]
    # A number on one side: a pattern may match its text, "any" allows it, other values do not.
    return bool(first or second) and not isinstance(one, _OPEN) and not isinstance(other, _OPEN)


def _bounds(expected: Expected) -> tuple[Decimal, Decimal] | None:
    """Least and greatest number that satisfies it; None when it is no number."""
    if isinstance(expected, Approximately):
        value, tolerance = Decimal(expected.value), Decimal(expected.tolerance)
        return _ARITHMETIC.subtract(value, tolerance), _ARITHMETIC.add(value, tolerance)
    if isinstance(expected, Equals):
        value_of = expected.value.value
        if isinstance(value_of, int | Decimal) and not isinstance(value_of, bool):
            return Decimal(value_of), Decimal(value_of)
    return None


def _errors_exclude(one: str, other: str) -> bool:
    """Whether two errors exclude each other for certain."""
    if one == other:
        return False
    if one in NEUTRAL_ERRORS and other in NEUTRAL_ERRORS:
        return True
    if is_builtin_error(one) and is_builtin_error(other):
        first, second = getattr(builtins, one), getattr(builtins, other)
        return not (issubclass(first, second) or issubclass(second, first))
    return False


def _canonical(expression: Expression, scope: Scope) -> str:
    """One text for every way to write the same call."""
    match expression:
        case Literal(value=value):
            return _canonical_value(value, exact=True)
        case Name(name=name):
            return name
        case Attribute(of=of, name=name):
            return f"{_canonical(of, scope)}.{name}"
        case ArrayOf(items=items):
            return f"[{','.join(_canonical(item, scope) for item in items)}]"
        case ObjectOf(items=pairs):
            members = sorted(f"{json.dumps(key)}:{_canonical(item, scope)}" for key, item in pairs)
            return f"{{{','.join(members)}}}"
        case Call():
            return _canonical_call(expression, scope)


def _canonical_call(call: Call, scope: Scope) -> str:
    """Arguments go by their parameters' names where the declaration is known."""
    function = _canonical(call.function, scope)
    parameters: tuple[str, ...] = ()
    if isinstance(call.function, Name):
        found = scope.find_names(call.function.name, component=call.component)
        if len(found) == 1:
            function = f"{found[0].component}.{function}"
            parameters = found[0].declared.parameters
    named = dict(call.named)
    if len(call.arguments) <= len(parameters):
        named |= dict(zip(parameters, call.arguments, strict=False))
        positional: tuple[Expression, ...] = ()
    else:
        positional = call.arguments
    arguments = [_canonical(argument, scope) for argument in positional]
    arguments += sorted(f"{name}={_canonical(value, scope)}" for name, value in named.items())
    return f"{function}({','.join(arguments)})"


def _canonical_value(value: object, *, exact: bool = False) -> str:
    """A JSON value as text; unless `exact`, numbers that are equal are the same (1 is 1.0)."""
    match value:
        case bool():
            return json.dumps(value)
        case int() | Decimal() | float():
            number = Decimal(value)
            return str(number) if exact else _canonical_number(number)
        case list() | tuple():
            return f"[{','.join(_canonical_value(item, exact=exact) for item in value)}]"
        case dict():
            members = (
                f"{json.dumps(key)}:{_canonical_value(item, exact=exact)}"
                for key, item in value.items()
            )
            return f"{{{','.join(sorted(members))}}}"
        case _:
            return json.dumps(value)


def _canonical_number(number: Decimal) -> str:
    sign, digits, exponent = number.as_tuple()
    text = "".join(map(str, digits))
    kept = text.rstrip("0")
    assert isinstance(exponent, int), "documents hold no infinite numbers"
    if not kept:
        return "0"
    return f"{'-' * sign}{kept}e{exponent + len(text) - len(kept)}"


def _report(earlier: TestUnit, other: Row, unit: TestUnit, row: Row) -> Problem:
    return Problem(
        code="contradictory-examples",
        message=(
            f"{unit.ref} expects {_show(row)} where {earlier.ref}, at {other.place}, expects "
            f"{_show(other)} of the same {'command' if isinstance(row, RunRow) else 'call'}"
        ),
        place=row.place,
        hint="Decide which of the two holds, and change or remove the other.",
    )


def _show(row: Row) -> str:
    return ", ".join(cell.strip() for cell in row.cells[1:]) or "no result"
