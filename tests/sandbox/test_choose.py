"""Which sandbox is chosen, and what is said when there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from headwater.sandbox.choose import open_sandbox
from headwater.sandbox.interface import SandboxError
from headwater.sandbox.settings import SandboxSettings

if TYPE_CHECKING:
    from pathlib import Path

_OPEN = """
import sys
from headwater.sandbox.choose import open_sandbox
from headwater.sandbox.interface import SandboxError
from headwater.sandbox.settings import SandboxSettings
try:
    print(open_sandbox(SandboxSettings(kind=sys.argv[1])).name)
except SandboxError as error:
    print('refused:', error.message, '|', error.hint)
"""


def _open_elsewhere(kind: str, *, path: Path) -> str:
    """Open a sandbox in a fresh process that finds programs only in one folder."""
    done = subprocess.run(
        [sys.executable, "-c", _OPEN, kind],
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def _fake_bwrap(folder: Path, script: str) -> Path:
    (folder / "bwrap").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "bwrap").chmod(0o755)
    for tool in ("env", "prlimit", "setpriv"):
        (folder / tool).symlink_to(f"/usr/bin/{tool}")
    return folder


@pytest.mark.parametrize("kind", ["bubblewrap", "landlock", "none"])
def test_named_sandbox(kind: str) -> None:
    settings = SandboxSettings(kind=kind)  # type: ignore[arg-type]  # mypy sees a plain str
    assert open_sandbox(settings).name == kind


def test_bubblewrap_is_preferred() -> None:
    assert open_sandbox(SandboxSettings()).name == "bubblewrap"


def test_landlock_where_bubblewrap_is_absent(tmp_path: Path) -> None:
    assert _open_elsewhere("auto", path=tmp_path) == "landlock"


def test_landlock_where_bubblewrap_does_not_work(tmp_path: Path) -> None:
    folder = _fake_bwrap(tmp_path, "echo 'bwrap: no permissions' >&2; exit 1")
    assert _open_elsewhere("auto", path=folder) == "landlock"


def test_named_sandbox_that_does_not_work_is_refused(tmp_path: Path) -> None:
    folder = _fake_bwrap(tmp_path, "echo 'bwrap: no permissions' >&2; exit 1")
    said = _open_elsewhere("bubblewrap", path=folder)
    assert said.startswith("refused: no sandbox works here. bubblewrap: ")
    assert "bwrap: no permissions" in said
    assert "--sandbox none" in said


def test_absent_program_is_named(tmp_path: Path) -> None:
    said = _open_elsewhere("bubblewrap", path=tmp_path)
    assert "needs the program bwrap, which is not installed" in said


def test_sandbox_in_which_nothing_runs_is_refused(tmp_path: Path) -> None:
    """A bwrap that sets up something in which even `true` fails."""
    folder = _fake_bwrap(
        tmp_path,
        'while [ "$1" != --json-status-fd ]; do shift; done\n'
        "echo 'true: bad library' >&2\n"
        "echo '{ \"exit-code\": 127 }' >&$2; exit 127",
    )
    said = _open_elsewhere("bubblewrap", path=folder)
    assert "a trial run ended with exit code 127: true: bad library" in said


def test_no_sandbox_outside_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(SandboxError, match="no sandbox for darwin") as caught:
        open_sandbox(SandboxSettings())
    assert "--sandbox none" in caught.value.hint
    assert open_sandbox(SandboxSettings(kind="none")).name == "none"


def test_trial_leaves_nothing_behind(tmp_path: Path) -> None:
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", _OPEN, "auto"], env=env, check=True, capture_output=True)
    assert list(tmp_path.iterdir()) == []
