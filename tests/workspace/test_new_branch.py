"""Beginning a branch where one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.workspace.new_branch import begin_branch, leave_branch, list_branch_names
from headwater.workspace.repository import open_repository, read_branch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Git = Callable[..., str]


def test_a_new_branch_takes_uncommitted_work_along(repository: Path, run_git: Git) -> None:
    (repository / "README.md").write_text("changed\n")
    (repository / "staged.py").write_text("staged\n")
    run_git(repository, "add", "staged.py")
    before = run_git(repository, "status", "--porcelain")
    opened = open_repository(repository)
    begin_branch(opened, "001-wallet")
    assert read_branch(opened) == "001-wallet"
    assert run_git(repository, "status", "--porcelain") == before
    assert run_git(repository, "rev-parse", "001-wallet") == run_git(
        repository, "rev-parse", "main"
    )


@pytest.mark.parametrize("name", ["main", "a b", "-x/", "..", "a.lock"])
def test_a_branch_that_is_there_or_cannot_be_is_refused(repository: Path, name: str) -> None:
    opened = open_repository(repository)
    with pytest.raises(HeadwaterError, match="branch"):
        begin_branch(opened, name)
    assert read_branch(opened) == "main"


def test_leaving_forgets_a_branch_that_holds_nothing(repository: Path, run_git: Git) -> None:
    opened = open_repository(repository)
    begin_branch(opened, "001-wallet")
    leave_branch(opened, "001-wallet", back_to="main")
    assert read_branch(opened) == "main"
    assert list_branch_names(opened) == ("main",)
    begin_branch(opened, "001-wallet")
    run_git(repository, "commit", "--quiet", "--allow-empty", "-m", "Work")
    leave_branch(opened, "001-wallet", back_to="main")
    assert read_branch(opened) == "001-wallet"


def test_names_of_remote_branches_come_without_their_remote(
    repository: Path, run_git: Git, tmp_path: Path
) -> None:
    run_git(repository, "branch", "004-export")
    run_git(tmp_path, "clone", "--quiet", str(repository), "clone")
    names = list_branch_names(open_repository(tmp_path / "clone"))
    assert set(names) == {"main", "HEAD", "004-export"}
