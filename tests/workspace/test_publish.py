from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.workspace.commits import list_private_refs
from headwater.workspace.publish import publish
from headwater.workspace.repository import open_repository, read_head, read_ref
from tests.workspace.publishing import NOTE, REF, prepare, read_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_branch_index_and_files_follow_together(root: Path, run_git: Callable[..., str]) -> None:
    opened = open_repository(root)
    old, new = read_head(opened), prepare(opened)
    assert publish(opened, REF, branch="main", expected=old) == new
    assert read_head(opened) == new
    assert run_git(root, "status", "--porcelain") == ""
    assert run_git(root, "diff-files", "--name-only") == ""
    files = read_all(root)
    assert files['derived/deep/n e"w ü.py'] == b"new\n"
    assert "derived/gone.py" not in files
    assert (root / "derived/run").stat().st_mode & 0o111
    assert list_private_refs(opened) == {}
    assert not (root / ".git" / NOTE).exists()
    assert "headwater: publish" in run_git(root, "reflog", "-1")


def test_other_work_in_progress_stays_byte_for_byte(
    root: Path, run_git: Callable[..., str]
) -> None:
    (root / "staged.py").write_text("staged\n")
    (root / "both.py").write_text("staged\n")
    (root / "brand-new.py").write_text("staged\n")
    run_git(root, "add", ".")
    (root / "both.py").write_text("and changed again\n")
    (root / "mine.py").unlink()
    (root / "untracked.py").write_text("u\n")
    before = (run_git(root, "status", "--porcelain"), run_git(root, "diff", "--cached"))
    unstaged = run_git(root, "diff")
    opened = open_repository(root / "derived")
    old = read_head(opened)
    prepare(opened)
    publish(opened, REF, branch="main", expected=old)
    assert (run_git(root, "status", "--porcelain"), run_git(root, "diff", "--cached")) == before
    assert run_git(root, "diff") == unstaged
    assert (root / "both.py").read_text() == "and changed again\n"


@pytest.mark.parametrize(
    ("path", "stage", "content"),
    [
        ("derived/a.py", False, "mine\n"),
        ("derived/a.py", True, "mine\n"),
        ("derived/a.py", False, None),
        ("derived/gone.py", False, "mine\n"),
        ('derived/deep/n e"w ü.py', False, "in the way\n"),
        ('derived/deep/n e"w ü.py', True, "in the way\n"),
        ("derived/deep", False, "a file where a folder goes\n"),
    ],
)
def test_work_in_a_changed_path_refuses_before_anything_moves(
    root: Path, run_git: Callable[..., str], path: str, stage: bool, content: str | None
) -> None:
    place = root / path
    if content is None:
        place.unlink()
    else:
        place.parent.mkdir(exist_ok=True)
        place.write_text(content)
    if stage:
        run_git(root, "add", path)
    opened = open_repository(root)
    old, new = read_head(opened), prepare(opened)
    before = (read_all(root), run_git(root, "status", "--porcelain"))
    with pytest.raises(HeadwaterError, match="expected no uncommitted work") as caught:
        publish(opened, REF, branch="main", expected=old)
    assert path.split("/")[1] in caught.value.message
    assert caught.value.hint
    assert (read_all(root), run_git(root, "status", "--porcelain")) == before
    assert (read_head(opened), read_ref(opened, REF)) == (old, new)
    assert not (root / ".git" / NOTE).exists()


def test_an_ignored_file_in_the_way_is_not_overwritten(root: Path) -> None:
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/exclude").write_text("*.secret\n")
    (root / "derived/x.secret").write_text("mine\n")
    opened = open_repository(root)
    old = read_head(opened)
    prepare(opened, {"derived/x.secret": b"new\n"})
    with pytest.raises(HeadwaterError, match=r"derived/x\.secret"):
        publish(opened, REF, branch="main", expected=old)
    assert (root / "derived/x.secret").read_text() == "mine\n"


def test_a_folder_in_the_way_of_a_file_refuses(root: Path) -> None:
    (root / "derived/new.py").mkdir()
    opened = open_repository(root)
    old = read_head(opened)
    prepare(opened, {"derived/new.py": b"new\n"})
    with pytest.raises(HeadwaterError, match=r"derived/new\.py"):
        publish(opened, REF, branch="main", expected=old)


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
def test_a_file_that_git_was_told_not_to_look_at_is_not_overwritten(
    root: Path, run_git: Callable[..., str], flag: str
) -> None:
    run_git(root, "update-index", flag, "derived/a.py")
    (root / "derived/a.py").write_text("mine\n")
    opened = open_repository(root)
    old = read_head(opened)
    prepare(opened)
    with pytest.raises(HeadwaterError, match=r"derived/a\.py"):
        publish(opened, REF, branch="main", expected=old)


