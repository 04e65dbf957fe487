"""Regenerating changes as little as it can: what is measured, and which candidate wins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.llm.interface import ModelError
from headwater.steps.deriving.implement import Implemented, implement
from headwater.steps.deriving.search import Style
from headwater.steps.deriving.steadiness import DiffSize, is_large, keep_text, measure_diff
from headwater.steps.settings import SearchSettings
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import DOUBLE, TARGETS, Sketch, answer, make_workbench
from tests.operations.watching import Watcher
from tests.steps.deriving.builders import VISIBLE, make_feature_work, make_work
from tests.steps.deriving.test_implement import MANY, memorise

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.llm.interface import Model
    from headwater.steps.deriving.implement import Work


def write_code(*, body: str = "2 * n", steps: str = "s{}") -> str:
    """A file of two dozen lines, of which `double` alone is judged."""
    lines = "".join(f"    {steps.format(number)} = {number}\n" for number in range(20))
    return f"def double(n: int) -> int:\n    return {body}\n\n\ndef _spare() -> None:\n{lines}"


CURRENT = '__all__ = ["double"]\n\n\n' + write_code(body="n + 1")
SMALL = write_code()
LARGE = write_code(steps="t{}")


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """C1 with a current file that no longer does."""
    work = make_work(make_feature_work(tmp_path, Sketch(parts=(DOUBLE,))))
    return replace(work, current=CURRENT, change="A number MUST be doubled.")


def search(work: Work, *models: Model, settings: SearchSettings = VISIBLE) -> Implemented:
    return implement(
        work,
        models=models,
        workbench=make_workbench(),
        settings=settings,
        seed=0,
        observer=Watcher(),
    )


@given(before=st.lists(st.sampled_from("abc+-")), after=st.lists(st.sampled_from("abc+-")))
def test_a_difference_is_what_a_file_gained_and_lost(before: list[str], after: list[str]) -> None:
    """Also where the lines look like a difference themselves."""
    size = measure_diff("\n".join(before), "\n".join(after))
    assert size.added - size.removed == len(after) - len(before)
    assert (size.lines == 0) is (before == after)
    assert max(size.added - len(after), size.removed - len(before)) <= 0


def test_a_difference_reads_like_a_diffs() -> None:
    assert str(measure_diff("a\nb\n", "a\nc\nd\n")) == "+2 -1"


def test_what_is_read_in_a_glance_is_never_large() -> None:
    assert not is_large(DiffSize(added=5, removed=5), current="x\n", share=0.5)
    assert is_large(DiffSize(added=6, removed=5), current="x\n", share=0.5)
    assert not is_large(DiffSize(added=6, removed=5), current="x\n" * 40, share=0.5)


def test_the_same_syntax_keeps_the_current_text() -> None:
    target = TARGETS["python"]
    current = "def f() -> int:\n    # why\n    return 1\n"
    assert keep_text("def f() -> int:\n    return 1\n", current=current, target=target) == current
    other = "def f() -> int:\n    return 2\n"
    assert keep_text(other, current=current, target=target) == other


def test_a_small_difference_asks_for_no_second(work: Work) -> None:
    found = search(work, ScriptedModel([answer(SMALL)]))
    assert found.usage.calls == 1
    assert measure_diff(CURRENT, found.code).lines == 2


def test_after_a_large_difference_the_smaller_of_two_wins(work: Work) -> None:
    model = ScriptedModel([answer(LARGE), answer(SMALL)])
    found = search(work, model)
    assert found.usage.calls == 2
    assert [tried.question.style for tried in found.history] == [Style.UPDATE, Style.UPDATE]
    assert found.code.endswith(SMALL)
    assert model.remaining == 0


@pytest.mark.parametrize(
    "second",
    [CURRENT, "def double(n: int) -> int:\n    return 2 * n\n\n\n" + "X = 1\n" * 60, "nonsense"],
    ids=["fails", "larger", "unsound"],
)
def test_a_second_that_fails_or_changes_more_is_passed_over(work: Work, second: str) -> None:
    found = search(work, ScriptedModel([answer(LARGE), answer(second)]))
    assert found.code.endswith(LARGE)
    assert len(found.history) == 2


def test_a_second_that_cannot_be_had_is_done_without(work: Work) -> None:
    found = search(work, ScriptedModel([answer(LARGE), ModelError("frozen")]))
    assert found.code.endswith(LARGE)


@pytest.mark.parametrize(
    "settings", [replace(VISIBLE, large_diff=2.0), replace(VISIBLE, attempts=1)]
)
def test_the_second_is_within_settings_and_budget(work: Work, settings: SearchSettings) -> None:
    found = search(work, ScriptedModel([answer(LARGE)]), settings=settings)
    assert found.code.endswith(LARGE)
    assert found.usage.calls == 1


def test_what_is_derived_for_the_first_time_is_taken_as_it_is(work: Work) -> None:
    found = search(replace(work, current="", change=""), ScriptedModel([answer(LARGE)]))
    assert found.usage.calls == 1


def test_a_second_that_fails_held_out_tests_does_not_win(tmp_path: Path) -> None:
    settings = SearchSettings(held_out_share=0.2)
    work = make_work(make_feature_work(tmp_path, MANY, settings=settings))
    work = replace(work, current=CURRENT, change="A number MUST be doubled.")
    sly = memorise(work).split("return ")[1].strip()
    small = write_code(body=sly)
    found = search(work, ScriptedModel([answer(LARGE), answer(small)]), settings=settings)
    assert found.code.endswith(LARGE)
    assert found.held_out_failures == 1
