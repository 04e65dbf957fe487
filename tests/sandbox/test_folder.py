"""Measuring, giving and reclaiming a folder."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from headwater.sandbox.folder import (
    DEEPEST,
    FolderSize,
    give_folder,
    measure_folder,
    reclaim_folder,
)
from tests.sandbox.conftest import ORDINARY_USER, absent

if TYPE_CHECKING:
    from pathlib import Path


def test_empty_folder(tmp_path: Path) -> None:
    assert measure_folder(tmp_path) == FolderSize()


def test_files_count_by_their_size(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(100_000))
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner/b").write_bytes(bytes(300_000))
    size = measure_folder(tmp_path)
    assert size.largest == 300_000
    assert 400_000 <= size.total <= 420_000


def test_sparse_file_counts_as_if_it_were_full(tmp_path: Path) -> None:
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(10_000_000)
    assert measure_folder(tmp_path).total == 10_000_000


def test_empty_files_count_for_something(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / str(number)).touch()
    assert measure_folder(tmp_path).total == 10 * 1024


def test_file_with_two_names_counts_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(100_000))
    before = measure_folder(tmp_path)
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    assert measure_folder(tmp_path) == before


def test_symbolic_link_leads_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_bytes(bytes(100_000))
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link").symlink_to(outside)
    assert measure_folder(inside).total < 10_000
    (outside / "file").chmod(0o400)
    reclaim_folder(inside, owner=None)
    assert stat.S_IMODE((outside / "file").stat().st_mode) == 0o400


def _nest(folder: Path, levels: int) -> None:
    opened = os.open(folder, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("in" * 50, dir_fd=opened)
        inner = os.open("in" * 50, os.O_RDONLY, dir_fd=opened)
        os.close(opened)
        opened = inner
    os.close(opened)


def test_deep_nest_is_noticed_and_removed(tmp_path: Path) -> None:
    """Names so long that no path could name the innermost one."""
    _nest(tmp_path, DEEPEST + 300)
    assert measure_folder(tmp_path).too_deep
    reclaim_folder(tmp_path, owner=None)
    assert not measure_folder(tmp_path).too_deep


def test_nest_as_deep_as_allowed_stays(tmp_path: Path) -> None:
    _nest(tmp_path, DEEPEST)
    assert not measure_folder(tmp_path).too_deep
    before = measure_folder(tmp_path)
    reclaim_folder(tmp_path, owner=None)
    assert measure_folder(tmp_path) == before


def test_reclaimed_files_can_be_read_and_lose_special_bits(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir(0)
    (tmp_path / "file").touch(0o4011)
    (tmp_path / "file").chmod(0o4011)
    os.mkfifo(tmp_path / "pipe", 0)
    tmp_path.chmod(0o500)
    reclaim_folder(tmp_path, owner=None)
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path, *tmp_path.iterdir())
    }
    assert modes == {tmp_path.name: 0o700, "inner": 0o700, "file": 0o611, "pipe": 0}


def test_owner_changes_and_comes_back(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        absent("only root gives files away")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner/file").touch()
    (tmp_path / "link").symlink_to("inner/file")
    paths = [tmp_path, *sorted(tmp_path.rglob("*"))]
    give_folder(tmp_path, uid=ORDINARY_USER, gid=ORDINARY_USER)
    assert {path.lstat().st_uid for path in paths} == {ORDINARY_USER}
    reclaim_folder(tmp_path, owner=(0, 0))
    assert {(path.lstat().st_uid, path.lstat().st_gid) for path in paths} == {(0, 0)}


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        measure_folder(tmp_path / "nowhere")
