from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.workspace.files import (
    hash_files,
    read_file,
    remove_file,
    resolve_inside,
    write_file,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_a_path_inside_resolves_whether_or_not_it_is_there(tmp_path: Path) -> None:
    assert resolve_inside(tmp_path, "a/b/c.py") == tmp_path / "a" / "b" / "c.py"


@pytest.mark.parametrize("path", ["../x", "/x", ".git/config", "a/../../x"])
def test_a_path_that_leads_out_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(HeadwaterError, match="expected a path inside"):
        resolve_inside(tmp_path, path)


@pytest.mark.parametrize("path", ["link", "link/x.py", "folder/inner/x.py"])
def test_a_symbolic_link_anywhere_on_the_way_is_refused(tmp_path: Path, path: str) -> None:
    outside = tmp_path / "outside"
    root = tmp_path / "root"
    outside.mkdir()
    (root / "folder").mkdir(parents=True)
    (root / "link").symlink_to(outside)
    (root / "folder" / "inner").symlink_to(outside)
    for act in (
        lambda: resolve_inside(root, path),
        lambda: read_file(root, path),
        lambda: write_file(root, path, b"x"),
        lambda: remove_file(root, path),
        lambda: hash_files(root, [path]),
    ):
        with pytest.raises(HeadwaterError, match="is a symbolic link"):
            act()
    assert list(outside.iterdir()) == []


def test_a_dangling_link_is_never_written_through(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(HeadwaterError, match="symbolic link"):
        write_file(tmp_path, "link", b"x")
    assert not (tmp_path / "target").exists()


def test_a_file_where_a_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(HeadwaterError, match="a is no folder"):
        write_file(tmp_path, "a/b", b"")


def test_reading_stops_at_its_limit(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"12345")
    assert read_file(tmp_path, "x") == b"12345"
    assert read_file(tmp_path, "x", limit=3) == b"123"


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for path in ("pipe", "folder"):
        with pytest.raises(HeadwaterError, match="expected a regular file"):
            read_file(tmp_path, path)
    with pytest.raises(HeadwaterError, match="expected a file at none, found none"):
        read_file(tmp_path, "none")
    with pytest.raises(HeadwaterError, match=r"long.* cannot be read: File name too long"):
        read_file(tmp_path, "long" * 100)


def test_files_are_hashed_and_missing_ones_are_none(tmp_path: Path) -> None:
    write_file(tmp_path, "a/x", b"data")
    assert hash_files(tmp_path, ["a/x", "a/y", "b/z"]) == {
        "a/x": hashlib.sha256(b"data").hexdigest(),
        "a/y": None,
        "b/z": None,
    }


def test_writing_replaces_the_file_whole_and_leaves_nothing_else(tmp_path: Path) -> None:
    write_file(tmp_path, "a/b/x", b"old and longer")
    with (tmp_path / "a/b/x").open("rb") as reader:
        write_file(tmp_path, "a/b/x", b"new")
        assert reader.read() == b"old and longer"
    assert (tmp_path / "a/b/x").read_bytes() == b"new"
    assert [entry.name for entry in (tmp_path / "a/b").iterdir()] == ["x"]


@pytest.mark.parametrize(
    ("before", "executable", "after"),
    [
        (None, None, 0o640),
        (None, False, 0o640),
        (None, True, 0o751),
        (0o604, None, 0o604),
        (0o755, None, 0o755),
        (0o755, False, 0o644),
        (0o600, True, 0o711),
    ],
)
def test_a_file_keeps_its_mode_unless_told(
    tmp_path: Path, before: int | None, executable: bool | None, after: int
) -> None:
    """A new file gets what the umask leaves; a replaced one what it had."""
    if before is not None:
        (tmp_path / "x").write_bytes(b"")
        (tmp_path / "x").chmod(before)
    umask = os.umask(0o026)
    try:
        write_file(tmp_path, "x", b"1", executable=executable)
    finally:
        os.umask(umask)
    assert (tmp_path / "x").stat().st_mode & 0o777 == after


def test_a_folder_in_the_way_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    with pytest.raises(HeadwaterError, match="expected a regular file or nothing"):
        write_file(tmp_path, "x", b"")


def test_a_write_that_fails_leaves_no_temporary_file(tmp_path: Path) -> None:
    write_file(tmp_path, "x", b"old")
    with pytest.raises(TypeError):
        write_file(tmp_path, "x", "text")  # type: ignore[arg-type]  # makes the write itself fail
    assert [entry.name for entry in tmp_path.iterdir()] == ["x"]
    assert read_file(tmp_path, "x") == b"old"


def test_removing_takes_empty_folders_along_but_never_the_root(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write_file(root, "a/b/x", b"")
    write_file(root, "a/y", b"")
    remove_file(root, "a/b/x")
    assert not (root / "a/b").exists()
    assert (root / "a/y").exists()
    remove_file(root, "a/y")
    remove_file(root, "a/y")
    assert list(root.iterdir()) == []
