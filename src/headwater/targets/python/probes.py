"""Probes: tests that tell what calls and commands come to, and how an example writes that."""

from __future__ import annotations

import builtins
import json
import re
from typing import TYPE_CHECKING

from headwater.spec.examples import RunRow, TableKind
from headwater.spec.write_expression import write_value
from headwater.targets.interface import TestFile
from headwater.targets.outcome import Outcome, Printed
from headwater.targets.python.calls import write_expression
from headwater.targets.python.emitted_imports import write_imports
from headwater.targets.python.expected import read_error
from headwater.targets.python.frame import Frame, local_variable
from headwater.targets.python.layout import split_ref
from headwater.targets.python.scalars import Misfit
from headwater.targets.python.scope import read_world
from headwater.targets.python.sessions import collect_commands, write_commands, write_line
from headwater.targets.python.support import emit_probing
from headwater.targets.python.written import Placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from headwater.graph.units import TestUnit
    from headwater.spec.model import Component
    from headwater.targets.interface import TestResult
    from headwater.targets.python.scope import World
    from headwater.targets.python.sessions import Commands

# What goes wrong in code by accident: no behaviour that a specification should hold to.
_ACCIDENTS = frozenset(
    {
        *("AssertionError", "AttributeError", "ImportError", "MemoryError", "NameError"),
        *("RecursionError", "SyntaxError", "TypeError", "UnboundLocalError", "ZeroDivisionError"),
        *("Exception", "BaseException", "SystemExit"),
    }
)

_TRACEBACK = re.compile(
    r"^Traceback \(most recent call last\):$.*^(?P<line>(?P<error>\w[\w.]*).*)$", re.M | re.S
)


def emit_probes(
    path: str, *, units: Sequence[TestUnit], components: Mapping[str, Component]
) -> TestFile:
    """The file of probes; see `Target.emit_probes`."""
    world = read_world(components)
    lines: list[str] = []
    tests: dict[str, str] = {}
    commands = collect_commands(components)
    for number, (unit, steps) in enumerate(_write_probes(units, world, commands)):
        body = "\n    ".join(["probe = Probe()", *steps, "probe.end()"])
        # A runner gives a test with a folder the time that commands need.
        fixture = "tmp_path" if unit.kind is TableKind.RUN else ""
        lines.append(f"def test_{number}({fixture}):\n    {body}")
        tests[unit.key] = f"{path}::test_{number}"
    body = "\n\n\n".join([write_commands(commands), *lines])
    unwritten = Placed(text="", names={}, imports={})
    head = write_imports(body, path=path, world=world, written=unwritten)
    folder = path.rpartition("/")[0]
    return TestFile(path=path, text=f"{emit_probing(folder)}\n\n{head}\n\n\n{body}\n", tests=tests)


def read_outcomes(result: TestResult, *, named: Iterable[str]) -> tuple[Outcome, ...]:
    """What a probe told; see `Target.read_outcomes`."""
    try:
        told = json.loads(result.message)
    except ValueError:
        told = None
    if not isinstance(told, list):
        ending = result.message or "it did not come to an end"
        return (Outcome(accident=ending, said=ending),)
    return tuple(_read_step(step, frozenset(named)) for step in told)


def _read_step(step: object, named: frozenset[str]) -> Outcome:
    match step:
        case {"said": str(said), "value": value}:
            return Outcome(value=write_value(value), said=said)
        case {"said": str(said), "errors": list(names)}:
            return _name_error([str(name) for name in names], named, said=said)
        case {
            "said": str(said),
            "stdout": str(stdout),
            "stderr": str(stderr),
            "exit": int(code),
        }:
            crash = _TRACEBACK.search(stderr) if code else None
            if crash:
                ended = f"ended in {crash['line'].strip()}, and exited with {code}"
                return Outcome(accident=crash["error"], said=ended)
            printed = Printed(stdout=stdout, stderr=stderr, exit_code=code)
            return Outcome(printed=printed, said=said)
        case {"said": str(said)}:
            return Outcome(said=said)
        case _:
            return Outcome(accident="it told nothing", said="it told nothing")


def _name_error(names: Sequence[str], named: frozenset[str], *, said: str) -> Outcome:
    """The first of an error and what it derives from that a row can name in every language."""
    for name in names:
        if name in named:
            return Outcome(error=name, said=said)
        if name in _ACCIDENTS:
            return Outcome(accident=names[0], said=said)
        if neutral := read_error(name):
            return Outcome(error=neutral, said=said)
        if hasattr(builtins, name):
            return Outcome(error=name, said=said)
    return Outcome(said=said)


def _write_probes(
    units: Sequence[TestUnit], world: World, commands: Commands
) -> Iterator[tuple[TestUnit, list[str]]]:
    """Each unit and its steps; one whose values do not fit the declared types is left out."""
    for unit in units:
        try:
            yield unit, list(_write_steps(unit, world, commands))
        except Misfit:
            continue


def _write_steps(unit: TestUnit, world: World, commands: Commands) -> Iterator[str]:
    frame = Frame(world=world, touches=unit.touches, feature=split_ref(unit.ref)[0])
    for row in unit.rows:
        if isinstance(row, RunRow):
            yield f"probe.run({', '.join(write_line(row, commands))})"
            continue
        written = write_expression(row.expression, frame)
        step = f"probe.take(lambda: {written.text})"
        if row.binds:
            step = f"{local_variable(row.binds, world)} = {step}"
            frame = frame.bind(row.binds, written.type)
        yield step
