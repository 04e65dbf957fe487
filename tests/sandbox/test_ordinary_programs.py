"""What programs do every day works in a sandbox, and failing by itself is no ending by force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.sandbox.interface import Ending, Limits

if TYPE_CHECKING:
    from tests.sandbox.conftest import Caller


def test_ordinary_failures_keep_their_name(confined: Caller) -> None:
    """A program that merely speaks of limits, or fails by something else, has exited."""
    for source in (
        "print('MemoryError')",
        "import sys\nprint('No space left on device', file=sys.stderr)",
        "raise ValueError('no')",
        "import os\nos.set_blocking(0, False)\nraise BlockingIOError(11, 'try again')",
    ):
        folder = confined.make_folder(f"f{abs(hash(source))}")
        assert confined.run_python(source, folder=folder).ending is Ending.EXITED


def test_children_can_be_signalled_and_files_copied(confined: Caller) -> None:
    """What programs do every day still works."""
    source = (
        "import asyncio, os, pathlib, shutil, subprocess, sys, tempfile, time\n"
        "child = subprocess.Popen(['sleep', '60'])\n"
        "child.kill()\n"
        "print(child.wait())\n"
        "pathlib.Path('a').touch()\n"
        "shutil.copy2('a', 'b')\n"
        "os.rename('b', 'c')\n"
        "with tempfile.TemporaryDirectory() as name: open(name + '/x', 'w').close()\n"
        "asyncio.run(asyncio.sleep(0))\n"
        "open('/dev/null', 'w').write('x')\n"
        "print(sorted(os.listdir('.')))\n"
    )
    finished = confined.run_python(source, limits=Limits(seconds=10.0))
    assert finished.stdout == b"-9\n['a', 'c', 'program.py']\n", finished.stderr
