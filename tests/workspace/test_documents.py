from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.workspace.documents import read_documents
from headwater.workspace.files import MAX_DOCUMENT_BYTES, write_file

if TYPE_CHECKING:
    from pathlib import Path

PATTERNS = (".specify/memory/constitution.md", "specs/*/spec.md", "specs/*/plan.md")


def write_all(root: Path, *paths: str) -> None:
    for path in paths:
        write_file(root, path, path.encode())


def test_documents_are_found_by_glob_and_come_in_order(tmp_path: Path) -> None:
    write_all(
        tmp_path,
        "specs/002-b/spec.md",
        "specs/001-a/spec.md",
        "specs/001-a/notes.md",
        "specs/001-a/deep/spec.md",
        "specs/README.md",
        ".specify/memory/constitution.md",
    )
    found = read_documents(tmp_path, PATTERNS)
    assert list(found.items()) == [
        (path, path.encode())
        for path in (
            ".specify/memory/constitution.md",
            "specs/001-a/spec.md",
            "specs/002-b/spec.md",
        )
    ]


def test_nothing_there_is_no_error(tmp_path: Path) -> None:
    assert read_documents(tmp_path, PATTERNS) == {}


def test_a_folder_named_as_a_document_is_not_one(tmp_path: Path) -> None:
    (tmp_path / "specs/001-a/spec.md").mkdir(parents=True)
    assert read_documents(tmp_path, PATTERNS) == {}


def test_two_stars_reach_every_depth_but_not_git_nor_links(tmp_path: Path) -> None:
    write_all(tmp_path, "a.md", "x/a.md", "x/y/a.md", ".headwater/a.md", "x/b.txt")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/a.md").write_text("")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert list(read_documents(tmp_path, ["**/*.md"])) == ["a.md", "x/a.md", "x/y/a.md"]
    assert list(read_documents(tmp_path, ["x/**"])) == ["x/a.md", "x/b.txt", "x/y/a.md"]


def test_at_most_one_byte_too_many_is_read(tmp_path: Path) -> None:
    write_file(tmp_path, "specs/001-a/spec.md", b"x" * (MAX_DOCUMENT_BYTES + 100))
    (data,) = read_documents(tmp_path, PATTERNS).values()
    assert len(data) == MAX_DOCUMENT_BYTES + 1


@pytest.mark.parametrize("link", ["specs", "specs/001-a", "specs/001-a/spec.md"])
def test_a_symbolic_link_on_the_way_to_a_document_is_refused(tmp_path: Path, link: str) -> None:
    root = tmp_path / "root"
    write_all(tmp_path, "elsewhere/001-a/spec.md", "elsewhere/spec.md")
    (root / link).parent.mkdir(parents=True)
    targets = {"specs": "elsewhere", "specs/001-a": "elsewhere/001-a"}
    (root / link).symlink_to(tmp_path / targets.get(link, "elsewhere/spec.md"))
    with pytest.raises(HeadwaterError, match=f"found a symbolic link at {link}$"):
        read_documents(root, PATTERNS)
