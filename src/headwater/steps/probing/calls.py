"""Calls to try: those of the examples with one value changed, and texts read as calls."""

from __future__ import annotations

from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING

from headwater.graph.resolve import resolve_calls
from headwater.graph.units import TestUnit
from headwater.spec.cell_error import CellError
from headwater.spec.examples import (
    Anything,
    ArrayOf,
    Attribute,
    Call,
    CallRow,
    Literal,
    Name,
    ObjectOf,
    TableKind,
)
from headwater.spec.model import Place, Severity, Span
from headwater.spec.read_expression import read_call
from headwater.steps.probing.values import vary_value, write_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from headwater.graph.scope import Scope
    from headwater.spec.examples import Expression
    from headwater.steps.probing.values import Pool

_NOWHERE = Place(path="a probe", line=1)


def vary_calls(rows: Iterable[CallRow], *, pool: Pool, most: int) -> tuple[str, ...]:
    """Calls like those of independent rows, each with one value changed; at most so many.

    Rows take turns, so that a bound leaves something of each.

    Args:
        rows: single calls; those that bind names, or use bound ones, are no use here.
        pool: values that the difference is likely to be about.
        most: how many.
    """
    present = dict.fromkeys(write_expression(row.expression) for row in rows)
    varied = [_vary(read_call(text)[1], pool) for text in present]
    turns = chain.from_iterable(zip_longest(*varied, fillvalue=""))
    fresh = dict.fromkeys(text for text in turns if text and text not in present)
    return tuple(islice(fresh, most))


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


def write_expression(expression: Expression) -> str:
    """An expression as the cell of an example has it."""
    match expression:
        case Literal(text=text):
            return text
        case Name(name=name):
            return name
        case Attribute(of=of, name=name):
            return f"{write_expression(of)}.{name}"
        case ArrayOf(items=items):
            return f"[{', '.join(map(write_expression, items))}]"
        case ObjectOf(items=pairs):
            return _write_object([(key, write_expression(item)) for key, item in pairs])
        case Call(arguments=arguments):
            return _write_call(
                expression,
                [write_expression(item) for item in arguments],
                [write_expression(item) for _, item in expression.named],
            )


def _vary(expression: Expression, pool: Pool) -> Iterator[str]:
    """The expression as text, each time with another value in the place of one."""
    match expression:
        case Literal(value=value):
            yield from map(write_json, vary_value(value, pool=pool))
        case Attribute(of=of, name=name):
            yield from (f"{text}.{name}" for text in _vary(of, pool))
        case ArrayOf(items=items):
            yield from (f"[{', '.join(texts)}]" for texts in _vary_one(items, pool))
        case ObjectOf(items=pairs):
            keys = [key for key, _ in pairs]
            for texts in _vary_one([item for _, item in pairs], pool):
                yield _write_object(list(zip(keys, texts, strict=True)))
        case Call(arguments=arguments, named=named):
            count = len(arguments)
            for texts in _vary_one([*arguments, *(item for _, item in named)], pool):
                yield _write_call(expression, texts[:count], texts[count:])


def _vary_one(items: Sequence[Expression], pool: Pool) -> Iterator[list[str]]:
    texts = [write_expression(item) for item in items]
    for number, item in enumerate(items):
        for other in _vary(item, pool):
            yield [*texts[:number], other, *texts[number + 1 :]]


def _write_call(call: Call, arguments: Sequence[str], named: Sequence[str]) -> str:
    function = write_expression(call.function)
    prefix = f"{call.component}." if call.component else ""
    pairs = (f"{name}={text}" for (name, _), text in zip(call.named, named, strict=True))
    return f"{prefix}{function}({', '.join((*arguments, *pairs))})"


def _write_object(pairs: Sequence[tuple[str, str]]) -> str:
    return f"{{{', '.join(f'{write_json(key)}: {text}' for key, text in pairs)}}}"


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
