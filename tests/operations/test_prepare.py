"""From a survey to the work of deriving a feature: what enters it, and what does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.graph.states import Change, Reason
from headwater.operations.building.changes import describe_change
from headwater.operations.building.prepare import choose_todo, prepare_feature
from headwater.operations.standing.survey import take_survey
from headwater.steps.settings import SearchSettings
from tests.operations.builders import (
    DOUBLE,
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
    from headwater.steps.deriving.feature import FeatureWork

RICH = replace(
    SUMS.change(1, refs=("US1.1", "US1.2")),
    scenarios=(
        "**Given** 7, **When** it is doubled, **Then** it is 14.",
        "**Given** 8, **When** it is doubled, **Then** it is 16.",
    ),
    constitution=NO_EVAL,
)


def survey_of(root: Path) -> Survey:
    return take_survey(root, targets=TARGETS)


def prepare(survey: Survey, *todo: str) -> FeatureWork:
    return prepare_feature(
        survey,
        survey.reading.find_feature("001"),
        target=TARGETS["python"],
        todo=frozenset(todo),
        settings=SearchSettings(held_out_share=0),
    )


def test_components_come_in_the_order_of_their_needs(tmp_path: Path) -> None:
    late = Sketch(
        parts=(replace(SUMS.parts[1], needs=(4,)), replace(DOUBLE, number=4), *SUMS.parts[2:3])
    )
    work = make_feature_work(tmp_path, late)
    assert [item.ref for item in work.works] == ["001/C4", "001/C2", "001/C3"]
    assert work.needs["001/C3"] == ("001/C2", "001/C4")
    assert work.files == {}


def test_a_contract_holds_what_the_component_implements(tmp_path: Path) -> None:
    work = make_feature_work(tmp_path, RICH)
    contract = work.works[0].contract
    assert list(contract.requirements) == ["001/FR-001", "001/US1.1", "001/US1.2"]
    (constraint,) = contract.constraints
    assert "eval" in constraint
    assert "(article I)" in constraint
    other = next(item for item in work.works if item.ref == "001/C2").contract
    assert [need.id for need in other.dependencies] == ["C1"]
    assert (work.works[0].current, work.works[0].change) == ("", "")


def test_prose_without_examples_needs_a_test(tmp_path: Path) -> None:
    work = make_feature_work(tmp_path, RICH)
    assert [prose.ref for prose in work.prose] == ["001/US1.1", "001/US1.2"]
    first = work.prose[0]
    assert first.key.startswith("US1.1-")
    assert list(first.components) == ["001/C1"]
    assert first.context == ("A number MUST be doubled.",)
    assert set(work.works[0].prose) == {prose.key for prose in work.prose}


def test_what_nobody_implements_or_measures_needs_none(tmp_path: Path) -> None:
    """An unimplemented scenario, an `NFR` and a retired requirement get no test."""
    sketch = replace(SUMS.change(1, refs=("NFR-001", "FR-009")), scenarios=("**Given** 7.",))
    write_sketch(tmp_path, sketch)
    spec = tmp_path / "specs/001-sums/spec.md"
    spec.write_text(
        spec.read_text()
        + "- **NFR-001**: It MUST be fast.\n"
        + "- **FR-009** *(retired 2026-11-22: not wanted)*: It MUST be slow.\n",
    )
    work = prepare(survey_of(tmp_path), "001/C1")
    assert work.prose == ()
    assert "001/FR-009" not in work.works[0].contract.requirements


def test_the_key_of_a_written_test_follows_prose_and_interface(tmp_path: Path) -> None:
    def key(name: str, sketch: Sketch) -> str:
        folder = tmp_path / name
        folder.mkdir()
        return make_feature_work(folder, sketch).prose[0].key

    first = key("a", RICH)
    assert key("b", RICH.change(1, text="It MUST double.")) == first
    assert key("c", RICH.change(1, interface="def double(m: int) -> int: ...", rows=())) != first
    other = replace(RICH, scenarios=("**Given** 9.", *RICH.scenarios[1:]))
    assert key("d", other) != first


def test_what_is_fresh_is_not_to_do(sums: Checkout) -> None:
    survey = survey_of(sums.root)
    assert choose_todo(survey, feature="001", upgrade=True) == frozenset()
    work = prepare(survey)
    assert work.files.keys() == {part.path for part in SUMS.parts}
    assert all(item.current == "" for item in work.works)


def test_what_is_derived_anew_is_shown_as_it_is_with_what_changed(sums: Checkout) -> None:
    sums.adopt(SUMS.change(1, text="A number MUST be doubled now.", rows=(("double(8)", "16"),)))
    survey = survey_of(sums.root)
    todo = choose_todo(survey, feature="001", upgrade=False)
    assert todo == {"001/C1"}
    work = prepare(survey, *todo)
    assert work.works[0].current.endswith(DOUBLE.code)
    assert work.works[0].change == "A number MUST be doubled now.\n\n>>> double(8)\n16"


def test_a_change_names_what_can_be_seen_of_it(tmp_path: Path) -> None:
    survey_root = tmp_path
    work = make_feature_work(survey_root, SUMS)
    reading = survey_of(survey_root).reading
    first, second = (unit.key for unit in work.suite.units[:2])
    suite = replace(work.suite, held_out=frozenset({second}))

    def describe(*changes: tuple[Change, str]) -> str:
        reasons = [Reason(change=change, subject=subject) for change, subject in changes]
        return describe_change(reasons, suite=suite, reading=reading, target=TARGETS["python"])

    assert describe((Change.CHANGED, "001/FR-001")) == "A number MUST be doubled."
    assert describe((Change.CHANGED, "001/C1")) == "See to doubles."
    assert describe((Change.ADDED, f"001/FR-001 example {first}")) == ">>> double(1)\n2"
    assert describe((Change.ADDED, f"001/FR-001 example {second}")) == ""
    assert describe((Change.REMOVED, f"001/FR-001 example {first}")) == ""
    assert describe((Change.CHANGED, "001/C1 interface"), (Change.GONE, "001/FR-001")) == ""
