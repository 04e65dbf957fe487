from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.workspace.lockfile import LOCK_PATH, hold_build_lock

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys
from pathlib import Path
from headwater.workspace.lockfile import hold_build_lock
with hold_build_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_build_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with (
            pytest.raises(HeadwaterError, match=rf"\(process {holder.pid}\)") as caught,
            hold_build_lock(tmp_path),
        ):
            pass
        assert caught.value.hint
        holder.kill()
    with hold_build_lock(tmp_path):
        assert (tmp_path / LOCK_PATH).read_text() == f"{os.getpid()}\n"


def test_the_lock_is_free_after_the_block_and_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), hold_build_lock(tmp_path):
        raise ZeroDivisionError
    with hold_build_lock(tmp_path), pytest.raises(HeadwaterError), hold_build_lock(tmp_path):
        pass
    with hold_build_lock(tmp_path):
        pass


def test_the_lock_is_never_made_through_a_link(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / ".headwater").symlink_to(tmp_path)
    with pytest.raises(HeadwaterError, match="symbolic link"), hold_build_lock(root):
        pass
    assert not (tmp_path / "build.lock").exists()
