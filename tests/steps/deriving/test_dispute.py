"""Disputes: a written test that every candidate fails is written once more, or put to a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.steps.deriving.feature import FeatureResult, derive_feature
from headwater.steps.settings import SearchSettings
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import DOUBLE, Sketch, answer, make_tools
from tests.steps.deriving.builders import VISIBLE, make_feature_work

if TYPE_CHECKING:
    from pathlib import Path

SKETCH = Sketch(
    parts=(replace(DOUBLE, refs=("US1.1",)),),
    scenarios=("**Given** 7, **When** it is doubled, **Then** it is 14.",),
)
WRITE, IMPLEMENT = "write a test for 001/US1.1", "implement 001/C1"
MISTAKEN = "assert double(7) == 15\n"
RIGHT = answer(DOUBLE.code)


def settle(
    tmp_path: Path,
    *tests: str,
    sketch: Sketch = SKETCH,
    settings: SearchSettings = VISIBLE,
    codes: tuple[str, ...] = (RIGHT,) * 9,
) -> tuple[FeatureResult, ScriptedModel]:
    model = ScriptedModel({WRITE: tests, IMPLEMENT: codes})
    work = make_feature_work(tmp_path, sketch, settings=settings)
    return derive_feature(work, tools=make_tools(model, settings=settings)), model


def test_a_wrong_test_is_written_once_more_and_the_candidates_judged_again(tmp_path: Path) -> None:
    result, model = settle(tmp_path, MISTAKEN, "assert double(7) == 14\n")
    assert result.shortfalls == ()
    (written,) = result.suite.written
    assert "== 14" in written.code
    assert len(result.results) == 3
    purposes = [request.purpose for request in model.requests]
    assert purposes == [WRITE, IMPLEMENT, IMPLEMENT, IMPLEMENT, WRITE]
    assert result.usage.calls == 5


def test_whoever_writes_it_again_has_not_seen_the_code(tmp_path: Path) -> None:
    _, model = settle(tmp_path, MISTAKEN, "assert double(7) == 14\n")
    again = model.requests[-1]
    assert "return 2 * n" not in again.prompt
    assert "15" not in again.prompt
    assert again.temperature > 0
    assert again.seed != model.requests[0].seed


def test_when_they_still_disagree_a_person_is_asked(tmp_path: Path) -> None:
    result, _ = settle(tmp_path, MISTAKEN, "assert double(7) == 16\n")
    (shortfall,) = result.shortfalls
    assert shortfall.about == "001/C1"
    assert shortfall.message.startswith("specs/001-sums/spec.md:7")
    assert "is this what 001/US1.1 means?" in shortfall.message
    assert "assert double(7) == 15" in shortfall.message
    assert "assert double(7) == 16" in shortfall.message
    assert "example table" in shortfall.hint
    assert result.derived == {}


def test_a_test_that_cannot_be_written_again_leaves_the_question_open(tmp_path: Path) -> None:
    result, _ = settle(
        tmp_path,
        MISTAKEN,
        "assert True\n",
        settings=replace(VISIBLE, written_attempts=1),
    )
    (shortfall,) = result.shortfalls
    assert "could not be written anew" in shortfall.message


def test_candidates_that_fail_an_example_have_no_say(tmp_path: Path) -> None:
    """Two that pass the examples are too few to dispute before the attempts are spent."""
    wrong = answer("def double(n: int) -> int:\n    return n + 1\n")
    broken = answer("def double(:")
    result, model = settle(
        tmp_path,
        MISTAKEN,
        "assert double(7) == 14\n",
        settings=replace(VISIBLE, attempts=4),
        codes=(wrong, broken, RIGHT, RIGHT),
    )
    assert result.shortfalls == ()
    assert result.derived["001/C1"].code.endswith(DOUBLE.code)
    assert [request.purpose for request in model.requests].count(IMPLEMENT) == 4


def test_a_dispute_is_settled_with_held_out_tests_too(tmp_path: Path) -> None:
    """The candidate must pass every example, seen and unseen, besides the new test."""
    rows = tuple((f"double({n})", str(2 * n)) for n in range(1, 7))
    sketch = Sketch(parts=(replace(SKETCH.parts[0], rows=rows),), scenarios=SKETCH.scenarios)
    result, _ = settle(
        tmp_path,
        MISTAKEN,
        "assert double(7) == 14\n",
        sketch=sketch,
        settings=SearchSettings(),
    )
    assert result.suite.held_out
    assert result.shortfalls == ()


def test_a_candidate_that_fails_held_out_tests_settles_nothing(tmp_path: Path) -> None:
    rows = tuple((f"double({n})", str(2 * n)) for n in range(1, 7))
    sketch = Sketch(parts=(replace(SKETCH.parts[0], rows=rows),), scenarios=SKETCH.scenarios)
    settings = SearchSettings()
    work = make_feature_work(tmp_path, sketch, settings=settings)
    (hidden,) = work.suite.held_out
    (n,) = [
        unit.rows[0].cells[0].strip("`")[len("double(") : -1]
        for unit in work.suite.units
        if unit.key == hidden
    ]
    cheat = answer(f"def double(n: int) -> int:\n    return 0 if n == {n} else 2 * n\n")
    result, _ = settle(
        tmp_path,
        MISTAKEN,
        "assert double(7) == 14\n",
        sketch=sketch,
        settings=settings,
        codes=(cheat,) * 9,
    )
    assert [shortfall.about for shortfall in result.shortfalls] == ["001/C1"]
