"""Continuous integration has every tool, so there a skipped test is a failed run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SKIPPING = """
import pytest

def test_passes():
    pass

@pytest.mark.skip(reason="a tool is absent")
def test_skips():
    pass

def test_data(data_folder):
    pass
"""


@pytest.mark.parametrize(
    ("variables", "options", "code", "said"),
    [
        ({}, (), 0, "HEADWATER_DATA is not set"),
        ({"CI": "true", "HEADWATER_DATA": "."}, (), 1, "skipped tests in continuous integration"),
        ({"CI": "true", "HEADWATER_DATA": "."}, ("-p", "xdist", "-n", "1"), 1, "a tool is absent"),
        ({"CI": "true"}, ("-k", "data"), 1, "continuous integration skips nothing"),
        ({"HEADWATER_DATA": "none"}, (), 1, "HEADWATER_DATA names no folder: none"),
    ],
)
def test_a_skip_is_counted_here_and_fails_there(
    tmp_path: Path, variables: dict[str, str], options: tuple[str, ...], code: int, said: str
) -> None:
    (tmp_path / "conftest.py").write_bytes(Path(__file__).with_name("conftest.py").read_bytes())
    (tmp_path / "test_it.py").write_text(SKIPPING)
    left_out = {"CI", "HEADWATER_DATA"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "--rootdir=.", *options, "."],
        cwd=tmp_path,
        env={**environment, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **variables},
        check=False,
        capture_output=True,
        text=True,
    )
    assert finished.returncode == code, finished.stdout
    assert said in finished.stdout