@pytest.mark.parametrize("staged", [True, False])
def test_a_file_that_already_is_as_it_becomes_is_no_obstacle(
    root: Path, run_git: Callable[..., str], staged: bool
) -> None:
    """An adopted hand edit is committed as it lies in the work tree."""
    (root / "derived/a.py").write_text("new a\n")
    if staged:
        run_git(root, "add", "derived/a.py")
    opened = open_repository(root)
    old = read_head(opened)
    prepare(opened)
    publish(opened, REF, branch="main", expected=old)
    assert run_git(root, "status", "--porcelain") == ""


def test_a_branch_that_moved_meanwhile_is_left_alone(
    root: Path, run_git: Callable[..., str]
) -> None:
    opened = open_repository(root)
    old, new = read_head(opened), prepare(opened)
    (root / "derived/a.py").write_text("meanwhile\n")
    run_git(root, "commit", "--quiet", "-am", "Meanwhile")
    moved = read_head(opened)
    before = read_all(root)
    with pytest.raises(HeadwaterError, match="it moved while the build ran") as caught:
        publish(opened, REF, branch="main", expected=old)
    assert caught.value.hint
    assert (read_head(opened), read_ref(opened, REF)) == (moved, new)
    assert read_all(root) == before
    assert run_git(root, "status", "--porcelain") == ""
    assert not (root / ".git" / NOTE).exists()


def test_a_locked_branch_is_not_mistaken_for_a_moved_one(root: Path) -> None:
    opened = open_repository(root)
    old = read_head(opened)
    prepare(opened)
    (root / ".git/refs/heads/main.lock").write_text("")
    with pytest.raises(HeadwaterError, match="update-ref"):
        publish(opened, REF, branch="main", expected=old)
    assert (root / "derived/a.py").read_text() == "old derived/a.py\n"


def test_commits_that_do_not_follow_the_branch_are_refused(
    root: Path, run_git: Callable[..., str]
) -> None:
    opened = open_repository(root)
    prepare(opened)
    run_git(root, "commit", "--quiet", "--amend", "-m", "Another history")
    head = read_head(opened)
    with pytest.raises(HeadwaterError, match="expected the new commits to follow"):
        publish(opened, REF, branch="main", expected=head)
    assert read_head(opened) == head


def test_nothing_to_publish_is_said_and_no_change_is_fine(root: Path) -> None:
    opened = open_repository(root)
    head = read_head(opened)
    with pytest.raises(HeadwaterError, match="expected commits to publish"):
        publish(opened, REF, branch="main", expected=head)
    prepare(opened, {"x": b"1"})
    prepare(opened, {"x": None})
    publish(opened, REF, branch="main", expected=head)
    assert list_private_refs(opened) == {}


def test_a_branch_that_is_not_checked_out_moves_without_files(
    root: Path, run_git: Callable[..., str]
) -> None:
    run_git(root, "branch", "feature")
    opened = open_repository(root)
    old, new = read_head(opened), prepare(opened)
    before = read_all(root)
    publish(opened, REF, branch="feature", expected=old)
    assert read_ref(opened, "refs/heads/feature") == new
    assert read_head(opened) == old
    assert read_all(root) == before


def test_a_linked_work_tree_publishes_its_own_branch(
    root: Path, tmp_path: Path, run_git: Callable[..., str]
) -> None:
    linked = tmp_path / "linked tree"
    run_git(root, "worktree", "add", "--quiet", "-b", "feature", str(linked))
    here = open_repository(linked)
    old, new = read_head(here), prepare(here)
    with pytest.raises(HeadwaterError, match="expected refs/heads/feature to be checked out here"):
        publish(open_repository(root), REF, branch="feature", expected=old)
    publish(here, REF, branch="feature", expected=old)
    assert read_head(here) == new
    assert run_git(linked, "status", "--porcelain") == ""
    assert run_git(root, "status", "--porcelain") == ""
    assert (root / "derived/a.py").read_text() == "old derived/a.py\n"


def test_repositories_with_sha256_ids_publish(
    tmp_path: Path, git_settings: Path, run_git: Callable[..., str]
) -> None:
    run_git(tmp_path, "init", "--quiet", "--object-format=sha256", "new")
    root = tmp_path / "new"
    (root / "x").write_text("1")
    run_git(root, "add", ".")
    run_git(root, "commit", "--quiet", "-m", "Begin")
    opened = open_repository(root)
    old = read_head(opened)
    prepare(opened, {"x": None, "y": b"2"})
    publish(opened, REF, branch="main", expected=old)
    assert run_git(root, "status", "--porcelain") == ""
    assert read_all(root) == {"y": b"2"}
