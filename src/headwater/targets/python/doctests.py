"""Examples as a language model knows them best: a doctest session, values as Python writes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.spec.examples import Approximately, CallRow, Equals, Matches, Raises, RunRow
from headwater.targets.python.calls import write_expression
from headwater.targets.python.expected import name_error
from headwater.targets.python.frame import Frame, Written
from headwater.targets.python.layout import split_ref
from headwater.targets.python.literals import write_argument, write_plain
from headwater.targets.python.scalars import Misfit
from headwater.targets.python.scope import Typed, World, read_world

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.graph.units import TestUnit
    from headwater.spec.examples import Expected
    from headwater.spec.model import Component


def render_examples(units: Sequence[TestUnit], *, components: Mapping[str, Component]) -> str:
    """Examples as a session; a row that does not fit its declared types stays as it was written."""
    world = replace(read_world(components), plain=True)
    return "\n".join(line for unit in units for line in _render_unit(unit, world))


def _render_unit(unit: TestUnit, world: World) -> Iterator[str]:
    frame = Frame(world=world, touches=unit.touches, feature=split_ref(unit.ref)[0])
    for row in unit.rows:
        if isinstance(row, RunRow):
            yield from _render_run(row)
            continue
        written, frame = _render_call(row, frame)
        yield f">>> {written.text}"
        if not row.binds:
            yield from _render_expected(row.expected, written.type, world)


def _render_call(row: CallRow, frame: Frame) -> tuple[Written, Frame]:
    try:
        written = write_expression(row.expression, frame)
    except Misfit:
        return Written(text=row.cells[0].strip().strip("`")), frame
    if not row.binds:
        return written, frame
    named = Written(text=f"{row.binds} = {written.text}", type=written.type)
    return named, frame.bind(row.binds, written.type)


def _render_expected(expected: Expected, typed: Typed | None, world: World) -> Iterator[str]:
    match expected:
        case Equals():
            yield _render_value(expected.value.value, typed, world)
        case Raises():
            message = f": {expected.message}" if expected.message is not None else ""
            yield "Traceback (most recent call last):"
            yield f"{name_error(expected.error)}{message}"
        case Approximately():
            yield expected.value
        case Matches():
            yield f"# matches /{expected.pattern}/"
        case _:
            return


def _render_value(value: object, typed: Typed | None, world: World) -> str:
    try:
        return write_argument(value, typed, world)
    except Misfit:
        return write_plain(value)


def _render_run(row: RunRow) -> Iterator[str]:
    given = f"  # standard input: {write_plain(row.stdin)}" if row.stdin else ""
    yield f"$ {row.cells[0].strip().strip('`')}{given}"
    for name, expected in (("output", row.stdout), ("error output", row.stderr)):
        if isinstance(expected, Equals):
            yield f"# {name}: {write_plain(expected.value.value)}"
        elif isinstance(expected, Matches):
            yield f"# {name} matches /{expected.pattern}/"
    if row.exit_code is not None:
        yield f"# exit code: {row.exit_code}"
