"""How much processor time commands take that have nothing to do, beside that of Python itself."""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if not __package__:  # run as a file, `python bench/startup.py`
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.sample_project import COMPONENTS, write_sample_documents, write_sample_script
from headwater.errors import HeadwaterError

if TYPE_CHECKING:
    from collections.abc import Sequence

RUNS = 20

_ROOT = Path(__file__).resolve().parent.parent
_HEADWATER = str(Path(sys.executable).with_name("headwater"))
_GIT = {
    "GIT_AUTHOR_NAME": "Bench",
    "GIT_AUTHOR_EMAIL": "bench@example.org",
    "GIT_COMMITTER_NAME": "Bench",
    "GIT_COMMITTER_EMAIL": "bench@example.org",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Timed:
    """A command as the table names it, and the median of its processor time in seconds."""

    name: str
    seconds: float


def main(runs: int = RUNS) -> int:
    """Measure, and print the table."""
    with TemporaryDirectory(prefix="headwater-bench-") as name:
        print(render_startup(measure_startup(Path(name), runs=runs), runs=runs))
    return 0


def measure_startup(folder: Path, *, runs: int) -> list[Timed]:
    """Time each command `runs` times, in projects made below `folder`; bare Python comes first."""
    punch, sample = folder / "punch", folder / "sample"
    shutil.copytree(_ROOT / "examples" / "punch", punch)
    _commit(punch)
    _write_sample(sample)
    _commit(sample)
    script = folder / "script.json"
    script.write_text(json.dumps(write_sample_script()), encoding="utf-8")
    _run([_HEADWATER, "build", "--quiet", "--model", f"scripted:{script}"], sample)
    state = f"{COMPONENTS} components, built"
    commands = (
        ("`python -c pass`", [sys.executable, "-c", "pass"], folder),
        ("`headwater --version`", [_HEADWATER, "--version"], folder),
        ("`headwater status`, examples/punch, not built", [_HEADWATER, "status"], punch),
        (f"`headwater status`, {state}", [_HEADWATER, "status"], sample),
        (f"`headwater build`, nothing to do, {state}", [_HEADWATER, "build", "--quiet"], sample),
    )
    return [
        Timed(name=name, seconds=_time(arguments, place, runs=runs))
        for name, arguments, place in commands
    ]


def render_startup(timed: Sequence[Timed], *, runs: int) -> str:
    """A Markdown table; the first command is what the others are compared with."""
    base = timed[0].seconds
    lines = [
        f"| command (median of {runs}) | processor time | times Python | beyond Python |",
        "| --- | --- | --- | --- |",
    ]
    for item in timed:
        beyond = (item.seconds - base) * 1000
        ratio = item.seconds / base
        lines.append(
            f"| {item.name} | {item.seconds * 1000:.0f} ms | {ratio:.1f} | {beyond:.0f} ms |"
        )
    return "\n".join(lines)


def _time(arguments: Sequence[str], folder: Path, *, runs: int) -> float:
    _run(arguments, folder)  # once before, so that every file is in memory and compiled
    times = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        _run(arguments, folder)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times)


def _run(arguments: Sequence[str], folder: Path) -> None:
    """Run a command to its end; `status` says by exit code 1 that there is something to build."""
    finished = subprocess.run(
        arguments,
        cwd=folder,
        env={**_inherit(), **_GIT},
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode not in ({0, 1} if "status" in arguments else {0}):
        raise HeadwaterError(f"`{' '.join(arguments)}` failed: {finished.stderr.strip()}")


def _inherit() -> dict[str, str]:
    """This process's environment, but for a wish to keep no bytecode: whoever installs has it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _write_sample(folder: Path) -> None:
    for path, text in write_sample_documents().items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def _commit(folder: Path) -> None:
    """Make a repository of what is in a folder, ready for Headwater."""
    _run([_HEADWATER, "init", "--yes"], folder)
    _run(["git", "add", "--all"], folder)
    _run(["git", "commit", "--quiet", "--message", "Begin"], folder)


if __name__ == "__main__":
    sys.exit(main())
