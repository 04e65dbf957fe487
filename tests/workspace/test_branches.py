"""Folders of features on other branches, read from a real repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.workspace.branches import read_branch_folders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Git = Callable[..., str]


def commit_spec(root: Path, git: Git, folder: str) -> None:
    path = root / "specs" / folder / "spec.md"
    path.parent.mkdir(parents=True)
    path.write_text("# A feature\n", encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", f"Specify {folder}")


def test_folders_of_a_branch_with_work_of_its_own(repository: Path, run_git: Git) -> None:
    run_git(repository, "switch", "--quiet", "-c", "export")
    commit_spec(repository, run_git, "002-export")
    (repository / "specs" / "notes.md").write_text("no folder\n", encoding="utf-8")
    run_git(repository, "add", ".")
    run_git(repository, "commit", "--quiet", "-m", "Note")
    run_git(repository, "switch", "--quiet", "main")

    assert read_branch_folders(repository, "specs") == {"export": ("002-export",)}


def test_a_merged_branch_and_the_own_one_are_left_out(repository: Path, run_git: Git) -> None:
    run_git(repository, "switch", "--quiet", "-c", "export")
    commit_spec(repository, run_git, "002-export")
    run_git(repository, "switch", "--quiet", "main")
    run_git(repository, "merge", "--quiet", "export")

    assert read_branch_folders(repository, "specs") == {}


def test_a_branch_without_the_folder_and_one_where_it_is_a_file(
    repository: Path, run_git: Git
) -> None:
    """What follows them in git's answer is still read rightly."""
    for name, path in (("a-none", "other.md"), ("b-file", "specs")):
        run_git(repository, "switch", "--quiet", "-c", name, "main")
        (repository / path).write_text("text\n", encoding="utf-8")
        run_git(repository, "add", ".")
        run_git(repository, "commit", "--quiet", "-m", "Work")
    run_git(repository, "switch", "--quiet", "-c", "c-folder", "main")
    commit_spec(repository, run_git, "007-täst")
    run_git(repository, "switch", "--quiet", "main")

    assert read_branch_folders(repository, "specs") == {"c-folder": ("007-täst",)}


def test_branches_of_a_remote(repository: Path, run_git: Git, tmp_path: Path) -> None:
    """The remote's HEAD, which only points at one of them, is left out."""
    copy = tmp_path / "copy"
    run_git(tmp_path, "clone", "--quiet", str(repository), str(copy))
    commit_spec(repository, run_git, "003-import")
    run_git(copy, "fetch", "--quiet")

    assert read_branch_folders(copy, "specs") == {"origin/main": ("003-import",)}


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_ids_of_either_length(
    git_settings: Path, tmp_path: Path, run_git: Git, object_format: str
) -> None:
    root = tmp_path / object_format
    root.mkdir()
    run_git(root, "init", "--quiet", f"--object-format={object_format}")
    commit_spec(root, run_git, "001-a")
    run_git(root, "switch", "--quiet", "-c", "more")
    commit_spec(root, run_git, "002-b")
    commit_spec(root, run_git, "003-c")
    run_git(root, "switch", "--quiet", "main")

    assert read_branch_folders(root, "specs") == {"more": ("001-a", "002-b", "003-c")}


def test_a_repository_without_a_commit(git_settings: Path, tmp_path: Path, run_git: Git) -> None:
    run_git(tmp_path, "init", "--quiet")
    assert read_branch_folders(tmp_path, "specs") == {}
