"""What `none` still bounds: time, memory, processes, bytes; and that it cleans up."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.sandbox.interface import Command, Ending, Limits, SandboxError
from headwater.sandbox.unconfined import Unconfined

if TYPE_CHECKING:
    from pathlib import Path

_LIMITS = Limits(seconds=10.0, memory=256 << 20, total_memory=256 << 20, processes=8)
_LIMITS = replace(_LIMITS, file_size=4 << 20, written=8 << 20)


def _run(folder: Path, source: str, *, limits: Limits = _LIMITS) -> Ending:
    command = Command(arguments=(sys.executable, "-I", "-c", source), folder=folder, limits=limits)
    return Unconfined().run(command).ending


@pytest.mark.parametrize(
    ("source", "ending"),
    [
        ("kept = bytearray(1 << 33)", Ending.OUT_OF_MEMORY),
        ("open('huge', 'wb').write(bytes(1 << 23))", Ending.WROTE_TOO_MUCH),
        (
            "import subprocess\nfor _ in range(12): subprocess.Popen(['sleep', '20'])",
            Ending.TOO_MANY_PROCESSES,
        ),
    ],
)
def test_bounds(tmp_path: Path, source: str, ending: Ending) -> None:
    assert _run(tmp_path, f"{source}\nimport time\ntime.sleep(20)") is ending


def test_time_is_up_for_all_it_started(tmp_path: Path) -> None:
    source = (
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    while True:\n"
        "        open('alive', 'a').write('x')\n"
        "        time.sleep(0.01)\n"
        "time.sleep(60)\n"
    )
    assert _run(tmp_path, source, limits=replace(_LIMITS, seconds=1.0)) is Ending.TIMED_OUT
    size = (tmp_path / "alive").stat().st_size
    time.sleep(0.1)
    assert (tmp_path / "alive").stat().st_size == size


def test_limits_are_the_watchers_alone_without_prlimit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "env").symlink_to("/usr/bin/env")
    monkeypatch.setenv("PATH", str(tools))
    source = "import resource\nassert resource.getrlimit(resource.RLIMIT_DATA)[0] == -1"
    assert _run(tmp_path, source) is Ending.EXITED


def test_command_may_remove_its_own_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    source = "import os, time\nos.rmdir(os.getcwd())\ntime.sleep(0.2)\nos.mkdir({!r})"
    assert _run(folder, source.format(str(folder))) is Ending.EXITED


def test_folder_that_is_gone_is_explained(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(SandboxError, match="cannot be handed"):
        _run(folder, "import os\nos.rmdir(os.getcwd())")
