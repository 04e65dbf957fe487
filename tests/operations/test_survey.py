"""How a repository stands against its lock."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.graph.states import State
from headwater.operations.standing.survey import digest_tests, take_survey
from tests.operations.builders import (
    DOUBLE,
    FOLDER,
    NO_EVAL,
    SUMS,
    TARGETS,
    Checkout,
    Sketch,
    write_sketch,
)
from tests.steps.deriving.builders import make_feature_work

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.standing.survey import Survey


def survey_of(checkout: Checkout, models: tuple[str, ...] = ()) -> Survey:
    return take_survey(checkout.root, targets=TARGETS, models=models)


def states(checkout: Checkout, models: tuple[str, ...] = ()) -> dict[str, State]:
    return {ref: found.state for ref, found in survey_of(checkout, models).states.items()}


def only(**states: State) -> dict[str, State]:
    """All fresh but these: `only(C1=State.STALE)`."""
    fresh = {f"001/C{n}": State.FRESH for n in range(1, 5)}
    return fresh | {f"001/{local}": state for local, state in states.items()}


def test_what_was_never_derived_is_stale(tmp_path: Path) -> None:
    write_sketch(tmp_path, SUMS)
    survey = take_survey(tmp_path, targets=TARGETS)
    assert {found.state for found in survey.states.values()} == {State.STALE}
    assert [str(reason) for reason in survey.states["001/C1"].reasons] == ["001/C1 never derived"]
    assert survey.feature_states == {}
    assert survey.present.conditions == {}


def test_what_was_built_is_fresh(sums: Checkout) -> None:
    assert states(sums) == only()
    assert {ref: f.state for ref, f in survey_of(sums).feature_states.items()} == {
        "001": State.FRESH
    }


@pytest.mark.parametrize(
    ("sketch", "expected"),
    [
        (SUMS.change(1, text="A number MUST be doubled now."), only(C1=State.STALE)),
        (SUMS.change(1, rows=(("double(1)", "2"),)), only(C1=State.STALE)),
        (
            SUMS.change(1, interface="def double(n: int, m: int = 0) -> int: ..."),
            only(C1=State.STALE, C2=State.STALE),
        ),
        (replace(SUMS, parts=SUMS.parts[:3]), only(C4=State.ORPHANED)),
        (
            replace(SUMS, constitution=NO_EVAL),
            {f"001/C{n}": State.UNVERIFIED for n in range(1, 5)},
        ),
    ],
    ids=["prose", "example", "interface", "component gone", "article"],
)
def test_a_change_of_the_documents(
    sums: Checkout, sketch: Sketch, expected: dict[str, State]
) -> None:
    write_sketch(sums.root, sketch)
    assert states(sums) == expected


def test_a_change_of_the_files(sums: Checkout) -> None:
    sums.write(DOUBLE.path, sums.read(DOUBLE.path).replace("2 * n", "n + n"))
    found = states(sums)
    assert found["001/C1"] is State.EDITED
    assert found["001/C2"] is found["001/C3"] is State.UNVERIFIED
    (sums.root / DOUBLE.path).unlink()
    assert states(sums)["001/C1"] is State.MISSING


def test_layout_alone_leaves_dependents_verified(sums: Checkout) -> None:
    sums.write(DOUBLE.path, f"# mine\n{sums.read(DOUBLE.path)}")
    assert states(sums) == only(C1=State.EDITED)


def test_another_model_makes_upgradeable(sums: Checkout) -> None:
    assert states(sums, ("scripted:model", "x")) == only()
    assert set(states(sums, ("x",)).values()) == {State.UPGRADEABLE}


def test_damaged_lines_and_records_are_problems_with_places(sums: Checkout) -> None:
    sums.write(f"{FOLDER}/headwater.lock/C1.verified.jsonl", "no json\n")
    sums.write(f"{FOLDER}/headwater.lock/feature.json", "{}\n")
    survey = survey_of(sums)
    paths = {problem.place.path for problem in survey.problems}
    assert paths == {
        f"{FOLDER}/headwater.lock/C1.verified.jsonl",
        f"{FOLDER}/headwater.lock/feature.json",
    }
    assert survey.states["001/C1"].state is State.UNVERIFIED
    assert survey.feature_states["001"].state is State.CONFLICTED
    assert survey.lock.find_feature("001") is None


def test_other_files_in_a_lock_folder_are_passed_over(sums: Checkout) -> None:
    sums.write(f"{FOLDER}/headwater.lock/notes.txt", "mine\n")
    sums.write("specs/elsewhere/headwater.lock/C1.json", "{}\n")
    assert states(sums) == only()


def test_a_component_is_judged_by_its_own_tests_and_feature_tests_that_touch_it(
    tmp_path: Path,
) -> None:
    rows = (("label(1)", '"4!"'), ("label(double(1))", '"8!"'))
    units = make_feature_work(tmp_path, SUMS.change(3, rows=rows)).suite.units
    spanning = next(unit.key for unit in units if not unit.owner)

    def judging(component: str) -> set[str]:
        return set(digest_tests(component, units=units, written=()))

    for ref in ("001/C1", "001/C3"):
        assert judging(ref) == {unit.key for unit in units if unit.owner == ref} | {spanning}
    assert judging("001/C2") == {unit.key for unit in units if unit.owner == "001/C2"}
