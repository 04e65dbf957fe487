from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.workspace.commits import (
    commit_files,
    drop_private_ref,
    list_private_refs,
    name_private_ref,
)
from headwater.workspace.git import GitError
from headwater.workspace.repository import find_dirty_paths, open_repository, read_head, read_ref

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from headwater.workspace.repository import Repository

REF = name_private_ref("b-1")


def commit(opened: Repository, files: dict[str, bytes | None], *, message: str = "Derive") -> str:
    return commit_files(
        opened, ref=REF, base=read_head(opened), files=files, message=message, trailers={}
    )


def test_a_commit_touches_neither_branch_nor_index_nor_files(
    repository: Path, run_git: Callable[..., str]
) -> None:
    (repository / "staged.txt").write_text("mine")
    run_git(repository, "add", "staged.txt")
    opened = open_repository(repository)
    before = (read_head(opened), (repository / ".git/index").read_bytes(), find_dirty_paths(opened))
    made = commit(opened, {"src/x.py": b"x = 1\n"})
    assert read_ref(opened, REF) == made
    assert not (repository / "src").exists()
    after = (read_head(opened), (repository / ".git/index").read_bytes(), find_dirty_paths(opened))
    assert after == before
    assert run_git(repository, "show", "--format=", "--name-status", made) == "A\tsrc/x.py\n"


def test_commits_of_one_build_follow_each_other(
    repository: Path, run_git: Callable[..., str]
) -> None:
    opened = open_repository(repository)
    first = commit(opened, {"a": b"1"})
    second = commit(opened, {"b": b"2"})
    parents = run_git(repository, "rev-list", "--reverse", REF).split()
    assert parents == [read_head(opened), first, second]
    assert run_git(repository, "ls-tree", "-r", "--name-only", REF).split() == [
        "README.md",
        "a",
        "b",
    ]


def test_a_commit_that_changes_nothing_is_not_made(repository: Path) -> None:
    opened = open_repository(repository)
    assert commit(opened, {"README.md": b"# A project\n", "none": None}) == read_head(opened)
    first = commit(opened, {"a": b"1"})
    assert commit(opened, {"a": b"1"}) == first
    assert commit(opened, {}) == first


@pytest.mark.parametrize(
    "path",
    ["with space.py", "ünï/码.py", "q\"uo'te.py", "-dash", "glob*[a].py", ":(top)x", " lead"],
)
def test_unusual_names_are_names(repository: Path, run_git: Callable[..., str], path: str) -> None:
    opened = open_repository(repository)
    commit(opened, {path: b"1"})
    commit(opened, {path: b"2"})
    assert run_git(repository, "show", f"{REF}:{path}") == "2"
    commit(opened, {path: None})
    assert run_git(repository, "ls-tree", "-r", "--name-only", REF) == "README.md\n"


def test_bytes_are_committed_as_they_are_whatever_the_filters(
    repository: Path, run_git: Callable[..., str]
) -> None:
    run_git(repository, "config", "core.autocrlf", "input")
    opened = open_repository(repository)
    data = b"a\r\nb\n\0\xff"
    made = commit(opened, {"x.py": data})
    shown = subprocess.run(
        ["git", "show", f"{made}:x.py"], cwd=repository, check=True, capture_output=True
    )
    assert shown.stdout == data


def test_an_executable_file_stays_executable(repository: Path, run_git: Callable[..., str]) -> None:
    (repository / "run").write_text("1")
    (repository / "run").chmod(0o755)
    run_git(repository, "add", "run")
    run_git(repository, "commit", "--quiet", "-m", "Add")
    commit(open_repository(repository), {"run": b"2", "other": b"1"})
    tree = run_git(repository, "ls-tree", REF)
    assert [line.split()[0] for line in tree.splitlines()] == ["100644", "100644", "100755"]


def test_what_is_no_file_in_the_commit_is_never_replaced(
    repository: Path, run_git: Callable[..., str]
) -> None:
    (repository / "link").symlink_to("README.md")
    (repository / "folder").mkdir()
    (repository / "folder/x").write_text("1")
    run_git(repository, "add", ".")
    run_git(repository, "commit", "--quiet", "-m", "Add")
    opened = open_repository(repository)
    for path in ("link", "folder"):
        with pytest.raises(HeadwaterError, match=f"found something else at {path}"):
            commit(opened, {path: b"x"})
    assert read_ref(opened, REF) == ""


