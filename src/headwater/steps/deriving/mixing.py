"""Function by function: a module made of the functions that each did best in some candidate.

Costs no model call, only a test run. A candidate for three functions that gets one wrong is no
loss where another gets just that one right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.spec.examples import ArrayOf, Attribute, Call, CallRow, Name, ObjectOf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.graph.units import TestUnit
    from headwater.spec.examples import Expression
    from headwater.steps.deriving.judge import Judgement
    from headwater.targets.interface import Target


def mix_candidates(
    judgements: Sequence[Judgement],
    *,
    units: Sequence[TestUnit],
    functions: Sequence[str],
    target: Target,
) -> str:
    """The best candidate with every function replaced that did better elsewhere.

    Args:
        judgements: the candidates, in order.
        units: the visible examples.
        functions: the names that the interface declares as functions.
        target: the language.

    Returns:
        Code that is none of the candidates', or empty when there is nothing to mix.
    """
    sound = [judgement for judgement in judgements if not judgement.problems]
    tests = {name: _tests_of(name, units) for name in functions}
    if len(functions) < 2 or len(sound) < 2:
        return ""
    base = max(sound, key=lambda judgement: judgement.rank)
    code = base.code
    for name, keys in tests.items():
        best = max(sound, key=lambda judgement: len(judgement.passed & keys))
        if len(best.passed & keys) > len(base.passed & keys):
            code = target.take_functions(code, donor=best.code, names=(name,))
    return "" if code in {judgement.code for judgement in judgements} else code


def _tests_of(function: str, units: Sequence[TestUnit]) -> frozenset[str]:
    """Keys of the examples that call this function and no other."""
    return frozenset(unit.key for unit in units if _called(unit) == {function})


def _called(unit: TestUnit) -> set[str]:
    rows = [row for row in unit.rows if isinstance(row, CallRow)]
    return {name for row in rows for name in _walk(row.expression)}


def _walk(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Call):
        if isinstance(expression.function, Name):
            yield expression.function.name
        for argument in (*expression.arguments, *(value for _, value in expression.named)):
            yield from _walk(argument)
    elif isinstance(expression, ArrayOf):
        for item in expression.items:
            yield from _walk(item)
    elif isinstance(expression, ObjectOf):
        for _, value in expression.items:
            yield from _walk(value)
    elif isinstance(expression, Attribute):
        yield from _walk(expression.of)
