from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from headwater.workspace.repository import Repository, open_repository, read_head
from headwater.workspace.snapshot import identify_content, list_tree, read_contents, write_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = {
    "specs/001-a/spec.md": b"one\n",
    "specs/001-a/empty.md": b"",
    "specs/001-a/böse — 漢.md": b"\x00binary\nand more\n",
    "specs/001-a/deep/er.md": b"deeper\n",
    "src/main.py": b"pass\n",
}


@pytest.fixture
def committed(repository: Path, run_git: Callable[..., str]) -> Repository:
    for path, data in FILES.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_bytes(data)
    (repository / "specs/001-a/link.md").symlink_to("spec.md")
    run_git(repository, "add", "--all")
    run_git(repository, "commit", "--quiet", "-m", "Add")
    for path in FILES:
        (repository / path).write_bytes(b"changed since\n")
    return open_repository(repository)


def look(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_files_are_written_as_committed(committed: Repository, tmp_path: Path) -> None:
    tree = list_tree(committed, read_head(committed))

    write_files(committed, tree, folder=tmp_path / "out")

    assert look(tmp_path / "out") == {**FILES, "README.md": b"# A project\n"}
    assert tree["specs/001-a/spec.md"] != tree["src/main.py"]


def test_only_some_files_are_written(committed: Repository, tmp_path: Path) -> None:
    tree = list_tree(committed, read_head(committed))

    write_files(committed, {path: tree[path] for path in ["src/main.py"]}, folder=tmp_path / "out")
    write_files(committed, {}, folder=tmp_path / "none")

    assert look(tmp_path / "out") == {"src/main.py": b"pass\n"}
    assert not (tmp_path / "none").exists()


def test_a_tree_that_leads_out_is_passed_over(
    committed: Repository, tmp_path: Path, run_git: Callable[..., str]
) -> None:
    """Git itself writes no such tree, but one can be made and fetched."""
    blob = run_git(committed.root, "rev-parse", "HEAD:src/main.py").strip()
    entry = b"100644 ..\0" + bytes.fromhex(blob)
    hashed = subprocess.run(
        ["git", "hash-object", "-t", "tree", "-w", "--literally", "--stdin"],
        cwd=committed.root,
        input=entry,
        check=True,
        capture_output=True,
    )
    tree = hashed.stdout.decode().strip()
    commit = run_git(committed.root, "commit-tree", "-m", "Bad", tree).strip()

    assert list_tree(committed, commit) == {}


def test_contents_are_read_and_known_by_the_ids_that_git_gives(
    repository: Path, run_git: Callable[..., str]
) -> None:
    """An empty file, one without a last line end, and two with the same bytes."""
    contents = {"a": b"", "b": b"no end", "c": b"line\n\n", "d": b"no end"}
    for name, data in contents.items():
        (repository / name).write_bytes(data)
    run_git(repository, "add", "--all")
    run_git(repository, "commit", "--quiet", "-m", "Say it")
    opened = open_repository(repository)
    tree = list_tree(opened, run_git(repository, "rev-parse", "HEAD").strip())
    named = {name: tree[name] for name in contents}

    assert dict(zip(named, read_contents(opened, named.values()), strict=True)) == contents
    assert {name: identify_content(opened, data) for name, data in contents.items()} == named
    assert list(read_contents(opened, ())) == []
