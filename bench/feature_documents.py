"""Writes an exercise as a feature: `spec.md` with prose and example rows, and `plan.md`."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

from bench.plain_markdown import flatten_markdown, opens_with_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.exercism import Case, Exercise, Function

NUMBER = "001"


def write_documents(exercise: Exercise, cases: Sequence[Case]) -> Mapping[str, str]:
    """The feature's documents, path to text, with `cases` as its rows."""
    folder = f"specs/{NUMBER}-{exercise.slug}"
    return {
        f"{folder}/spec.md": _write_spec(exercise, cases),
        f"{folder}/plan.md": _write_plan(exercise),
    }


def write_signature(function: Function) -> str:
    """`def convert(number: int) -> str`."""
    parameters = ", ".join(
        f"{item.name}: {item.type}{' = None' if item.optional else ''}"
        for item in function.parameters
    )
    return f"def {function.name}({parameters}) -> {function.returns}"


def place_arguments(case: Case, function: Function) -> list[tuple[str, object]]:
    """The arguments of a call in order; the name is empty where the position says it."""
    names = [item.name for item in function.parameters if item.name in case.arguments]
    positional = names == [item.name for item in function.parameters[: len(names)]]
    return [("" if positional else name, case.arguments[name]) for name in names]


def _write_spec(exercise: Exercise, cases: Sequence[Case]) -> str:
    prose = flatten_markdown(exercise.description)
    if not opens_with_text(prose):
        prose = f"{_title(exercise)}:\n\n{prose}"
    rows = [_write_row(case, exercise) for case in cases]
    lines = [*prose.split("\n"), "", "| Call | Result |", "| --- | --- |", *rows]
    item = "\n".join(f"  {line}".rstrip() for line in lines)[2:]
    return (
        f"# Feature Specification: {_title(exercise)}\n\n## Requirements\n\n"
        f"### Functional Requirements\n\n- **FR-001**: {item}\n"
    )


def _write_plan(exercise: Exercise) -> str:
    module = exercise.slug.replace("-", "_")
    interface = "\n\n\n".join(f"{write_signature(item)}: ..." for item in exercise.functions)
    return (
        f"# Implementation Plan: {_title(exercise)}\n\n"
        "## Technical Context\n\n**Target**: python\n\n"
        f"## Components\n\n### C1: {module}\n\n"
        f"**File**: `src/exercise/{module}.py`\n"
        "**Implements**: FR-001\n"
        "**Depends on**: none\n\n"
        f"**Interface**:\n\n```python\n{interface}\n```\n"
    )


def _title(exercise: Exercise) -> str:
    return exercise.slug.replace("-", " ").title()


def _write_row(case: Case, exercise: Exercise) -> str:
    function = next(item for item in exercise.functions if item.name == case.function)
    arguments = ", ".join(
        f"{name}={_write_json(value)}" if name else _write_json(value)
        for name, value in place_arguments(case, function)
    )
    call = f"`{case.function}({arguments})`"
    return f"| {_escape(call)} | {_escape(_write_result(case))} |"


def _write_result(case: Case) -> str:
    if case.fails:
        message = f" `{_write_json(case.message)}`" if case.message else ""
        return f"raises `ValueError`{message}"
    if isinstance(case.expected, float) and not case.expected.is_integer():
        return f"≈ `{Decimal(repr(case.expected)):f}`"
    return f"`{_write_json(case.expected)}`"


def _write_json(value: object) -> str:
    """JSON on one line, with escapes for what nobody can see and for back-ticks."""
    text = json.dumps(value, ensure_ascii=False)
    return "".join(_write_character(character) for character in text)


def _write_character(character: str) -> str:
    if character == "`":
        return "\\u0060"
    return character if character.isprintable() else json.dumps(character)[1:-1]


def _escape(cell: str) -> str:
    return cell.replace("|", "\\|")
