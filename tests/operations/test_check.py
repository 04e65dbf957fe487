from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.graph.states import State
from headwater.operations.check import check
from headwater.operations.checking.check_report import FailOn
from headwater.spec.model import Severity
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.wiring import list_targets
from tests.cli.projects import (
    CODE_PATH,
    CONSTITUTION,
    PLAN,
    PLAN_PATH,
    RECORD_PATH,
    SPEC,
    SPEC_PATH,
)

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.checking.check_report import CheckReport


def run_check(root: Path) -> CheckReport:
    return check(root, targets=list_targets())


def codes(report: CheckReport) -> list[tuple[str, str, int]]:
    return [(one.code, one.place.path, one.place.line) for one in report.findings]


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def test_a_built_repository_passes(built: Path) -> None:
    report = run_check(built)

    assert report.passed
    assert (report.features, report.components, report.errors) == (1, 1, 0)
    assert (report.findings, report.unsettled) == ((), ())


def test_a_repository_without_specs_passes(repository: Path) -> None:
    report = run_check(repository)

    assert report.passed
    assert (report.features, report.components) == (0, 0)


def test_documents_that_were_never_built_do_not_pass(repository: Path) -> None:
    write(repository, SPEC_PATH, SPEC)
    write(repository, PLAN_PATH, PLAN)

    report = run_check(repository)

    assert not report.passed
    assert report.findings == ()
    assert [(one.ref, one.state) for one in report.unsettled] == [("001/C1", State.STALE)]


@pytest.mark.parametrize(
    ("path", "old", "new", "state"),
    [
        (CODE_PATH, "lower", "upper", State.EDITED),
        (SPEC_PATH, '"one"', '"1"', State.STALE),
        (SPEC_PATH, "joined by hyphens", "joined by dots", State.STALE),
        (RECORD_PATH, "001/C1", "001/C7", State.CONFLICTED),
    ],
)
def test_drift_does_not_pass(built: Path, path: str, old: str, new: str, state: State) -> None:
    text = (built / path).read_text(encoding="utf-8")
    write(built, path, text.replace(old, new, 1))

    report = run_check(built)

    assert not report.passed
    assert [one.state for one in report.unsettled] == [state]


def test_a_feature_s_own_files_count(built: Path) -> None:
    write(built, "tests/001_titles/conftest.py", "edited\n")

    unsettled = run_check(built).unsettled

    assert [(one.ref, one.state, one.name) for one in unsettled] == [("001", State.EDITED, "")]


def test_findings_are_sorted_by_place_and_found_once(repository: Path) -> None:
    write(repository, SPEC_PATH, SPEC.replace('| `"one"` |', "|").replace("FR-001", "FR-002"))
    write(repository, PLAN_PATH, PLAN.replace("**Target**: python", "**Target**: cobol"))

    report = run_check(repository)

    found = codes(report)
    assert found == sorted(found, key=lambda entry: entry[1:])
    assert len(set(found)) == len(found)
    assert {"unknown-ref", "target-unknown"} <= {code for code, _, _ in found}
    assert not report.passed


def test_work_in_progress_is_only_a_warning(repository: Path) -> None:
    """A spec without a plan is how every feature begins."""
    write(repository, SPEC_PATH, SPEC)

    report = run_check(repository)

    assert report.passed
    assert [(one.code, one.severity) for one in report.findings] == [
        ("plan-missing", Severity.WARNING)
    ]


def test_an_article_is_checked_on_derived_code(built: Path) -> None:
    write(built, CONSTITUTION_PATH, CONSTITUTION.replace("eval", '"*.lower"'))

    report = run_check(built)

    assert [one.place.path for one in report.findings] == [CODE_PATH]
    assert report.errors == 1


def test_an_article_that_asks_wrongly_is_found_in_the_constitution(built: Path) -> None:
    write(built, CONSTITUTION_PATH, CONSTITUTION.replace("calls: [eval]", "callz: [eval]"))

    report = run_check(built)

    assert {one.place.path for one in report.findings} == {CONSTITUTION_PATH}
    assert report.errors


def test_articles_of_a_feature_whose_target_is_unknown_are_left_out(built: Path) -> None:
    write(built, CONSTITUTION_PATH, CONSTITUTION)
    write(built, PLAN_PATH, PLAN.replace("python", "cobol", 1))

    assert "target-unknown" in {one.code for one in run_check(built).findings}


@pytest.mark.parametrize(
    ("path", "old", "new", "passes"),
    [
        (SPEC_PATH, "joined by hyphens", "joined by dots", True),
        (CODE_PATH, "lower", "upper", False),
        (RECORD_PATH, "001/C1", "001/C7", False),
    ],
)
def test_what_waits_for_build_may_be_let_pass(
    built: Path, path: str, old: str, new: str, passes: bool
) -> None:
    text = (built / path).read_text(encoding="utf-8")
    write(built, path, text.replace(old, new, 1))

    report = check(built, targets=list_targets(), allow_stale=True)

    assert report.unsettled
    assert report.passes(FailOn.ERROR) is passes
    assert not run_check(built).passed


@pytest.mark.parametrize("level", [FailOn.ERROR, FailOn.WARNING])
def test_what_may_wait_passes_even_where_warnings_fail(repository: Path, level: FailOn) -> None:
    write(repository, SPEC_PATH, SPEC)
    write(repository, PLAN_PATH, PLAN)

    assert check(repository, targets=list_targets(), allow_stale=True).passes(level)


def test_drift_has_a_place_for_readers_that_need_one(built: Path) -> None:
    write(built, CODE_PATH, "edited\n")
    write(built, "tests/001_titles/conftest.py", "edited\n")
    (built / PLAN_PATH).unlink()

    drift = {one.message: one for one in run_check(built).drift}

    assert {(one.place.path, one.code) for one in drift.values()} == {
        (RECORD_PATH, "not-fresh"),
        (RECORD_PATH.replace("C1", "feature"), "not-fresh"),
    }
    assert all(one.hint for one in drift.values())
