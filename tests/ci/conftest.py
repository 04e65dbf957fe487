"""Installing this package without a network, as continuous integration elsewhere does with one."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project as somebody else would clone it: what git has or would take, in one commit."""
    folder = tmp_path_factory.mktemp("headwater")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in listed.stdout.split("\0"):
        needed = name.startswith("src/") or "/" not in name
        if name and needed and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


@pytest.fixture(scope="session")
def offline() -> Mapping[str, str]:
    """An environment in which pip builds and installs this package from what is installed here."""
    for name in ("hatchling", "pip"):
        if find_spec(name) is None:
            pytest.skip(f"{name} is not installed")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "GIT_"))
    }
    # All but this package itself, which is what is to be installed.
    installed = [path for path in sys.path if path and not (Path(path) / "headwater").is_dir()]
    return {
        **kept,
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        "PYTHONPATH": os.pathsep.join(installed),
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # which pip reads as: do not isolate
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }
