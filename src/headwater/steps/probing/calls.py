"""Texts read as probes: calls that can be tried, with what they touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.resolve import resolve_calls
from headwater.graph.units import TestUnit
from headwater.spec.cell_error import CellError
from headwater.spec.examples import Anything, Attribute, Call, CallRow, Name, TableKind
from headwater.spec.model import Place, Severity, Span
from headwater.spec.read_expression import read_call

if TYPE_CHECKING:
    from collections.abc import Iterable

    from headwater.graph.scope import Scope
    from headwater.spec.examples import Expression

_NOWHERE = Place(path="a probe", line=1)


def read_probes(texts: Iterable[str], *, scope: Scope, feature: str) -> tuple[TestUnit, ...]:
    """Texts as probes; those that are no call, or use a name or argument wrongly, are left out.

    Args:
        texts: each a call, as an example has it; it is the probe's key, too.
        scope: the names that it may use.
        feature: the number of the feature.
    """
    probes = (_read_probe(text, scope=scope, feature=feature) for text in dict.fromkeys(texts))
    return tuple(probe for probe in probes if probe is not None)


def find_function(call: Expression) -> str:
    """The name of the function or type that a call begins with; empty where there is none."""
    match call:
        case Call(function=Name(name=name)):
            return name
        case Call(function=Attribute(of=of)) | Attribute(of=of):
            return find_function(of)
        case _:
            return ""


def _read_probe(text: str, *, scope: Scope, feature: str) -> TestUnit | None:
    try:
        binds, expression = read_call(text)
    except CellError:
        return None
    row = CallRow(
        cells=(text, "—"),
        expression=expression,
        expected=Anything(),
        binds=binds,
        span=Span(start=0, end=0),
        place=_NOWHERE,
    )
    found = resolve_calls([row], scope=scope)
    wrong = any(problem.severity is Severity.ERROR for problem in found.problems)
    if binds or wrong or not any(found.touches.values()):
        return None
    return TestUnit(
        key=text,
        ref=f"{feature}/FR-000",
        kind=TableKind.CALL,
        rows=(row,),
        digest="",
        touches=tuple(found.touches),
        owner="",
        exempt=False,
        place=_NOWHERE,
    )
