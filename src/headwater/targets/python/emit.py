"""Emits test files: a parametrised test a requirement, and one function a sequence or session."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.spec.examples import Anything, Call, CallRow, Equals, Name, RunRow, TableKind
from headwater.targets.interface import TestFile
from headwater.targets.python.calls import find_callee, write_arguments, write_expression
from headwater.targets.python.emitted_imports import find_names, write_imports
from headwater.targets.python.expected import write_expected, write_pattern
from headwater.targets.python.frame import Frame, local_variable
from headwater.targets.python.layout import slug, split_ref
from headwater.targets.python.scalars import Misfit, write_text
from headwater.targets.python.scope import World, read_world
from headwater.targets.python.sessions import collect_commands, write_commands, write_line
from headwater.targets.python.written import place_written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from headwater.graph.units import TestUnit, WrittenTest
    from headwater.spec.examples import Matches
    from headwater.spec.model import Component, Place
    from headwater.targets.python.sessions import Commands


@dataclass(frozen=True, kw_only=True, slots=True)
class _TableRow:
    """One row of a parametrised test, its parts as Python."""

    key: str
    function: str
    arguments: str
    expected: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Emitted:
    """One test function's text, and each unit's name inside it."""

    text: str
    names: Mapping[str, str]


def emit_tests(
    path: str,
    *,
    units: Sequence[TestUnit],
    written: Sequence[WrittenTest],
    components: Mapping[str, Component],
) -> TestFile:
    """The test file for these units; see `Target.emit_tests`."""
    world = read_world(components)
    commands = collect_commands(components)
    by_ref: dict[str, list[TestUnit]] = {}
    for unit in units:
        by_ref.setdefault(unit.ref, []).append(unit)
    parts: list[_Emitted] = []
    for ref, group in by_ref.items():
        parts.extend(_emit_group(ref, group, path=path, world=world, commands=commands))
    names = {key: name for part in parts for key, name in part.names.items()}
    placed = place_written(written, world=world, taken=set(_function_names(names.values())))
    names.update(placed.names)
    blocks = [part.text for part in parts]
    if any(unit.kind is TableKind.RUN for unit in units):
        blocks.insert(0, write_commands(commands))
    body = "\n\n\n".join(blocks)
    places = [*(unit.place for unit in units), *(test.place for test in written)]
    sources = sorted({place.path for place in places})
    head = (
        f"# Derived from {', '.join(sources)} by headwater; edit the spec, not this file.\n\n"
        + write_imports(body, path=path, world=world, written=placed)
    )
    text = "\n\n\n".join(part for part in (head.rstrip(), body, placed.text.rstrip()) if part)
    return TestFile(
        path=path,
        text=f"{text}\n",
        tests={key: f"{path}::{name}" for key, name in names.items()},
    )


def name_test(ref: str, *, path: str) -> str:
    """`001/FR-001` → `test_fr_001`; `test_001_fr_001` in the tests of another feature."""
    number, local = split_ref(ref)
    own = PurePosixPath(path).parent.name.partition("_")[0]
    return f"test_{slug(local)}" if number in {"", own} else f"test_{number}_{slug(local)}"


def _emit_group(
    ref: str, units: Sequence[TestUnit], *, path: str, world: World, commands: Commands
) -> Iterable[_Emitted]:
    """The test functions of one requirement: its table first, then what is no table."""
    name = name_test(ref, path=path)
    rows: list[_TableRow] = []
    others: list[_Emitted] = []
    for unit in units:
        row = _read_table_row(unit, world)
        if row is not None:
            rows.append(row)
        else:
            function = f"{name}_{slug(unit.key.rpartition('-')[2])}"
            others.append(_emit_steps(unit, function, world=world, commands=commands))
    table = [_emit_table(ref, name, rows)] if rows else []
    return [*table, *others]


def _read_table_row(unit: TestUnit, world: World) -> _TableRow | None:
    """The unit as a row, where it is one call of one function with plain arguments."""
    row = unit.lone_call
    if row is None:
        return None
    call = row.expression
    if not (isinstance(call, Call) and isinstance(call.function, Name)):
        return None
    frame = _open_frame(unit, world)
    try:
        callee = find_callee(call, frame)
        arguments = write_arguments(call, callee, frame)
        expected = write_expected(
            row.expected, callee.returns, world=world, find_name=frame.find_name
        )
    except Misfit as misfit:
        raise _locate(row, misfit) from None
    inner = ", ".join(arguments)
    if find_names(inner) & world.local_names:  # built inside the test: it runs derived code
        return None
    if call.named:
        inner = f"given({inner})"
    else:
        inner = f"({inner},)" if len(arguments) == 1 else f"({inner})"
    return _TableRow(key=unit.key, function=callee.text, arguments=inner, expected=expected)


def _emit_table(ref: str, name: str, rows: Sequence[_TableRow]) -> _Emitted:
    functions = list(dict.fromkeys(row.function for row in rows))
    single = len(functions) == 1
    parameters = ["arguments", "expected"] if single else ["function", "arguments", "expected"]
    lines = [
        "@pytest.mark.parametrize(",
        f"    ({', '.join(map(write_text, parameters))}),",
        "    [",
        *(f"        {_write_param(row, single=single)}," for row in rows),
        "    ],",
        ")",
        f"def {name}({', '.join(parameters)}):",
        f'    """{split_ref(ref)[1]}."""',
        f"    check_call({functions[0] if single else 'function'}, arguments, expected)",
    ]
    names = {row.key: f"{name}[{_escape(row.key)}]" for row in rows}
    return _Emitted(text="\n".join(lines), names=names)


def _write_param(row: _TableRow, *, single: bool) -> str:
    values = (
        [row.arguments, row.expected] if single else [row.function, row.arguments, row.expected]
    )
    return f"pytest.param({', '.join(values)}, id={write_text(row.key)})"


def _escape(key: str) -> str:
    """A parameter's id as pytest reports it."""
    return key.encode("unicode_escape").decode("ascii")


