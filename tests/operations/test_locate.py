from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.standing.locate import locate_path
from headwater.workspace.repository import open_repository

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("src/a.py", "src/a.py"),
        ("src/../b.py", "b.py"),
        ("./src//a.py", "src/a.py"),
        (".", ""),
        ("src/..", ""),
    ],
)
def test_names_the_path_inside_the_repository(repository: Path, given: str, expected: str) -> None:
    assert locate_path(open_repository(repository), repository / given) == expected


def test_reads_relative_paths_from_the_current_folder(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathlib import Path

    (repository / "docs").mkdir()
    monkeypatch.chdir(repository / "docs")

    assert locate_path(open_repository(repository), Path("../src/a.py")) == "src/a.py"


def test_a_repository_may_be_reached_through_a_link(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(repository)

    assert locate_path(open_repository(repository), tmp_path / "link" / "a.py") == "a.py"


@pytest.mark.parametrize("given", ["../other.py", "/etc/passwd", "src/../../x"])
def test_a_path_that_leaves_is_refused(repository: Path, given: str) -> None:
    with pytest.raises(HeadwaterError, match="inside the repository"):
        locate_path(open_repository(repository), repository / given)


@pytest.mark.parametrize("given", ["link/a.py", "loop/README.md"])
def test_a_path_through_a_link_inside_is_refused(repository: Path, given: str) -> None:
    (repository / "link").symlink_to(os.sep)
    (repository / "loop").symlink_to(repository)

    with pytest.raises(HeadwaterError, match="symbolic link"):
        locate_path(open_repository(repository), repository / given)


def test_git_s_own_folder_is_refused(repository: Path) -> None:
    with pytest.raises(HeadwaterError, match=r"\.git"):
        locate_path(open_repository(repository), repository / ".git" / "config")
