"""Which user ids can be lent, and that none is lent twice."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from headwater.sandbox.interface import SandboxError
from headwater.sandbox.users import UserLender, find_spare_ids
from tests.sandbox.conftest import absent

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("mapped", "spare"),
    [
        ("         0          0 4294967295\n", range(1_000_000_000, 2_147_000_000)),
        ("0 100000 65536\n", range(30_000, 64_535)),
        ("0 1000 1\n1 100000 65536\n", range(30_000, 64_536)),
        ("0 1000 1\n", range(0)),
        ("", range(0)),
    ],
)
def test_spare_ids(tmp_path: Path, mapped: str, spare: range) -> None:
    (tmp_path / "uid_map").write_text(mapped)
    assert find_spare_ids(tmp_path / "uid_map") == spare


def test_nobody_else_to_be(tmp_path: Path) -> None:
    """Without spare ids the command runs as its user, and the files stay that user's."""
    with UserLender(range(0)).lend(tmp_path) as uid:
        assert uid is None
        assert tmp_path.stat().st_uid == os.geteuid()


def test_each_gets_another_id_and_its_folder(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        absent("only root can lend user ids")
    lender = UserLender(range(1_000_000_000, 1_000_001_000))
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    with lender.lend(folders[0]) as first, lender.lend(folders[1]) as second:
        assert first != second
        assert [folder.stat().st_uid for folder in folders] == [first, second]
    assert [folder.stat().st_uid for folder in folders] == [0, 0]


def test_id_in_use_elsewhere_is_passed_over(tmp_path: Path) -> None:
    """Two ids, of which one is that of this very process."""
    if os.geteuid() != 0:
        absent("only root can lend user ids")
    with UserLender(range(2)).lend(tmp_path) as uid:
        assert uid == 1


def test_folder_in_use_is_waited_for(tmp_path: Path) -> None:
    lender = UserLender(range(0))
    events: list[str] = []

    def use() -> None:
        with lender.lend(tmp_path):
            events.append("second")

    with lender.lend(tmp_path):
        thread = threading.Thread(target=use)
        thread.start()
        thread.join(0.1)
        events.append("first")
    thread.join(10)
    assert events == ["first", "second"]


def test_folder_that_vanishes_is_explained(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with (
        pytest.raises(SandboxError, match="cannot be handed to a sandbox and back"),
        UserLender(range(0)).lend(folder),
    ):
        folder.rmdir()
