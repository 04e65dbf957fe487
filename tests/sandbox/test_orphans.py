"""What becomes of commands when Headwater itself is killed, and how process trees are ended."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from headwater.sandbox.interface import Command
from headwater.sandbox.processes import count_tasks_of, find_processes_of, read_holdings
from headwater.sandbox.reap import end_descendants, find_descendants
from headwater.sandbox.toolchain import python_toolchain
from tests.sandbox.conftest import CHECKOUT, QUICK, Caller

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
while True:
    open('alive', 'a').write('x')
    time.sleep(0.01)
"""


def _wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15.0
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.02)


def _is_still(folder: Path) -> bool:
    before = (folder / "alive").stat().st_size
    time.sleep(0.2)
    return (folder / "alive").stat().st_size == before


def _is_headwater(pid: int) -> bool:
    with open(f"/proc/{pid}/cmdline", "rb") as file:  # noqa: PTH123 -- as short as it gets
        words = file.read().split(b"\0")
    return b"tests.sandbox.as_user" in words and b"--" not in words


def test_nothing_outlives_headwater_itself(confined: Caller) -> None:
    """Even killed without warning it leaves no command running, nor what that has started."""
    folder = confined.make_folder()
    confined.write(folder / "program.py", _DAEMON)
    command = Command(
        arguments=(sys.executable, "-I", "program.py"),
        folder=folder,
        readable=python_toolchain(),
        limits=QUICK,
    )
    with subprocess.Popen(
        confined.find_runner(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=CHECKOUT
    ) as started:
        assert started.stdin is not None
        started.stdin.write(pickle.dumps((confined.kind, command)))
        started.stdin.close()
        _wait_until((folder / "alive").exists)
        assert not _is_still(folder)
        for pid in {started.pid, *find_descendants(started.pid)}:
            if _is_headwater(pid):
                os.kill(pid, signal.SIGKILL)
    _wait_until(lambda: _is_still(folder))


def test_whole_tree_is_ended() -> None:
    """Children, their children, and one that has left its session."""
    script = "sleep 60 & (sleep 60 & setsid sleep 60) & wait"
    with subprocess.Popen(["sh", "-c", script]) as started:
        _wait_until(lambda: len(find_descendants(started.pid)) == 3)
        below = set(find_descendants(started.pid))
        end_descendants(started.pid)
        _wait_until(lambda: not below & set(find_descendants(os.getpid())))
        started.kill()


def test_holdings_of_a_process() -> None:
    source = (
        "import tempfile, threading, time\n"
        "kept = b'x' * (50 << 20)\n"
        "file = tempfile.TemporaryFile()\n"
        "file.write(bytes(1 << 20))\n"
        "file.flush()\n"
        "threading.Thread(target=time.sleep, args=(30,), daemon=True).start()\n"
        "print('ready', flush=True)\n"
        "time.sleep(30)\n"
    )
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE) as started:
        assert started.stdout is not None
        started.stdout.readline()
        held = read_holdings(started.pid, itself=True)
        assert read_holdings(started.pid, itself=False).tasks == 0
        assert started.pid in find_processes_of(os.geteuid())
        assert count_tasks_of(os.geteuid()) >= 2
        started.kill()
    assert held.tasks == 2
    assert 50 << 20 <= held.largest == held.total < 100 << 20
    assert held.deleted == 1 << 20


def test_process_that_is_gone_holds_nothing() -> None:
    with subprocess.Popen(["true"]) as done:
        pass
    assert read_holdings(done.pid, itself=True).tasks == 0
    assert find_descendants(done.pid) == {}
