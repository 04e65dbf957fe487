from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.startup import Timed, render_startup

BENCH = Path(__file__).resolve().parents[2] / "bench"


@pytest.mark.usefixtures("git_settings")
def test_every_command_is_timed(capsys: pytest.CaptureFixture[str]) -> None:
    """The commands run for real, a build among them; one that failed would raise."""
    assert main(runs=1) == 0
    printed = capsys.readouterr().out
    assert "python -m bench.solve" in printed
    rows = [line.split("`")[1] for line in printed.splitlines() if line.startswith("| `")]
    assert rows == [
        "python -c pass",
        "headwater --version",
        "headwater status",
        "headwater status",
        "headwater build",
    ]


@pytest.mark.parametrize("name", ["corpora.py", "solve.py", "startup.py"])
def test_a_bench_can_be_started_as_a_file(name: str, tmp_path: Path) -> None:
    """Imported as a file is run, from a folder that is not the repository."""
    program = f"import runpy; runpy.run_path({str(BENCH / name)!r}, run_name='bench_file')"
    finished = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert (finished.returncode, finished.stderr) == (0, "")


def test_the_table_compares_with_python() -> None:
    timed = [Timed(name="python", seconds=0.01), Timed(name="headwater", seconds=0.06)]
    assert render_startup(timed, runs=3).splitlines() == [
        "| command (median of 3) | processor time | times Python | beyond Python |",
        "| --- | --- | --- | --- |",
        "| python | 10 ms | 1.0 | 0 ms |",
        "| headwater | 60 ms | 6.0 | 50 ms |",
    ]