@pytest.mark.parametrize("path", ["../x", ".git/config", "/x", "README.md/below"])
def test_a_path_that_cannot_be_is_refused(repository: Path, path: str) -> None:
    opened = open_repository(repository)
    with pytest.raises(HeadwaterError):
        commit(opened, {path: b"x"})
    assert read_ref(opened, REF) == ""


def test_the_message_ends_with_its_trailers(repository: Path, run_git: Callable[..., str]) -> None:
    opened = open_repository(repository)
    commit_files(
        opened,
        ref=REF,
        base=read_head(opened),
        files={"x": b""},
        message="Derive 001/C1 ledger\n\n# 3 of 3 tests pass\nModel-like: prose\n",
        trailers={"Spec-Ref": "001/FR-001,\n 001/FR-002", "Derivation": "abc", "Model": "m:1"},
    )
    assert run_git(repository, "show", "--no-patch", "--format=%B", REF) == (
        "Derive 001/C1 ledger\n\n# 3 of 3 tests pass\nModel-like: prose\n\n"
        "Spec-Ref: 001/FR-001, 001/FR-002\nDerivation: abc\nModel: m:1\n\n"
    )
    trailers = run_git(repository, "show", "--no-patch", "--format=%(trailers)", REF)
    assert trailers.splitlines()[0] == "Spec-Ref: 001/FR-001, 001/FR-002"
    assert len(trailers.strip().splitlines()) == 3


def test_author_and_committer_are_the_users(
    repository: Path, run_git: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Grace Hopper")
    commit(open_repository(repository), {"x": b""})
    shown = run_git(repository, "show", "--no-patch", "--format=%an <%ae> %cn <%ce>", REF)
    assert shown == "Grace Hopper <ada@example.org> Ada Lovelace <ada@example.org>\n"


def test_an_unknown_author_is_said_with_what_to_do(repository: Path, git_settings: Path) -> None:
    git_settings.write_text("")
    opened = open_repository(repository)
    with pytest.raises(HeadwaterError, match="expected git to know the author") as caught:
        commit(opened, {"x": b""})
    assert "git config user.name" in caught.value.hint
    assert read_ref(opened, REF) == ""


def test_hooks_and_signing_do_not_concern_private_commits(
    repository: Path, run_git: Callable[..., str]
) -> None:
    """A key that does not exist would make a signed commit fail."""
    hooks = repository / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("pre-commit", "commit-msg", "post-commit", "reference-transaction"):
        (hooks / name).write_text("#!/bin/sh\ntouch hook-ran\nexit 1\n")
        (hooks / name).chmod(0o755)
    for key, value in (("commit.gpgSign", "true"), ("user.signingKey", "none")):
        run_git(repository, "config", key, value)
    made = commit(open_repository(repository), {"x": b""})
    assert "gpgsig" not in run_git(repository, "cat-file", "commit", made)
    assert not list(repository.rglob("hook-ran"))


def test_repositories_with_sha256_ids_work(
    tmp_path: Path, git_settings: Path, run_git: Callable[..., str]
) -> None:
    run_git(tmp_path, "init", "--quiet", "--object-format=sha256", "new")
    root = tmp_path / "new"
    run_git(root, "commit", "--quiet", "--allow-empty", "-m", "Begin")
    opened = open_repository(root)
    made = commit(opened, {"a": b"1", "b": b"1"})
    assert len(made) == len(opened.no_object) == 64
    commit(opened, {"a": None})
    assert run_git(root, "ls-tree", "--name-only", REF) == "b\n"


def test_a_private_ref_is_listed_until_it_is_dropped(repository: Path) -> None:
    opened = open_repository(repository)
    made = commit(opened, {"a": b"1"})
    assert list_private_refs(opened) == {REF: made}
    drop_private_ref(opened, REF)
    assert list_private_refs(opened) == {}


def test_only_private_refs_are_dropped(repository: Path) -> None:
    with pytest.raises(HeadwaterError, match="expected a ref below refs/headwater/builds/"):
        drop_private_ref(open_repository(repository), "refs/heads/main")


@pytest.mark.parametrize("build", ["", "a/b", "..", "a b", "-x", "a.lock"])
def test_a_build_id_is_one_plain_word(build: str) -> None:
    with pytest.raises(HeadwaterError, match="expected a build id"):
        name_private_ref(build)


def test_a_locked_private_ref_fails_and_keeps_what_it_had(repository: Path) -> None:
    opened = open_repository(repository)
    first = commit(opened, {"a": b"1"})
    (repository / ".git" / f"{REF}.lock").write_text("")
    with pytest.raises(GitError, match="update-ref"):
        commit(opened, {"a": b"2"})
    assert read_ref(opened, REF) == first
