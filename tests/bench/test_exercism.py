from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.exercism import (
    TUNING,
    Parameter,
    find_exercises,
    list_slugs,
    read_exercise,
)
from headwater.errors import HeadwaterError, UsageError
from tests.bench.exercises import HALVES, make_case, write_exercise

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCES = Path(__file__).resolve().parents[2] / "src"


def test_every_third_case_is_the_judges(tmp_path: Path) -> None:
    exercise = read_exercise(write_exercise(tmp_path, "halves", HALVES))
    assert [case.arguments["value"] for case in exercise.given] == [0, 2, 6, 8, 12, 1]
    assert [case.arguments["value"] for case in exercise.judged] == [4, 10, 3]


def test_an_expected_error_is_a_failing_case(tmp_path: Path) -> None:
    exercise = read_exercise(write_exercise(tmp_path, "halves", HALVES))
    assert [case.fails for case in exercise.judged] == [False, False, True]


def test_superseded_and_repeated_cases_are_dropped(tmp_path: Path) -> None:
    cases = [
        make_case("old", {"value": 7}, 3),
        {"cases": [make_case("new", {"value": 7}, {"error": "odd"}, reimplements="old")]},
        make_case("two", {"value": 2}, 1),
        make_case("again", {"value": 2}, 1),
        make_case("four", {"value": 4}, 2),
    ]
    exercise = read_exercise(write_exercise(tmp_path, "halves", cases))
    values = [case.arguments["value"] for case in (*exercise.given, *exercise.judged)]
    assert values == [7, 2, 4]
    assert exercise.given[0].fails


def test_signatures_take_in_every_case(tmp_path: Path) -> None:
    """The judge's cases count too: their types and parameters must be callable."""
    cases = [
        make_case("a", {"isValidURL": "x", "class": 1}, None),
        make_case("b", {"isValidURL": "y", "class": 2}, {"error": "no"}),
        make_case("c", {"isValidURL": "z", "class": 0.5, "shiftKey": [1]}, [[1], []]),
    ]
    (function,) = read_exercise(write_exercise(tmp_path, "any", cases)).functions
    assert function.name == "halve_it"
    assert function.parameters == (
        Parameter(name="is_valid_url", type="str", optional=False),
        Parameter(name="class_", type="float", optional=False),
        Parameter(name="shift_key", type="list[int] | None", optional=True),
    )
    assert function.returns == "list[list[int]] | None"


@pytest.mark.parametrize(
    ("cases", "message"),
    [
        (HALVES[:2], "at least 3 cases, found 2"),
        ([{"uuid": "x", "property": "halve"}], "this is no exercise: 'input'"),
        ([make_case("x", [1], 1)], "the input of x is no object"),
        ("none", "this is no exercise"),
    ],
)
def test_what_is_no_exercise_is_refused(
    cases: Sequence[object], message: str, tmp_path: Path
) -> None:
    folder = write_exercise(tmp_path, "broken", cases)
    with pytest.raises(HeadwaterError, match=re.escape(message)):
        read_exercise(folder)


@pytest.mark.parametrize("named", ["", "nowhere"])
def test_the_data_folder_must_be_named(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADWATER_DATA", str(tmp_path / named) if named else "")
    with pytest.raises(UsageError, match="HEADWATER_DATA"):
        find_exercises()


def test_tuning_exercises_are_drawn_by_their_names(data_folder: Path) -> None:
    """Nobody chose them: they are the first by the sha256 of their names."""
    slugs = list_slugs(data_folder / "exercism")
    drawn = sorted(slugs, key=lambda slug: sha256(slug.encode()).hexdigest())
    assert tuple(drawn[: len(TUNING)]) == TUNING


def test_no_exercise_is_named_in_the_sources(data_folder: Path) -> None:
    """Nothing in the package may know what it will be measured on."""
    slugs = list_slugs(data_folder / "exercism")
    names = "|".join(re.escape(slug).replace(r"\-", "[-_]?") for slug in slugs)
    pattern = re.compile(rf"(?i)(?<![a-z])({names})(?![a-z])")
    assert pattern.search(f"def {slugs[0]}(")
    found = [
        f"{path.name}: {match[1]}"
        for path in sorted(SOURCES.rglob("*"))
        if path.suffix in {".py", ".md"}
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
