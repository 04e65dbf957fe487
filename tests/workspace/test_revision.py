"""Files as a commit has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.workspace.history import read_last_commit_time, resolve_revision
from headwater.workspace.repository import open_repository
from headwater.workspace.revision import identify_content, list_files_at, read_contents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATTERNS = ("memory.md", "specs/*/*.md")


def test_files_of_a_commit_are_listed_and_read(
    repository: Path, run_git: Callable[..., str]
) -> None:
    """Links, other files and folders below are passed over; later edits are not seen."""
    texts = {
        "memory.md": "one\n",
        "specs/001/spec.md": "two\n",
        "specs/001/plan.md": "",
        "specs/001/deep/spec.md": "no\n",
        "specs/001/notes.txt": "no\n",
        "other/001/spec.md": "no\n",
    }
    for path, text in texts.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(text, encoding="utf-8")
    (repository / "specs/001/link.md").symlink_to("spec.md")
    run_git(repository, "add", "--all")
    run_git(repository, "commit", "--quiet", "-m", "Say it")
    (repository / "memory.md").write_text("changed\n", encoding="utf-8")
    opened = open_repository(repository)

    listed = list_files_at(opened, resolve_revision(opened, "HEAD"), PATTERNS)
    contents = read_contents(opened, listed.values())

    assert {path: contents[name] for path, name in listed.items()} == {
        "memory.md": b"one\n",
        "specs/001/spec.md": b"two\n",
        "specs/001/plan.md": b"",
    }
    assert all(identify_content(opened, contents[name]) == name for name in listed.values())


def test_a_commit_without_the_files_has_none(repository: Path) -> None:
    opened = open_repository(repository)

    assert list_files_at(opened, resolve_revision(opened, "HEAD"), PATTERNS) == {}
    assert read_contents(opened, ()) == {}


def test_the_time_of_the_last_commit_is_that_of_git(
    repository: Path, run_git: Callable[..., str]
) -> None:
    found = read_last_commit_time(open_repository(repository))

    assert found is not None
    assert int(found.timestamp()) == int(run_git(repository, "log", "-1", "--format=%ct"))


def test_before_the_first_commit_there_is_no_time(
    git_settings: Path, tmp_path: Path, run_git: Callable[..., str]
) -> None:
    run_git(tmp_path, "init", "--quiet")

    assert read_last_commit_time(open_repository(tmp_path)) is None
