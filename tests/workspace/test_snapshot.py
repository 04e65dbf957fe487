from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.workspace.repository import Repository, open_repository, read_head
from headwater.workspace.snapshot import export_files, export_matching

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


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (("specs/*/*.md",), [path for path in FILES if path.count("/") == 2 and "specs" in path]),
        (("specs/001-a/spec.md", "src/**"), ["specs/001-a/spec.md", "src/main.py"]),
        (("**/*.py",), ["src/main.py"]),
        (("nothing/*",), []),
    ],
)
def test_files_are_written_as_committed(
    committed: Repository, tmp_path: Path, patterns: tuple[str, ...], expected: list[str]
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()

    export_matching(committed, read_head(committed), patterns=patterns, folder=folder)

    assert look(folder) == {path: FILES[path] for path in expected}


def test_only_files_that_are_there_and_may_be_written(
    committed: Repository, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    paths = ["src/main.py", "src", "gone.py", "../up.py", "/etc/passwd", ".git/config", "a//b", ""]

    export_files(committed, read_head(committed), paths=[*paths, *paths], folder=folder)

    assert look(folder) == {"src/main.py": b"pass\n"}
