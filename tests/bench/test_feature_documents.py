from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.exercism import Case, Exercise, Function, Parameter, list_slugs, read_exercise
from bench.feature_documents import write_documents, write_signature
from headwater.operations.standing.reading import read_repository
from headwater.spec.examples import Approximately, Call, CallRow, Equals, Literal, Raises
from headwater.steps.deriving.suites import Suite
from headwater.wiring import list_targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.operations.standing.reading import Reading

ANY = Parameter(name="value", type="object", optional=False)
MORE = Parameter(name="more", type="int | None", optional=True)
LEVEL = Parameter(name="level", type="int | None", optional=True)
ECHO = Function(name="echo", parameters=(ANY, MORE, LEVEL), returns="object")
EXERCISE = Exercise(slug="two-words", description="Text.", functions=(ECHO,), given=(), judged=())

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab|`", max_size=2), inner),
    max_leaves=5,
)


def make_call(expected: object, *, fails: bool = False, **arguments: object) -> Case:
    return Case(function="echo", arguments=arguments, expected=expected, fails=fails)


def read_back(exercise: Exercise, cases: Sequence[Case]) -> Reading:
    """The documents of an exercise as Headwater reads them."""
    with TemporaryDirectory() as name:
        for path, text in write_documents(exercise, cases).items():
            place = Path(name, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode())
        return read_repository(Path(name), targets=list_targets())


def read_rows(exercise: Exercise, cases: Sequence[Case]) -> list[CallRow]:
    reading = read_back(exercise, cases)
    assert reading.problems == ()
    rows = [unit.rows[0] for unit in reading.load_units("001")]
    return [row for row in rows if isinstance(row, CallRow)]


@given(value=JSON, expected=JSON)
def test_any_value_comes_back_as_it_was(value: object, expected: object) -> None:
    (row,) = read_rows(EXERCISE, [make_call(expected, value=value)])
    assert isinstance(row.expression, Call)
    (argument,) = row.expression.arguments
    assert isinstance(argument, Literal)
    assert isinstance(row.expected, Equals)
    assert (argument.value, row.expected.value.value) == (value, expected)


@pytest.mark.parametrize("text", ["\\|", "a|b`c", "<!-- x -->", "\\", "| --- |", "`` ` ``", "\x00"])
def test_awkward_texts_come_back_as_they_were(text: str) -> None:
    (row,) = read_rows(EXERCISE, [make_call(text, value=1)])
    assert isinstance(row.expected, Equals)
    assert row.expected.value.value == text


def test_what_is_expected_has_its_own_form() -> None:
    cases = [
        make_call({"error": "no"}, value=1, fails=True),
        make_call(31.69, value=2),
        make_call(0.00001, value=3),
        make_call(2.0, value=4),
    ]
    expected = [row.expected for row in read_rows(EXERCISE, cases)]
    assert isinstance(expected[0], Raises)
    assert isinstance(expected[1], Approximately)
    assert (expected[1].value, expected[1].tolerance) == ("31.69", "0.005")
    assert isinstance(expected[2], Approximately)
    assert expected[2].value == "0.00001"
    assert isinstance(expected[3], Equals)


def test_calls_of_one_function_may_differ_in_their_arguments() -> None:
    cases = [make_call(1, value=1), make_call(1, value=1, more=2), make_call(1, level=3, value=1)]
    calls = [row.expression for row in read_rows(EXERCISE, cases)]
    assert write_signature(ECHO) == (
        "def echo(value: object, more: int | None = None, level: int | None = None) -> object"
    )
    shapes = []
    for call in calls:
        assert isinstance(call, Call)
        shapes.append((len(call.arguments), [name for name, _ in call.named]))
    assert shapes == [(1, []), (2, []), (0, ["value", "level"])]


@pytest.mark.parametrize(
    "description",
    [
        "# A heading\n\n## FR-002\n\nText.",
        "- a list\n- first",
        "```text\n| Call | Result |\n| --- | --- |\n```",
        "| Call | Result |\n| --- | --- |\n| `echo(1)` | `2` |",
        "Text.\n\n| Run | Exit |\n| --- | --- |\n| `x` | 0 |\n\nMore.",
        "Text.\n\n    code\n\n1. one\n   ```\n   x\n   ```\n2. two",
        "Open:\n\n```\nnever closed",
    ],
)
def test_no_description_breaks_the_document(description: str) -> None:
    exercise = replace(EXERCISE, description=description)
    assert len(read_rows(exercise, [make_call(1, value=1), make_call(2, value=2)])) == 2


def test_every_exercise_is_read_without_a_problem(data_folder: Path) -> None:
    """Given and judged cases alike make one test each, and every test can be emitted."""
    target = list_targets()["python"]
    slugs = list_slugs(data_folder / "exercism")
    assert slugs
    for slug in slugs:
        exercise = read_exercise(data_folder / "exercism" / slug)
        for cases in (exercise.given, exercise.judged):
            reading = read_back(exercise, cases)
            assert (slug, reading.problems) == (slug, ())
            suite = Suite(
                feature=f"001-{slug}",
                units=reading.load_units("001"),
                written=(),
                held_out=frozenset(),
                components=reading.load_components(reading.index.components),
            )
            (file,) = suite.select(target, lambda _: True)
            assert len(file.tests) == len(cases)
