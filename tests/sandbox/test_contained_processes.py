"""Generated code that starts processes: no more than allowed, and none outlives its command."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from headwater.sandbox.interface import Ending
from tests.sandbox.conftest import QUICK, Caller

_RICH = replace(QUICK, processes=20, seconds=5.0)
_BOMBS = {
    "dies": "import os\nwhile True:\n    os.fork()\n",
    "insists": ("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass\n"),
    "threads": (
        "import threading, time\n"
        "while True:\n"
        "    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    ),
}


@pytest.mark.parametrize("bomb", _BOMBS)
def test_fork_bomb_is_contained_and_named(confined: Caller, bomb: str) -> None:
    finished = confined.run_python(_BOMBS[bomb], limits=_RICH)
    assert finished.ending is Ending.TOO_MANY_PROCESSES, finished
    assert finished.exit_code != 0
    assert _processes_of(confined) == []


def _processes_of(caller: Caller) -> list[str]:
    """Processes that still run a program from the caller's folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if (path / "cwd").readlink().is_relative_to(caller.place):
                found.append((path / "cmdline").read_text())
        except OSError:
            continue
    return found


def test_no_more_processes_than_allowed(confined: Caller) -> None:
    """The kernel refuses the rest, or the watcher ends it all."""
    source = (
        "import os, time\n"
        "made = 0\n"
        "try:\n"
        "    while made < 200:\n"
        "        if os.fork() == 0:\n"
        "            time.sleep(30)\n"
        "            os._exit(0)\n"
        "        made += 1\n"
        "        print(made, flush=True)\n"
        "except BlockingIOError:\n"
        "    time.sleep(30)\n"
    )
    finished = confined.run_python(source, limits=_RICH)
    assert finished.ending is Ending.TOO_MANY_PROCESSES
    made = int(finished.stdout.split()[-1])
    slack = 200 if confined.kind == "landlock" and confined.uid != 0 else 1
    assert _RICH.processes - 1 <= made < _RICH.processes + slack


def test_as_many_processes_as_allowed(confined: Caller) -> None:
    source = (
        "import subprocess\n"
        "started = [subprocess.Popen(['sleep', '0.3']) for _ in range(19)]\n"
        "print([process.wait() for process in started].count(0))\n"
    )
    finished = confined.run_python(source, limits=_RICH)
    assert (finished.ending, finished.stdout) == (Ending.EXITED, b"19\n"), finished.stderr


_DAEMON = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for stream in (0, 1, 2):
            os.close(stream)
        while True:
            open('alive', 'a').write('x')
            time.sleep(0.01)
    os._exit(0)
while not os.path.exists('alive'):
    time.sleep(0.01)
"""


def _is_still(folder: Path) -> bool:
    """Nobody writes there any more."""
    before = (folder / "alive").stat().st_size
    time.sleep(0.2)
    return (folder / "alive").stat().st_size == before


@pytest.mark.parametrize("end", ["time.sleep(60)", "while True: pass"])
def test_endless_time_is_ended_with_all_it_started(confined: Caller, end: str) -> None:
    folder = confined.make_folder()
    limits = replace(QUICK, seconds=1.0)
    finished = confined.run_python(f"{_DAEMON}\n{end}", limits=limits, folder=folder)
    assert finished.ending is Ending.TIMED_OUT
    assert finished.exit_code < 0
    assert _is_still(folder)
    assert _processes_of(confined) == []


def test_daemon_does_not_outlive_its_command(confined: Caller) -> None:
    folder = confined.make_folder()
    finished = confined.run_python(_DAEMON, folder=folder)
    assert (finished.ending, finished.exit_code) == (Ending.EXITED, 0), finished.stderr
    assert _is_still(folder)
    assert _processes_of(confined) == []
