"""Sandboxes as the tests use them: each kind, opened by root and by an ordinary user.

Each attack in `test_contained_*.py` prints what it achieved; each test says that it achieved
nothing, that the world outside is as it was, and that the ending is called by its name.
Everything is bounded, so that even an attack that succeeded would do no harm.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.sandbox import choose
from headwater.sandbox.interface import Command, Finished, Limits
from headwater.sandbox.toolchain import python_toolchain
from tests.sandbox.as_user import run_command

if TYPE_CHECKING:
    from collections.abc import Iterator

ORDINARY_USER = 61_234  # an id that nobody has
CHECKOUT = Path(__file__).resolve().parents[2]
_SOURCE = Path(choose.__file__).resolve().parents[2]
QUICK = Limits(seconds=10.0, memory=256 << 20, total_memory=256 << 20)


@dataclass(frozen=True, kw_only=True)
class Caller:
    """A sandbox and who opens it. `place` is a folder of that user's outside of the sandbox."""

    kind: str
    place: Path

    @property
    def uid(self) -> int:
        """The user's id."""
        return self.place.stat().st_uid

    def make_folder(self, name: str = "folder") -> Path:
        """A new folder of the user's."""
        folder = self.place / name
        folder.mkdir()
        self.own(folder)
        return folder

    def write(self, path: Path, text: str) -> Path:
        """A file of the user's."""
        path.write_text(text)
        self.own(path)
        return path

    def own(self, path: Path) -> None:
        """Make it the user's."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.uid, follow_symlinks=False)

    def run(self, command: Command) -> Finished:
        """Run a command in a sandbox that the user opens."""
        if os.geteuid() == self.uid:
            return run_command(self.kind, command)
        done = subprocess.run(
            self.find_runner(),
            input=pickle.dumps((self.kind, command)),
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            check=True,
        )
        answer = pickle.loads(done.stdout)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, Finished)
        return answer

    def find_runner(self) -> list[str]:
        """The command line of `as_user.py`, started as the user; run it in the checkout."""
        change = [] if os.geteuid() == self.uid else _become_ordinary()
        return [*change, sys.executable, "-m", "tests.sandbox.as_user"]

    def run_python(
        self, source: str, *arguments: object, limits: Limits = QUICK, folder: Path | None = None
    ) -> Finished:
        """Run a Python program in the sandbox."""
        folder = folder or self.make_folder()
        self.write(folder / "program.py", source)
        command = Command(
            arguments=(sys.executable, "-I", "program.py", *map(str, arguments)),
            folder=folder,
            readable=python_toolchain(),
            environment={"PATH": "/usr/bin:/bin"},
            limits=limits,
        )
        return self.run(command)


def _become_ordinary() -> list[str]:
    """Become the ordinary user, with interpreter and checkout in reach even below root's home."""
    view = ["--dev-bind", "/", "/"]
    needed = (*python_toolchain(), _SOURCE, CHECKOUT)
    for path in sorted(needed, key=lambda path: len(path.parts)):
        hidden = [parent for parent in reversed(path.parents) if not _is_open(parent)]
        if hidden and str(hidden[0]) not in view:
            view += ["--perms", "0755", "--tmpfs", str(hidden[0])]
        for parent in reversed(path.parents) if hidden else ():
            if parent.is_relative_to(hidden[0]):
                view += ["--perms", "0755", "--dir", str(parent)]
        if hidden:
            view += ["--ro-bind", str(path), str(path)]
    user = [f"--reuid={ORDINARY_USER}", f"--regid={ORDINARY_USER}", "--clear-groups"]
    return ["bwrap", *view, "--", "setpriv", *user, "--inh-caps=-all"]


def _is_open(folder: Path) -> bool:
    return bool(folder.stat().st_mode & 0o001)


def absent(reason: str) -> None:
    """Skip what this machine cannot do; in continuous integration that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def open_place(user: str) -> Iterator[Path]:
    """A folder that belongs to `root` or to the `ordinary` user."""
    if user == "root" and os.geteuid() != 0:
        absent("these tests are not run as root")
    place = Path(tempfile.mkdtemp(prefix="headwater-test-"))
    if user == "ordinary" and os.geteuid() == 0:
        os.chown(place, ORDINARY_USER, ORDINARY_USER)
    yield place
    shutil.rmtree(place)


@pytest.fixture(params=["root", "ordinary"])
def place(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder of one user's, then of the other's."""
    yield from open_place(request.param)


@pytest.fixture(params=["bubblewrap", "landlock"])
def confined(request: pytest.FixtureRequest, place: Path) -> Caller:
    """Each sandbox that confines, opened by each user."""
    return Caller(kind=request.param, place=place)


@pytest.fixture(params=["bubblewrap", "landlock", "none"])
def any_kind(request: pytest.FixtureRequest, place: Path) -> Caller:
    """Each kind of sandbox, opened by each user."""
    return Caller(kind=request.param, place=place)
