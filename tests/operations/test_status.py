from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.states import Change, State
from headwater.operations.standing.component_status import StatedReason
from headwater.operations.status import report_status
from headwater.wiring import list_targets
from tests.cli.projects import CODE_PATH, PLAN, PLAN_PATH, SPEC, SPEC_PATH, TEST_PATH

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.status import StatusReport


def status(root: Path) -> StatusReport:
    return report_status(root, targets=list_targets())


def test_fresh_with_its_files(built: Path) -> None:
    (feature,) = status(built).features
    (component,) = feature.components

    assert (feature.number, feature.folder, feature.has_plan) == ("001", "specs/001-titles", True)
    assert (component.ref, component.name, component.files) == ("001/C1", "slugs", (CODE_PATH,))
    assert (component.state, component.reasons) == (State.FRESH, ())
    assert feature.own_files is not None
    assert feature.own_files.state is State.FRESH


def test_reasons_are_given_as_text_and_in_parts(built: Path) -> None:
    (built / CODE_PATH).write_text("x = 1\n", encoding="utf-8")

    (component,) = status(built).features[0].components

    assert component.state is State.EDITED
    assert component.reasons == (
        StatedReason(text=f"{CODE_PATH} edited by hand", subject=CODE_PATH, change=Change.EDITED),
    )


def test_a_component_that_left_the_plan_is_orphaned(built: Path) -> None:
    """It has no plan section any more, but a record."""
    plan = (built / PLAN_PATH).read_text(encoding="utf-8")
    (built / PLAN_PATH).write_text(plan.replace("C1", "C2"), encoding="utf-8")

    states = {one.ref: (one.state, one.name) for one in status(built).features[0].components}

    assert states == {"001/C2": (State.STALE, "slugs"), "001/C1": (State.ORPHANED, "")}


def test_a_lost_test_file_is_unverified(built: Path) -> None:
    (built / TEST_PATH).unlink()

    assert status(built).features[0].components[0].state is State.UNVERIFIED


def test_a_feature_without_plan_and_errors_are_told(repository: Path) -> None:
    (repository / SPEC_PATH).parent.mkdir(parents=True)
    (repository / SPEC_PATH).write_text(SPEC.replace('| `"one"` |', "|"), encoding="utf-8")

    report = status(repository)

    assert not report.features[0].has_plan
    assert report.features[0].components == ()
    assert report.features[0].own_files is None
    assert report.errors == 1


def test_features_are_kept_apart(built: Path) -> None:
    folder = built / "specs/0010-other"
    folder.mkdir()
    (folder / "spec.md").write_text(SPEC, encoding="utf-8")
    (folder / "plan.md").write_text(PLAN.replace(CODE_PATH, "src/other.py"), encoding="utf-8")

    found = {one.number: [c.ref for c in one.components] for one in status(built).features}

    assert found == {"001": ["001/C1"], "0010": ["0010/C1"]}
