from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.workspace.repository import (
    DirtyPath,
    find_dirty_paths,
    find_dirty_tracked,
    open_repository,
    read_branch,
    read_head,
    read_ref,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_repository_is_found_from_a_folder_inside_it(repository: Path) -> None:
    inside = repository / "src" / "deep"
    inside.mkdir(parents=True)
    opened = open_repository(inside)
    assert opened.root == repository
    assert opened.git_folder == repository / ".git"
    assert opened.no_object == "0" * 40
    assert read_branch(opened) == "main"


def test_head_is_the_commit_that_is_checked_out(
    repository: Path, run_git: Callable[..., str]
) -> None:
    opened = open_repository(repository)
    head = run_git(repository, "rev-parse", "HEAD").strip()
    assert read_head(opened) == read_ref(opened, "refs/heads/main") == head
    assert read_ref(opened, "refs/heads/none") == ""


def test_no_repository_is_said_with_what_to_do(tmp_path: Path, git_settings: Path) -> None:
    with pytest.raises(HeadwaterError, match="expected a git repository, found none") as caught:
        open_repository(tmp_path)
    assert "git init" in caught.value.hint


@pytest.mark.parametrize("make_file", [True, False])
def test_a_path_that_is_no_folder_is_refused(tmp_path: Path, make_file: bool) -> None:
    place = tmp_path / "x"
    if make_file:
        place.write_text("")
    with pytest.raises(HeadwaterError, match="expected a folder, found none at"):
        open_repository(place)


def test_a_bare_repository_is_refused(
    tmp_path: Path, git_settings: Path, run_git: Callable[..., str]
) -> None:
    run_git(tmp_path, "init", "--quiet", "--bare", "bare.git")
    with pytest.raises(HeadwaterError, match="found a bare one") as caught:
        open_repository(tmp_path / "bare.git")
    assert "Clone" in caught.value.hint


def test_the_inside_of_the_git_folder_is_no_work_tree(repository: Path) -> None:
    with pytest.raises(HeadwaterError, match="git's own folder"):
        open_repository(repository / ".git")


def test_missing_git_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(HeadwaterError, match="`git` program") as caught:
        open_repository(repository)
    assert "Install git" in caught.value.hint


def test_a_repository_without_a_commit_has_a_branch_and_no_head(
    tmp_path: Path, git_settings: Path, run_git: Callable[..., str]
) -> None:
    run_git(tmp_path, "init", "--quiet", "new")
    opened = open_repository(tmp_path / "new")
    assert read_branch(opened) == "main"
    with pytest.raises(HeadwaterError, match="expected a commit, found none yet"):
        read_head(opened)


def test_a_detached_head_is_no_branch(repository: Path, run_git: Callable[..., str]) -> None:
    run_git(repository, "checkout", "--quiet", "--detach")
    with pytest.raises(HeadwaterError, match="detached HEAD") as caught:
        read_branch(open_repository(repository))
    assert "git switch" in caught.value.hint


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another user")
def test_another_users_repository_is_named_as_such(repository: Path) -> None:
    for folder in (repository, repository / ".git"):
        os.chown(folder, 65534, 65534)
    with pytest.raises(HeadwaterError, match="belongs to another user") as caught:
        open_repository(repository)
    assert "safe.directory" in caught.value.hint


def test_variables_that_point_git_elsewhere_are_ignored(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    assert open_repository(repository).root == repository
    assert find_dirty_paths(open_repository(repository)) == ()


def test_uncommitted_work_is_listed_by_kind(repository: Path, run_git: Callable[..., str]) -> None:
    for name in ("staged.py", "both ü.py", 'q"uote.py', "gone.py", "old.py"):
        (repository / name).write_text(f"{name}\n" * 5, encoding="utf-8")
    run_git(repository, "add", ".")
    run_git(repository, "commit", "--quiet", "-m", "Add")
    (repository / "staged.py").write_text("1")
    (repository / "both ü.py").write_text("1")
    run_git(repository, "add", ".")
    (repository / "both ü.py").write_text("2")
    (repository / 'q"uote.py').write_text("1")
    (repository / "gone.py").unlink()
    run_git(repository, "mv", "old.py", "new.py")
    (repository / "new").mkdir()
    (repository / "new" / "untracked.py").write_text("")
    opened = open_repository(repository)
    assert find_dirty_paths(opened) == (
        DirtyPath(path="both ü.py", staged=True, unstaged=True),
        DirtyPath(path="gone.py", unstaged=True),
        DirtyPath(path="new.py", staged=True),
        DirtyPath(path="new/untracked.py", untracked=True),
        DirtyPath(path="old.py", staged=True),
        DirtyPath(path='q"uote.py', unstaged=True),
        DirtyPath(path="staged.py", staged=True),
    )
    assert [dirty.path for dirty in find_dirty_paths(opened, ["new/**", "gone.py"])] == [
        "gone.py",
        "new/untracked.py",
    ]
    tracked = find_dirty_tracked(opened, ["staged.py", "README.md", "new/untracked.py"])
    assert list(tracked) == ["staged.py"]
    assert find_dirty_tracked(opened, []) == {}


def test_an_unmerged_path_is_dirty(repository: Path, run_git: Callable[..., str]) -> None:
    run_git(repository, "switch", "--quiet", "-c", "other")
    (repository / "README.md").write_text("other\n")
    run_git(repository, "commit", "--quiet", "-am", "Other")
    run_git(repository, "switch", "--quiet", "main")
    (repository / "README.md").write_text("main\n")
    run_git(repository, "commit", "--quiet", "-am", "Main")
    with pytest.raises(Exception, match="merge"):
        run_git(repository, "merge", "other")
    dirty = find_dirty_paths(open_repository(repository))
    assert dirty == (DirtyPath(path="README.md", staged=True, unstaged=True),)
