"""`headwater import`, and what other commands say of foreign features."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.operations.foreign_documents import DOCUMENTS

if TYPE_CHECKING:
    from tests.cli.projects import Project


@pytest.fixture
def mixed(empty: Project) -> Project:
    """A repository with OpenSpec and Kiro documents, committed."""
    for path, text in DOCUMENTS.items():
        empty.write(path, text)
    empty.commit()
    return empty


def test_import_says_what_became_of_everything(mixed: Project) -> None:
    done = mixed.run("import")
    assert done.code == 0
    assert done.stdout.splitlines() == [
        "specs/001-sign-in       openspec/specs/sign-in         2 requirements, 3 scenarios",
        (
            "specs/002-add-sign-out  openspec/changes/add-sign-out  "
            "3 requirements, 2 scenarios, 2 tasks"
        ),
        (
            "specs/003-auth          .kiro/specs/auth               "
            "4 requirements, 2 decisions, 4 tasks"
        ),
        "specs/004-crash         .kiro/specs/crash              2 requirements",
        ".specify/memory/constitution.md  1 article",
        "Not carried over:",
        "  .kiro/specs/auth/spec.json:1: the document spec.json",
        "  .kiro/specs/auth/tasks.md:7:5: T1.2 is optional",
        "  .kiro/specs/auth/tasks.md:11:3: T2 is in progress",
        "4 features imported with 6 sections as prose; 3 parts were not carried over",
        "Next: `headwater check`; then commit, and remove what was imported.",
    ]
    assert mixed.run("check").code == 0


def test_a_dry_run_changes_nothing(mixed: Project) -> None:
    before = mixed.look()
    done = mixed.run("import", "--dry-run", ".kiro/specs/crash")
    assert done.code == 0
    assert "1 feature would be imported" in done.stdout
    assert "Next:" not in done.stdout
    assert mixed.look() == before


def test_the_report_as_json(mixed: Project) -> None:
    document = mixed.run("import", "--json", "openspec/specs/sign-in").document
    features = document["features"]
    assert isinstance(features, list)
    assert features[0]["refs"]["sign-in/FR-bare-heading"] == "001/FR-002"
    assert (document["written"], document["constitution"]) == (True, "")


def test_a_second_import_is_refused(mixed: Project) -> None:
    mixed.run("import")
    done = mixed.run("import", "openspec/specs/sign-in")
    assert done.code == 1
    assert "was imported already: it is specs/001-sign-in now" in done.stderr


def test_a_path_outside_is_refused(mixed: Project) -> None:
    done = mixed.run("import", "../elsewhere")
    assert done.code == 1
    assert "inside the repository" in done.stderr


def test_a_foreign_feature_is_not_built(mixed: Project) -> None:
    for arguments in (["build"], ["build", "sign-in"]):
        done = mixed.run(*arguments)
        assert done.code == 1
        assert (
            "openspec/specs/sign-in is written for OpenSpec: it is read, not built" in done.stderr
        )
        assert "`headwater import openspec/specs/sign-in`" in done.stderr


def test_status_points_to_import(mixed: Project) -> None:
    lines = mixed.run("status").stdout.splitlines()
    after = lines[lines.index("add-sign-out/sign-in") + 1]
    assert after == "  OpenSpec; `headwater import` makes it a native feature"
