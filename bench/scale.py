"""How checking grows with the number of requirements, beside tools of the same purpose."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import venv
from compileall import compile_dir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if not __package__:  # run as a file, `python bench/scale.py`
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import headwater
from bench.measured import Measured, run_measured
from bench.scale_peers import Doorstop, SphinxNeeds, StrictDoc
from bench.scale_tools import Headwater
from bench.scale_tree import PER_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bench.scale_tools import Tool

PEERS: Mapping[str, Callable[[Path], Tool]] = {
    "doorstop": Doorstop,
    "strictdoc": StrictDoc,
    "sphinx-needs": SphinxNeeds,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print a table a size."""
    options = _parse(arguments)
    with TemporaryDirectory(prefix="headwater-bench-") as name:
        peers = [] if options.alone else _install_peers(Path(name, "peers"), options.peers)
        for total in options.total:
            print(f"{total:,} requirements in {total // PER_FILE} files\n", flush=True)
            print("| tool | step | processor time | peak memory |\n| --- | --- | --- | --- |")
            tools: list[Tool] = [Headwater(), *peers]
            # As an installer does, which the peers have had.
            compile_dir(_PACKAGE, quiet=1)
            for tool in tools:
                with TemporaryDirectory(prefix="headwater-bench-") as place:
                    for measured in _measure(tool, Path(place), total=total):
                        print(_render(tool, measured), flush=True)
            print()
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/scale.py", description=__doc__)
    parser.add_argument("total", nargs="+", type=int, help="requirements, a multiple of 100")
    parser.add_argument("--alone", action="store_true", help="measure Headwater alone")
    parser.add_argument(
        "--peers", nargs="+", choices=list(PEERS), default=list(PEERS), help="which peers"
    )
    return parser.parse_args(arguments)


def _install_peers(folder: Path, names: Sequence[str]) -> list[Tool]:
    """The peers in a virtual environment of their own, in their newest versions."""
    print(f"installing {', '.join(names)} …", file=sys.stderr, flush=True)
    venv.create(folder, with_pip=True)
    programs = folder / "bin"
    pip = [str(programs / "python"), "-m", "pip"]
    subprocess.run([*pip, "install", "--quiet", *names], check=True, stderr=subprocess.DEVNULL)
    listed = subprocess.run([*pip, "list"], check=True, capture_output=True, text=True).stdout
    versions = dict(line.split()[:2] for line in listed.splitlines()[2:])
    print(", ".join(f"{name} {versions[name]}" for name in names), "\n")
    return [PEERS[name](programs) for name in names]


def _measure(tool: Tool, place: Path, *, total: int) -> Iterator[Measured]:
    folder = place / "project"
    folder.mkdir()
    tool.write(folder, total=total)
    environment = {**os.environ, "HEADWATER_CACHE": str(place / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(step: str, command: Sequence[str]) -> Measured:
        return run_measured(step, command, folder, environment=environment)

    yield run("check, cold", tool.check)
    yield run("check, no change", tool.check)
    tool.edit(folder)
    yield run("check, one edit", tool.check)
    if tool.suspects:
        yield run("what the edit makes doubtful", tool.suspects)
    yield run("traceability matrix", tool.matrix)


_PACKAGE = Path(headwater.__file__).parent


def _render(tool: Tool, measured: Measured) -> str:
    failed = f" (failed: {measured.failed})" if measured.failed else ""
    return (
        f"| {tool.name} | {measured.step}{failed} | {measured.seconds:.2f} s | "
        f"{measured.megabytes:.0f} MB |"
    )


if __name__ == "__main__":
    sys.exit(main())
