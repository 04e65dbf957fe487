"""Probes: tests that tell what calls come to, and how that is written in an example's result."""

from __future__ import annotations

import builtins
import json
from typing import TYPE_CHECKING

from headwater.spec.write_expression import write_value
from headwater.targets.interface import TestFile
from headwater.targets.outcome import Outcome
from headwater.targets.python.calls import write_expression
from headwater.targets.python.emitted_imports import write_imports
from headwater.targets.python.expected import read_error
from headwater.targets.python.frame import Frame
from headwater.targets.python.layout import split_ref
from headwater.targets.python.scalars import Misfit
from headwater.targets.python.scope import read_world
from headwater.targets.python.support import emit_probing
from headwater.targets.python.written import Placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from headwater.graph.units import TestUnit
    from headwater.spec.model import Component
    from headwater.targets.interface import TestResult
    from headwater.targets.python.scope import World

# What goes wrong in code by accident: no behaviour that a specification should hold to.
_ACCIDENTS = frozenset(
    {
        *("AssertionError", "AttributeError", "ImportError", "MemoryError", "NameError"),
        *("RecursionError", "SyntaxError", "TypeError", "UnboundLocalError", "ZeroDivisionError"),
        *("Exception", "BaseException", "SystemExit"),
    }
)


def emit_probes(
    path: str, *, units: Sequence[TestUnit], components: Mapping[str, Component]
) -> TestFile:
    """The file of probes; see `Target.emit_probes`."""
    world = read_world(components)
    lines: list[str] = []
    tests: dict[str, str] = {}
    for number, (key, call) in enumerate(_write_calls(units, world)):
        lines.append(f"def test_{number}():\n    tell(lambda: {call})")
        tests[key] = f"{path}::test_{number}"
    body = "\n\n\n".join(lines)
    unwritten = Placed(text="", names={}, imports={})
    head = write_imports(body, path=path, world=world, written=unwritten)
    folder = path.rpartition("/")[0]
    return TestFile(path=path, text=f"{emit_probing(folder)}\n\n{head}\n\n\n{body}\n", tests=tests)


def read_outcome(result: TestResult, *, named: Iterable[str]) -> Outcome:
    """What a probe told; see `Target.read_outcome`."""
    try:
        told = json.loads(result.message)
    except ValueError:
        told = None
    match told:
        case {"said": str(said), "value": value}:
            return Outcome(value=write_value(value), said=said)
        case {"said": str(said), "errors": list(names)}:
            return _name_error([str(name) for name in names], frozenset(named), said=said)
        case {"said": str(said)}:
            return Outcome(said=said)
    ending = result.message or "it did not come to an end"
    return Outcome(accident=ending, said=ending)


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


def _write_calls(units: Sequence[TestUnit], world: World) -> Iterator[tuple[str, str]]:
    """Each unit's key and its call; one whose values do not fit the declared types is left out."""
    for unit in units:
        row = unit.lone_call
        assert row is not None, "sequences and commands are no probes"
        frame = Frame(world=world, touches=unit.touches, feature=split_ref(unit.ref)[0])
        try:
            yield unit.key, write_expression(row.expression, frame).text
        except Misfit:
            continue
