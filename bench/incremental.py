"""What an edit costs: components regenerated and verified again, model calls, processor time."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if not __package__:  # run as a file, `python bench/incremental.py`
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.incremental_peers import Hashloom, Jaunt, find_python
from bench.incremental_project import (
    change_node,
    find_hub,
    find_leaf,
    list_dependents,
    make_project,
)
from bench.incremental_tools import Headwater

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench.incremental_project import Project
    from bench.incremental_tools import Counted, Tool

    Open = Callable[[Path], Tool]

_HEADER = (
    "| tool | step | regenerated | verified again | model calls | processor time | peak memory |\n"
    "| --- | --- | --- | --- | --- | --- | --- |"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print one table."""
    options = _parse(arguments)
    project = make_project(options.total)
    with TemporaryDirectory(prefix="headwater-bench-") as name:
        tools: list[Open] = [Headwater]
        tools += [] if options.alone else list(_install_peers(Path(name), options.python))
        hub = find_hub(project)
        print(
            f"{len(project)} components; the leaf is {find_leaf(project).ref}, the hub {hub.ref} "
            f"with {len(list_dependents(project, hub))} direct dependents\n\n{_HEADER}",
            flush=True,
        )
        for open_tool in tools:
            with TemporaryDirectory(prefix="headwater-bench-") as place:
                tool = open_tool(Path(place))
                for counted in measure_steps(tool, project):
                    print(_render(tool, counted), flush=True)
    return 0


def measure_steps(tool: Tool, project: Project) -> Iterator[Counted]:
    """Every step, in order: each edit comes on top of those before."""
    tool.write(project)
    yield tool.build("first build", project)
    yield tool.build("no change", project)
    tool.write(project, reformatted=True)
    yield tool.build("wrapped, renumbered, moved", project)
    tool.write(project)
    tool.build("back again, not reported", project)
    leaf = find_leaf(project)
    for step, number, change in (
        ("leaf changed", leaf.number, {"added": leaf.added + 1}),
        ("hub: another body", find_hub(project).number, {"text": "at once"}),
        ("hub: another interface", find_hub(project).number, {"parameter": "more: int = 0"}),
    ):
        project = change_node(project, number, **change)
        tool.write(project)
        yield tool.build(step, project)
    if number := tool.forget():
        yield tool.build(f"{number} verified anew", project)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/incremental.py", description=__doc__)
    parser.add_argument("total", nargs="?", type=int, default=200, help="components (200)")
    parser.add_argument("--alone", action="store_true", help="measure Headwater alone")
    parser.add_argument("--python", default="", help="a Python 3.12 or newer, for jaunt")
    return parser.parse_args(arguments)


def _install_peers(folder: Path, python: str) -> Iterator[Open]:
    """The peers, each in a virtual environment of its own and in its newest version."""
    programs = _install(folder, sys.executable, "hashloom")
    yield lambda place: Hashloom(place, programs)
    found = find_python(python)
    if not found:
        print("jaunt: not run, there is no Python 3.12 or newer here (--python names one)\n")
        return
    others = _install(folder, found, "jaunt")
    yield lambda place: Jaunt(place, others)


def _install(folder: Path, python: str, package: str) -> Path:
    print(f"installing {package} …", file=sys.stderr, flush=True)
    place = folder / package
    subprocess.run([python, "-m", "venv", str(place)], check=True)
    pip = [str(place / "bin" / "python"), "-m", "pip"]
    subprocess.run([*pip, "install", "--quiet", package], check=True, stderr=subprocess.DEVNULL)
    shown = subprocess.run([*pip, "show", package], check=True, capture_output=True, text=True)
    print(", ".join(shown.stdout.splitlines()[:2]), "\n", flush=True)
    return place / "bin"


def _render(tool: Tool, counted: Counted) -> str:
    measured = counted.measured
    failed = f" (failed: {measured.failed})" if measured.failed else ""
    numbers = (counted.regenerated, counted.verified, counted.calls)
    cells = " | ".join("—" if number is None else str(number) for number in numbers)
    return (
        f"| {tool.name} | {measured.step}{failed} | {cells} | {measured.seconds:.2f} s | "
        f"{measured.megabytes:.0f} MB |"
    )


if __name__ == "__main__":
    sys.exit(main())
