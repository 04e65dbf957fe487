"""History walked once, merges included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.workspace.repository import open_repository
from headwater.workspace.snapshot import identify_content
from headwater.workspace.trees import read_trees
from headwater.workspace.walk import walk_commits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def commit(root: Path, run_git: Callable[..., str], text: str, *, message: str) -> None:
    (root / "specs").mkdir(exist_ok=True)
    (root / "specs/a\tb.md").write_text(text, encoding="utf-8")
    run_git(root, "add", "--all")
    run_git(root, "commit", "--quiet", "--allow-empty", "-m", message)


def test_every_commit_comes_with_what_it_changes(
    repository: Path, run_git: Callable[..., str]
) -> None:
    commit(repository, run_git, "one\n", message="One\n\n:100644 is no entry\n\nSpec-Ref: 001")
    commit(repository, run_git, "two\n", message="\x01Two")
    run_git(repository, "rm", "--quiet", "specs/a\tb.md")
    run_git(repository, "commit", "--quiet", "-m", "Gone")
    opened = open_repository(repository)
    one, two = (identify_content(opened, data) for data in (b"one\n", b"two\n"))

    found = walk_commits(opened, "HEAD", paths=["specs"])

    assert [walked.commit.subject for walked in found] == ["Gone", "\x01Two", "One"]
    assert found[2].commit.trailers == {"Spec-Ref": ("001",)}
    assert ":100644 is no entry" in found[2].commit.message
    assert [(file.before, file.after) for walked in found for file in walked.files] == [
        ((two,), ""),
        ((one,), two),
        (("",), one),
    ]
    assert {file.path for walked in found for file in walked.files} == {"specs/a\tb.md"}
    assert found[0].commit.parents == (found[1].commit.id,)


def test_a_merge_changes_what_neither_parent_has(
    repository: Path, run_git: Callable[..., str]
) -> None:
    commit(repository, run_git, "base\n", message="Base")
    run_git(repository, "switch", "--quiet", "-c", "side")
    commit(repository, run_git, "side\n", message="Side")
    run_git(repository, "switch", "--quiet", "main")
    commit(repository, run_git, "main\n", message="Main")
    run_git(repository, "merge", "--quiet", "--strategy", "ours", "side")
    commit(repository, run_git, "both\n", message="Later")
    run_git(repository, "reset", "--quiet", "--soft", "HEAD~1")
    run_git(repository, "commit", "--quiet", "--amend", "-m", "Merge")

    found = walk_commits(open_repository(repository), "HEAD", paths=["specs"])

    assert {walked.commit.subject for walked in found} == {"Merge", "Side", "Main", "Base"}
    (merge,) = (walked for walked in found if walked.commit.subject == "Merge")
    assert len(merge.commit.parents) == len(merge.files[0].before) == 2
    assert merge.files[0].after not in merge.files[0].before


def test_symbolic_links_are_nothing(repository: Path, run_git: Callable[..., str]) -> None:
    (repository / "specs").mkdir()
    (repository / "specs/link.md").symlink_to("/etc/passwd")
    run_git(repository, "add", "--all")
    run_git(repository, "commit", "--quiet", "-m", "Link")

    (walked,) = walk_commits(open_repository(repository), "HEAD", paths=["specs"])

    assert [(file.before, file.after) for file in walked.files] == [(("",), "")]


def test_a_range_that_names_nothing_is_refused(repository: Path) -> None:
    with pytest.raises(HeadwaterError, match="expected the name of a commit"):
        walk_commits(open_repository(repository), "nope..HEAD", paths=["specs"])


def test_folders_are_read_many_at_a_time(repository: Path, run_git: Callable[..., str]) -> None:
    commit(repository, run_git, "one\n", message="One")
    opened = open_repository(repository)

    root, specs, none, file = read_trees(
        repository, ["HEAD:", "HEAD:specs", "HEAD:nothing", "HEAD:README.md"]
    )

    assert root["specs"].mode == "40000"
    assert specs["a\tb.md"].object == identify_content(opened, b"one\n")
    assert none == file == {}
    assert list(read_trees(repository, [])) == []
