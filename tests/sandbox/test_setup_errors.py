"""What is said when a sandbox itself cannot be set up: nothing has been run then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.sandbox.bubblewrap import Bubblewrap
from headwater.sandbox.interface import Command, SandboxError
from headwater.sandbox.landlock import Landlock

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that alone is searched for programs."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for tool in ("env", "prlimit", "setpriv"):
        (folder / tool).symlink_to(f"/usr/bin/{tool}")
    monkeypatch.setenv("PATH", str(folder))
    return folder


def _install(tools: Path, text: str) -> None:
    (tools / "bwrap").write_text(text)
    (tools / "bwrap").chmod(0o755)


def _command(tmp_path: Path) -> Command:
    folder = tmp_path / "folder"
    folder.mkdir()
    return Command(arguments=("true",), folder=folder)


@pytest.mark.usefixtures("tools")
def test_bubblewrap_is_absent(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="needs the program bwrap") as caught:
        Bubblewrap().run(_command(tmp_path))
    assert "apt-get install bubblewrap" in caught.value.hint


def test_bubblewrap_is_refused_by_the_kernel(tmp_path: Path, tools: Path) -> None:
    _install(tools, "#!/bin/sh\necho 'bwrap: no permissions' >&2\nexit 1\n")
    with pytest.raises(SandboxError, match="could not set up its sandbox: bwrap: no permissions"):
        Bubblewrap().run(_command(tmp_path))


def test_bubblewrap_is_no_program(tmp_path: Path, tools: Path) -> None:
    _install(tools, "of another machine")
    with pytest.raises(SandboxError, match="could not be started"):
        Bubblewrap().run(_command(tmp_path))


def test_kernel_has_no_landlock(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="this kernel has no Landlock"):
        Landlock(version=0).run(_command(tmp_path))
