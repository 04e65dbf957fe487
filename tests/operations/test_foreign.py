"""OpenSpec and Kiro documents beside native ones: read by every command, built by none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.check import check
from headwater.operations.impact import report_impact_since
from headwater.operations.standing.reading import read_repository
from headwater.operations.status import report_status
from headwater.operations.trace import trace
from headwater.spec.origin import Origin
from headwater.wiring import list_targets
from headwater.workspace.kept_results import KeptResults
from tests.interop.kiro_documents import ENGLISH
from tests.interop.openspec_documents import DELTA, MAIN
from tests.operations.foreign_documents import DOCUMENTS, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DELTA_PATH = "openspec/changes/add-sign-out/specs/sign-in/spec.md"


@pytest.fixture
def mixed(repository: Path) -> Path:
    """A native feature, and the documents of OpenSpec and Kiro."""
    write(repository, {"specs/001-own/spec.md": "# Own\n\n- **FR-001**: It MUST work.\n"})
    write(repository, DOCUMENTS)
    return repository


def test_all_formats_are_read_together(mixed: Path) -> None:
    reading = read_repository(mixed, targets=list_targets())
    assert dict(reading.origins) == {
        "001": Origin.NATIVE,
        "sign-in": Origin.OPENSPEC,
        "add-sign-out": Origin.OPENSPEC,
        "add-sign-out/sign-in": Origin.OPENSPEC,
        "auth": Origin.KIRO,
        "crash": Origin.KIRO,
    }
    assert [one.number for one in reading.native] == ["001"]
    assert reading.index.items["article/tech.stack"].place.path == ".kiro/steering/tech.md"


def test_a_foreign_feature_needs_no_plan(mixed: Path) -> None:
    report = check(mixed, targets=list_targets())
    assert (report.features, report.errors) == (6, 0)
    assert [(one.code, one.place.path) for one in report.findings if "missing" in one.code] == [
        ("plan-missing", "specs/001-own/plan.md")
    ]


def test_refs_of_all_formats_are_traced(mixed: Path) -> None:
    def rows(ref: str) -> list[str]:
        return [item.ref for item in trace(mixed, ref=ref, targets=list_targets()).items]

    assert rows("sign-in/FR-lock-after-failures") == ["sign-in/FR-lock-after-failures"]
    assert rows("sign-in/US-lock-after-failures") == [
        "sign-in/US-lock-after-failures.fifth-failure",
        "sign-in/US-lock-after-failures.fourth-failure",
    ]
    assert rows("auth") == [f"auth/FR-{number}" for number in ("1.1", "1.2", "2.1", "2.2")]


def test_status_says_whose_format_it_is(mixed: Path) -> None:
    report = report_status(mixed, targets=list_targets())
    origins = {one.number: one.origin for one in report.features}
    assert (origins["001"], origins["auth"]) == (Origin.NATIVE, Origin.KIRO)


def test_findings_come_from_what_was_kept_too(mixed: Path, tmp_path: Path) -> None:
    """A delta is judged by the main spec that it changes, whether or not that was read before."""
    kept = KeptResults(tmp_path / "kept.sqlite")

    def codes() -> set[str]:
        return {one.code for one in check(mixed, targets=list_targets(), kept=kept).findings}

    assert "change-without-requirement" not in codes() | codes()
    renamed = MAIN.replace("Lock After Failures", "Lock Soon")
    write(mixed, {"openspec/specs/sign-in/spec.md": renamed})
    assert "change-without-requirement" in codes() & codes()


def test_a_name_that_is_taken_gives_way_to_the_folder(mixed: Path) -> None:
    write(mixed, {".kiro/specs/sign-in/requirements.md": ENGLISH})
    reading = read_repository(mixed, targets=list_targets())
    assert ".kiro/specs/sign-in/FR-1.1" in reading.index.items
    assert [one.place.path for one in reading.problems if one.code == "feature-number-taken"] == [
        ".kiro/specs/sign-in"
    ]


def test_a_comment_ignores_a_finding_of_a_foreign_document(mixed: Path) -> None:
    vague = MAIN.replace("It tells its owner.", "It SHALL be flexible.")
    write(mixed, {"openspec/specs/sign-in/spec.md": vague})
    codes = [one.code for one in check(mixed, targets=list_targets()).findings]
    assert "vague-word" in codes
    comment = "<!-- headwater: ignore vague-word: to be measured -->\n\nIt SHALL be"
    write(mixed, {"openspec/specs/sign-in/spec.md": vague.replace("It SHALL be", comment)})
    codes = [one.code for one in check(mixed, targets=list_targets()).findings]
    assert "vague-word" not in codes


def test_a_document_that_is_a_link_is_refused(mixed: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text(DELTA, encoding="utf-8")
    (mixed / DELTA_PATH).unlink()
    (mixed / DELTA_PATH).symlink_to(tmp_path / "outside.md")
    with pytest.raises(HeadwaterError, match="symbolic link"):
        check(mixed, targets=list_targets())


def test_scenarios_are_judged_as_scenarios(mixed: Path) -> None:
    """Two of them may end differently, since each begins with a case of its own."""
    opposite = MAIN.replace("the account is locked", "the system SHALL ask for the other code")
    opposite = opposite.replace("nothing happens", "the system SHALL NOT ask for the other code")
    write(mixed, {"openspec/specs/sign-in/spec.md": opposite})
    assert check(mixed, targets=list_targets()).errors == 0


def test_what_a_change_touches_is_told_of_foreign_features_too(
    mixed: Path, run_git: Callable[..., str]
) -> None:
    """A feature that says the same as before touches nothing; one criterion touches its tasks."""
    run_git(mixed, "add", "--all")
    run_git(mixed, "commit", "--quiet", "-m", "Say it")

    def touched() -> set[str]:
        report = report_impact_since(mixed, "HEAD", targets=list_targets())
        return {one.node for one in report.touched}

    assert touched() == set()
    changed = ENGLISH.replace("open the page", "open the first page")
    write(mixed, {".kiro/specs/auth/requirements.md": changed})
    assert "auth/FR-1.1" in touched()
    assert "auth/T1.1" in touched()
    assert not any(node.startswith("sign-in") for node in touched())
