"""Generated code that fills memory, disk or output: it is ended, and the ending named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from headwater.sandbox.folder import DEEPEST
from headwater.sandbox.interface import Ending
from tests.sandbox.conftest import QUICK, Caller

_FILL_MEMORY = {
    "allocate": "kept = []\nwhile True: kept.append(bytearray(1 << 20))\n",
    "at once": "kept = bytearray(1 << 33)\n",
    "shared": (
        "import mmap\nkept = []\n"
        "while True:\n"
        "    kept.append(mmap.mmap(-1, 4 << 20))\n"
        "    kept[-1].write(bytes(4 << 20))\n"
    ),
    "between many": (
        "import os, time\n"
        "for _ in range(6): os.fork() or exec('kept = bytearray(80 << 20); time.sleep(30)')\n"
        "time.sleep(30)\n"
    ),
}


@pytest.mark.parametrize("way", _FILL_MEMORY)
def test_memory_filling_is_contained_and_named(confined: Caller, way: str) -> None:
    finished = confined.run_python(_FILL_MEMORY[way])
    assert finished.ending is Ending.OUT_OF_MEMORY, finished
    assert finished.exit_code != 0


_SMALL_DISK = replace(QUICK, file_size=4 << 20, written=8 << 20)
_FILL_DISK = {
    "one file": "file = open('huge', 'wb')\nwhile True: file.write(bytes(1 << 16))\n",
    "one file, quietly": (
        "try:\n"
        "    file = open('huge', 'wb', buffering=0)\n"
        "    while True: file.write(bytes(1 << 16))\n"
        "except OSError: raise SystemExit(1)\n"
    ),
    "by a shell": "import os\nos.execvp('sh', ['sh', '-c', 'cat /dev/zero > huge'])\n",
    "many files": (
        "number = 0\n"
        "while True:\n"
        "    open(f'file{number}', 'wb').write(bytes(1 << 18))\n"
        "    number += 1\n"
    ),
    "empty files": (
        "number = 0\n"
        "while number < 100_000:\n"
        "    open(f'file{number}', 'wb').close()\n"
        "    number += 1\n"
    ),
    "deleted files": (
        "import os, time\n"
        "kept = []\n"
        "for number in range(12):\n"
        "    file = open('file', 'wb')\n"
        "    file.write(bytes(1 << 20))\n"
        "    file.flush()\n"
        "    os.unlink('file')\n"
        "    kept.append(file)\n"
        "time.sleep(30)\n"
    ),
    "a nest made at once": (
        f"import os\nfor _ in range({DEEPEST + 2}):\n    os.mkdir('in')\n    os.chdir('in')\n"
    ),
    "a deep nest": ("import os\nfor _ in range(1200):\n    os.mkdir('in')\n    os.chdir('in')\n"),
}


@pytest.mark.parametrize("way", _FILL_DISK)
def test_disk_filling_is_contained_and_named(confined: Caller, way: str) -> None:
    folder = confined.make_folder()
    written = 1 << 20 if way == "empty files" else _SMALL_DISK.written
    limits = replace(_SMALL_DISK, written=written)
    finished = confined.run_python(_FILL_DISK[way], limits=limits, folder=folder)
    assert finished.ending is Ending.WROTE_TOO_MUCH, finished
    largest = max((path.stat().st_size for path in folder.iterdir()), default=0)
    assert largest <= _SMALL_DISK.file_size + 4096


def test_private_temporary_folder_is_bounded(place: Path) -> None:
    source = "for number in range(20): open(f'/tmp/{number}', 'wb').write(bytes(1 << 20))\n"
    caller = Caller(kind="bubblewrap", place=place)
    finished = caller.run_python(source, limits=_SMALL_DISK)
    assert finished.ending is Ending.WROTE_TOO_MUCH, finished
    assert not Path("/tmp/19").exists()


def test_endless_output_is_dropped_and_ended(confined: Caller) -> None:
    limits = replace(QUICK, seconds=1.0, output=10_000)
    finished = confined.run_python("while True: print('x' * 1000)", limits=limits)
    assert finished.ending is Ending.TIMED_OUT
    assert len(finished.stdout) == 10_000
