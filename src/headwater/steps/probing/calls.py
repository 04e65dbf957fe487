"""Texts read as probes: calls that can be tried, with what they touch."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from headwater.graph.resolve import resolve_row
from headwater.graph.units import wrap_row
from headwater.spec.cell_error import CellError
from headwater.spec.examples import Anything, Attribute, Call, CallRow, Name, RunRow
from headwater.spec.model import Place, Severity, Span
from headwater.spec.read_expression import read_call
from headwater.steps.probing.stories import describe_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.graph.scope import Scope
    from headwater.graph.units import TestUnit
    from headwater.spec.examples import Expression, Row

_NOWHERE = Place(path="a probe", line=1)
_SPAN = Span(start=0, end=0)


def read_probes(
    given: Iterable[str | RunRow], *, scope: Scope, feature: str
) -> tuple[TestUnit, ...]:
    """Texts and commands as probes; what is no call, or uses a name wrongly, is left out.

    Args:
        given: calls, as an example has them, and rows that run a command.
        scope: the names that it may use.
        feature: the number of the feature.
    """
    rows = [_read_call(one) if isinstance(one, str) else one for one in given]
    probes = {describe_row(row): row for row in rows if row is not None}
    made = (_make_probe(row, scope=scope, feature=feature) for row in probes.values())
    return tuple(probe for probe in made if probe is not None)


def make_run(words: tuple[str, ...], *, stdin: str = "") -> RunRow:
    """A row that runs a command and looks at nothing that it does."""
    return RunRow(
        cells=(shlex.join(words),),
        words=words,
        stdin=stdin,
        stdout=Anything(),
        stderr=Anything(),
        exit_code=None,
        span=_SPAN,
        place=_NOWHERE,
    )


def find_function(call: Expression) -> str:
    """The name of the function or type that a call begins with; empty where there is none."""
    match call:
        case Call(function=Name(name=name)):
            return name
        case Call(function=Attribute(of=of)) | Attribute(of=of):
            return find_function(of)
        case _:
            return ""


def _read_call(text: str) -> CallRow | None:
    """A call by itself; None for other texts."""
    try:
        binds, expression = read_call(text)
    except CellError:
        return None
    if binds:
        return None
    return CallRow(
        cells=(text, "—"),
        expression=expression,
        expected=Anything(),
        binds="",
        span=_SPAN,
        place=_NOWHERE,
    )


def _make_probe(row: Row, *, scope: Scope, feature: str) -> TestUnit | None:
    found = resolve_row(row, scope=scope)
    wrong = any(problem.severity is Severity.ERROR for problem in found.problems)
    if wrong or not any(found.touches.values()):
        return None
    return wrap_row(
        row, key=describe_row(row), ref=f"{feature}/FR-000", touches=tuple(found.touches)
    )