def _emit_steps(unit: TestUnit, name: str, *, world: World, commands: Commands) -> _Emitted:
    """A unit as a function of its own: its rows as statements, in order."""
    frame = _open_frame(unit, world)
    lines = [f'    """{split_ref(unit.ref)[1]}."""']
    for row in unit.rows:
        try:
            if isinstance(row, RunRow):
                lines.append(f"    {_write_run(row, commands)}")
            else:
                line, frame = _write_step(row, frame)
                lines.append(f"    {line}")
        except Misfit as misfit:
            raise _locate(row, misfit) from None
    fixture = "tmp_path" if unit.kind is TableKind.RUN else ""
    text = "\n".join([f"def {name}({fixture}):", *lines])
    return _Emitted(text=text, names={unit.key: name})


def _write_step(row: CallRow, frame: Frame) -> tuple[str, Frame]:
    written = write_expression(row.expression, frame)
    expected = write_expected(
        row.expected, written.type, world=frame.world, find_name=frame.find_name
    )
    line = f"check(lambda: {written.text}, {expected})"
    if not row.binds:
        return line, frame
    return (
        f"{local_variable(row.binds, frame.world)} = {line}",
        frame.bind(row.binds, written.type),
    )


def _write_run(row: RunRow, commands: Commands) -> str:
    parts = write_line(row, commands)
    for name, expected in (("stdout", row.stdout), ("stderr", row.stderr)):
        if not isinstance(expected, Anything):
            parts.append(f"{name}={_write_output(expected)}")
    if row.exit_code is not None:
        parts.append(f"exit_code={row.exit_code}")
    return f"check_run({', '.join(parts)})"


def _write_output(expected: Equals | Matches) -> str:
    if isinstance(expected, Equals):
        return write_text(str(expected.value.value))
    return f"matching({write_pattern(expected.pattern)})"


def _function_names(names: Iterable[str]) -> Iterable[str]:
    return (name.partition("[")[0] for name in names)


def _open_frame(unit: TestUnit, world: World) -> Frame:
    return Frame(world=world, touches=unit.touches, feature=split_ref(unit.ref)[0])


def _locate(row: CallRow | RunRow, misfit: Misfit) -> HeadwaterError:
    place: Place = row.place
    return HeadwaterError(
        f"{place}: {row.cells[0].strip()}: {misfit}",
        hint="Change the row, or what the interface declares in the plan.",
    )
