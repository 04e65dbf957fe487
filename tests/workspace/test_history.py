from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.workspace.commits import commit_files, name_private_ref
from headwater.workspace.history import (
    read_commits,
    read_file_at,
    read_last_commit_time,
    resolve_revision,
)
from headwater.workspace.repository import open_repository, read_head

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from headwater.workspace.repository import Repository

REF = name_private_ref("b1")


@pytest.fixture
def derived(repository: Path) -> Repository:
    """A repository with two derived commits on a private ref."""
    opened = open_repository(repository)
    for number in (1, 2):
        commit_files(
            opened,
            ref=REF,
            base=read_head(opened),
            files={f"src/c{number}.py": b"%d\n" % number},
            message=f"Derive C{number}\n\nBody: no trailer, since text follows\nlike this",
            trailers={"Spec-Ref": "001/FR-001", "Derivation": f"d{number}"},
        )
    return opened


def test_commits_come_newest_first_with_their_trailers(derived: Repository) -> None:
    second, first = read_commits(derived, f"HEAD..{REF}")
    assert (second.subject, first.subject) == ("Derive C2", "Derive C1")
    assert first.trailers == {"Spec-Ref": ("001/FR-001",), "Derivation": ("d1",)}
    assert (first.author, first.email) == ("Ada Lovelace", "ada@example.org")
    assert first.time.tzinfo is not None
    assert first.id == resolve_revision(derived, f"{REF}~1")


def test_a_trailer_given_twice_has_both_values(
    repository: Path, run_git: Callable[..., str]
) -> None:
    message = "Subject\n\nReviewed-by: A\nReviewed-by: B"
    run_git(repository, "commit", "--quiet", "--allow-empty", "-m", message)
    (newest, *_) = read_commits(open_repository(repository))
    assert newest.trailers == {"Reviewed-by": ("A", "B")}


def test_commits_are_chosen_by_path_and_number(derived: Repository) -> None:
    assert [commit.subject for commit in read_commits(derived, REF, paths=["src/c1.py"])] == [
        "Derive C1"
    ]
    assert [commit.subject for commit in read_commits(derived, REF, limit=1)] == ["Derive C2"]
    assert read_commits(derived, REF, paths=["none"]) == ()


def test_a_file_is_read_as_a_commit_has_it(derived: Repository) -> None:
    assert read_file_at(derived, REF, "src/c2.py") == b"2\n"
    assert read_file_at(derived, f"{REF}~1", "src/c2.py") is None
    assert read_file_at(derived, REF, "src") is None


@pytest.mark.parametrize("revision", ["none", "--all", ""])
def test_an_unknown_revision_is_said(derived: Repository, revision: str) -> None:
    with pytest.raises(HeadwaterError, match="expected the name of a commit"):
        resolve_revision(derived, revision)
    with pytest.raises(HeadwaterError, match="expected the name of a commit"):
        read_commits(derived, revision)


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
