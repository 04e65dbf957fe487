"""Projects: which files are documents, and of which feature."""

from __future__ import annotations

import pytest

from headwater.spec.model import Project
from headwater.spec.read_project import read_project


def project_of(*paths: str) -> Project:
    """A project of these files, each with its own path as its title."""
    return read_project({path: f"# {path}\n".encode() for path in paths})


def test_documents_are_sorted_by_feature() -> None:
    project = project_of(
        "specs/002-bank/plan.md",
        "specs/001-wallet/tasks.md",
        "specs/001-wallet/spec.md",
        ".specify/memory/constitution.md",
    )
    assert project.problems == ()
    assert project.constitution is not None
    assert project.constitution.title == ".specify/memory/constitution.md"
    first, second = project.features
    assert (first.number, first.slug, first.folder) == ("001", "wallet", "specs/001-wallet")
    assert first.spec is not None
    assert first.spec.source.path == "specs/001-wallet/spec.md"
    assert first.plan is None
    assert first.tasks is not None
    assert (second.number, second.spec) == ("002", None)
    assert second.plan is not None


@pytest.mark.parametrize(
    ("folder", "number", "slug"),
    [
        ("001-wallet", "001", "wallet"),
        ("1234-big", "1234", "big"),
        ("_00_demo-specified", "00", "demo-specified"),
        ("20260319-143022-wallet", "20260319-143022", "wallet"),
        ("wallet", "wallet", "wallet"),
        ("003", "003", "003"),
    ],
)
def test_numbers_and_slugs(folder: str, number: str, slug: str) -> None:
    [feature] = project_of(f"specs/{folder}/spec.md").features
    assert (feature.number, feature.slug) == (number, slug)


def test_a_number_that_is_taken_gives_way_to_the_folders_name() -> None:
    """Refs must name one feature; the numbered folder goes before the untidy one."""
    project = project_of("specs/_001_demo/spec.md", "specs/001-b/spec.md", "specs/001-a/spec.md")
    assert [f.number for f in project.features] == ["001", "001-b", "_001_demo"]
    assert [p.code for p in project.problems] == ["feature-number-taken"] * 2
    assert [p.place.path for p in project.problems] == ["specs/001-b", "specs/_001_demo"]


def test_other_files_are_passed_over() -> None:
    project = project_of(
        "README.md",
        "specs/001-a/research.md",
        "specs/001-a/contracts/spec.md",
        "specs/spec.md",
        "docs/specs/001-a/spec.md",
        "specs/shared/plan.md",
        "constitution.md",
    )
    assert project == Project()
