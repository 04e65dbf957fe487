from __future__ import annotations

import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

from headwater.llm.files import is_locked, lock_file, write_atomically
from headwater.llm.leases import (
    ServerState,
    claim_folder,
    has_leases,
    hold_lease,
    is_served,
    publish_state,
    read_state,
    withdraw_state,
)

if TYPE_CHECKING:
    from pathlib import Path

STATE = ServerState(url="http://127.0.0.1:1", key="secret", pid=1, model="m")


def test_a_lease_counts_while_it_is_held(tmp_path: Path) -> None:
    assert not has_leases(tmp_path)
    with hold_lease(tmp_path):
        assert has_leases(tmp_path)
        with hold_lease(tmp_path):
            assert has_leases(tmp_path)
        assert has_leases(tmp_path)
    assert not has_leases(tmp_path)


def test_a_lease_ends_with_its_holder_however_it_ends(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, time\n"
        "from headwater.llm.leases import hold_lease\n"
        "with hold_lease(pathlib.Path(sys.argv[1])):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(60)\n"
    )
    command = (sys.executable, "-c", code, str(tmp_path))
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert has_leases(tmp_path)
        holder.kill()
    assert not has_leases(tmp_path)
    assert list((tmp_path / "leases").iterdir()) == []


def test_one_process_serves_a_folder(tmp_path: Path) -> None:
    assert not is_served(tmp_path)
    claim = claim_folder(tmp_path / "server")
    assert claim is not None
    assert is_served(tmp_path / "server")
    assert claim_folder(tmp_path / "server") is None
    os.close(claim)
    assert not is_served(tmp_path / "server")


def test_the_state_is_read_only_while_the_server_lives(tmp_path: Path) -> None:
    claim = claim_folder(tmp_path)
    assert claim is not None
    assert read_state(tmp_path) is None
    publish_state(tmp_path, STATE)
    assert read_state(tmp_path) == STATE
    (tmp_path / "state.json").write_text("{")
    assert read_state(tmp_path) is None
    publish_state(tmp_path, STATE)
    os.close(claim)
    assert read_state(tmp_path) is None
    withdraw_state(tmp_path)
    withdraw_state(tmp_path)


def test_nobody_else_can_read_the_key(tmp_path: Path) -> None:
    publish_state(tmp_path, STATE)
    assert stat.S_IMODE((tmp_path / "state.json").stat().st_mode) == 0o600
    with hold_lease(tmp_path / "new"):
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) & 0o077 == 0


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.mkdir()  # cannot be replaced by a file
    try:
        write_atomically(path, b"new")
    except OSError:
        pass
    else:
        raise AssertionError("a folder was replaced")
    assert list(tmp_path.iterdir()) == [path]


def test_a_lock_is_held_until_its_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert not is_locked(path)
    with lock_file(path):
        assert is_locked(path)
    assert not is_locked(path)
