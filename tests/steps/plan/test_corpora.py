"""Public exercises as specs: a plan that fits every row comes out, even of useless answers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from bench.exercism import list_slugs, read_exercise
from tests.steps.plan.builders import draft, write_spec

if TYPE_CHECKING:
    from pathlib import Path

    from bench.exercism import Case, Exercise


def test_every_exercise_gets_a_plan_that_fits_all_of_its_rows(data_folder: Path) -> None:
    """Its types are those that the bench infers from the same cases in a way of its own."""
    folder = data_folder / "exercism"
    slugs = list_slugs(folder)
    assert len(slugs) > 30
    for slug in slugs:
        exercise = read_exercise(folder / slug)
        drafted = draft(write_exercise_spec(exercise))
        assert (slug, drafted.trial.problems, drafted.trial.misfits) == (slug, (), ())
        for function in exercise.functions:
            types = [rf"\w+: {re.escape(one.type)}" for one in function.parameters]
            signature = rf"def {function.name}\({', '.join(types)}\) -> "
            assert re.search(signature + re.escape(f"{function.returns}: ..."), drafted.text), slug


def write_exercise_spec(exercise: Exercise) -> str:
    """Its cases as one Call table a function, with arguments in the order of the parameters."""
    cases = (*exercise.given, *exercise.judged)
    requirements = []
    for function in exercise.functions:
        names = [parameter.name for parameter in function.parameters]
        rows = [_write_row(case, names) for case in cases if case.function == function.name]
        requirements.append("\n".join([f"It MUST be as `{function.name}` says.", *rows]))
    return write_spec(*requirements)


def _write_row(case: Case, names: list[str]) -> str:
    given = [json.dumps(case.arguments[name]) for name in names if name in case.arguments]
    result = "raises `ValueError`" if case.fails else f"`{json.dumps(case.expected)}`"
    call = f"{case.function}({', '.join(given)})".replace("|", r"\|")
    return f"`{call}` | {result}"
