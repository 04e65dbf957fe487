"""Importing: what is written, and that features, ids and principles come back the same."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.check import check
from headwater.operations.import_specs import import_specs
from headwater.spec.model import Severity
from headwater.spec.origin import Origin
from headwater.spec.read_project import CONSTITUTION_PATH
from headwater.wiring import list_targets
from tests.interop.kiro_documents import ENGLISH
from tests.operations.foreign_documents import CHANGE, DOCUMENTS, list_files, read_native, write

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.importing.import_report import ImportReport
    from headwater.spec.model import Project


def test_every_feature_becomes_a_native_one(mixed: Path) -> None:
    report = import_specs(mixed, [])
    assert [(one.origin, one.source, one.folder) for one in report.features] == [
        (Origin.OPENSPEC, "openspec/specs/sign-in", "specs/001-sign-in"),
        (Origin.OPENSPEC, CHANGE, "specs/002-add-sign-out"),
        (Origin.KIRO, ".kiro/specs/auth", "specs/003-auth"),
        (Origin.KIRO, ".kiro/specs/crash", "specs/004-crash"),
    ]
    assert [
        (one.requirements, one.scenarios, one.decisions, one.tasks) for one in report.features
    ] == [(2, 3, 0, 0), (3, 2, 0, 2), (4, 0, 2, 4), (2, 0, 0, 0)]
    written = {path for one in report.features for path in one.documents}
    assert written | {CONSTITUTION_PATH} == list_files(mixed) - {*DOCUMENTS, "README.md"}
    assert (mixed / "specs/003-auth/research.md").read_text(encoding="utf-8") == "# Research\n"


def test_what_is_written_passes_check(mixed: Path) -> None:
    import_specs(mixed, [])
    report = check(mixed, targets=list_targets())
    assert [one for one in report.findings if one.severity is Severity.ERROR] == []
    codes = {one.code for one in report.findings}
    assert "imported-already" in codes
    assert report.features == 4


def test_a_change_marks_what_it_changes(mixed: Path) -> None:
    report = import_specs(mixed, [])
    spec = read_native(mixed).features[1].spec
    assert spec is not None
    assert spec.title == "Sign out"
    assert [
        (one.id, [change.ref for change in one.changes], one.retired is not None)
        for one in spec.requirements
    ] == [
        ("FR-001", [], False),
        ("FR-002", ["001/FR-001"], False),
        ("FR-003", ["001/FR-002"], True),
    ]
    assert report.features[1].refs["add-sign-out/sign-in/FR-stay-locked"] == "002/FR-002"
    assert report.features[0].refs["sign-in/US-lock-after-failures.fourth-failure"] == "001/US1.2"


def test_ids_that_are_native_stay(mixed: Path) -> None:
    import_specs(mixed, [])
    auth = read_native(mixed).features[2]
    assert auth.spec is not None
    assert auth.plan is not None
    assert auth.tasks is not None
    assert [one.id for one in auth.spec.requirements] == ["FR-1.1", "FR-1.2", "FR-2.1", "FR-2.2"]
    assert [one.id for one in auth.spec.stories] == ["US1", "US2"]
    assert [one.scenarios for one in auth.spec.stories] == [(), ()]
    assert [(one.id, one.title, one.serves) for one in auth.plan.decisions] == [
        ("D1", "One table", ()),
        ("D2", "Property 1: Locked stays locked", ("FR-1.2", "FR-2.1", "FR-2.2")),
    ]
    assert [
        (one.id, one.done, one.parallel, one.refs, one.depends_on) for one in auth.tasks.tasks
    ] == [
        ("T001", True, False, (), ()),
        ("T002", True, True, ("FR-1.1", "FR-2.1"), ()),
        ("T003", False, False, ("US2",), ("T002",)),
        ("T004", False, False, ("FR-2.1", "FR-2.2"), ()),
    ]


def test_steering_becomes_a_constitution(mixed: Path) -> None:
    report = import_specs(mixed, [])
    constitution = read_native(mixed).constitution
    assert constitution is not None
    assert (report.constitution, report.articles) == (CONSTITUTION_PATH, 1)
    [article] = constitution.articles
    assert (article.id, article.title) == ("I", "Stack")
    assert article.text.startswith("Python.\n\n### 1. Tests\n\npytest\n")


def test_steering_that_says_nothing_makes_no_constitution(repository: Path) -> None:
    write(repository, {".kiro/steering/tech.md": "# Tech\n"})
    with pytest.raises(HeadwaterError, match="nothing to import"):
        import_specs(repository, [])
    write(repository, {".kiro/specs/a/requirements.md": ENGLISH})
    assert import_specs(repository, []).constitution == ""
    assert not (repository / CONSTITUTION_PATH).exists()


def test_a_constitution_that_is_there_stays(mixed: Path) -> None:
    write(mixed, {CONSTITUTION_PATH: "# Ours\n"})
    report = import_specs(mixed, [])
    assert report.constitution == ""
    assert (mixed / CONSTITUTION_PATH).read_text(encoding="utf-8") == "# Ours\n"
    assert [str(one.place) for one in report.left if "constitution" in one.what] == [
        ".kiro/steering/tech.md:1"
    ]


def test_a_dry_run_writes_nothing_and_tells_the_same(mixed: Path) -> None:
    before = list_files(mixed)
    dry = import_specs(mixed, [], write=False)
    assert list_files(mixed) == before
    done = import_specs(mixed, [])
    assert (dry.written, done.written) == (False, True)
    assert (dry.features, dry.left) == (done.features, done.left)


@pytest.mark.parametrize("archived", [False, True])
@pytest.mark.parametrize("name", ["openspec", "kiro"])
def test_real_repositories_come_back_the_same(
    data_folder: Path, repository: Path, name: str, archived: bool
) -> None:
    """`import_specs` itself refuses whatever does not; `check` then finds no error."""
    shutil.copytree(data_folder / "corpora" / name, repository, dirs_exist_ok=True)
    report = import_specs(repository, [], archived=archived)
    native = read_native(repository)
    assert count_native(native) == count_imported(report)
    findings = check(repository, targets=list_targets()).findings
    assert [one for one in findings if one.severity is Severity.ERROR] == []


def count_native(project: Project) -> list[tuple[str, int, int, int]]:
    return [
        (
            feature.folder,
            len(feature.spec.requirements) if feature.spec else 0,
            sum(len(story.scenarios) for story in feature.spec.stories) if feature.spec else 0,
            len(feature.tasks.tasks) if feature.tasks else 0,
        )
        for feature in project.features
    ]


def count_imported(report: ImportReport) -> list[tuple[str, int, int, int]]:
    return [
        (feature.folder, feature.requirements, feature.scenarios, feature.tasks)
        for feature in report.features
    ]
