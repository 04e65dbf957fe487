"""Runs tests on mutants of derived code: one process for all, and a fork of it for each.

It runs inside the sandbox and imports nothing of this project. What it is to do stands in a file;
what it found it appends to another, a JSON line an event, so that a run that dies leaves what it
had found. A mutant that a run died on is known by its start.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TextIO

PLAN = ".headwater-mutants.json"
REPORT = ".headwater-mutants.jsonl"
TESTED = ".headwater-report.jsonl"
# Seconds after the tests of the code as it is in which a mutant may be begun. With those of the
# tests, and of the last mutant, it is less than the minute after which the sandbox ends the run.
SECONDS = 15.0
# What one run of tests may take: on the wall, and, on a mutant, of processor time beside twice
# that of the code as it is.
WALL_SECONDS = 20.0
PROCESSOR_SECONDS = 1.0


class Mutant(TypedDict):
    """A file with one change, and the lines that tell whether a test runs it."""

    path: str
    code: str
    first: int
    last: int


class Plan(TypedDict):
    """What is to be done; `arguments` are pytest's."""

    arguments: list[str]
    files: list[str]
    mutants: list[Mutant]
    begin: int


class Run:
    """One run, as far as it gets."""

    def __init__(self, root: Path, plan: Plan, report: TextIO) -> None:
        self._root = root
        self._plan = plan
        self._report = report
        self._codes = {one["path"]: (root / one["path"]).read_text() for one in plan["mutants"]}

    def try_all(self) -> None:
        """Run the tests on the code as it is, then those that reach it on each mutant."""
        seconds = self._run(self._plan["files"], measured=self._codes, seconds=0)
        outcomes, reached = self._read_tested()
        self._write(event="baseline", passed=[node for node, well in outcomes.items() if well])
        began = time.monotonic()
        for number, mutant in enumerate(self._plan["mutants"]):
            if number < self._plan["begin"]:
                continue
            if time.monotonic() - began > SECONDS:
                return
            nodes = sorted(
                node
                for node, lines in reached.get(mutant["path"], {}).items()
                if any(mutant["first"] <= line <= mutant["last"] for line in lines)
            )
            self._try(number, mutant, nodes, seconds=PROCESSOR_SECONDS + 2 * seconds)

    def _try(self, number: int, mutant: Mutant, nodes: list[str], *, seconds: float) -> None:
        self._write(event="started", mutant=number)
        killed: list[str] = []
        if nodes:
            place = self._root / mutant["path"]
            place.write_text(mutant["code"], encoding="utf-8", newline="\n")
            try:
                self._run(nodes, measured=(), seconds=seconds)
            finally:
                place.write_text(self._codes[mutant["path"]], encoding="utf-8", newline="\n")
            outcomes, _ = self._read_tested()
            killed = [node for node in nodes if not outcomes.get(node, False)]
        self._write(event="tried", mutant=number, reached=nodes, killed=killed)

    def _run(self, tests: Iterable[str], *, measured: Iterable[str], seconds: float) -> float:
        """Run tests in a fork; give the processor time it took. 0 seconds is no bound."""
        (self._root / TESTED).unlink(missing_ok=True)
        child = os.fork()
        if child == 0:
            _be_child(self._plan["arguments"], tests, measured=measured, seconds=seconds)
        return _wait(child, until=time.monotonic() + WALL_SECONDS)

    def _read_tested(self) -> tuple[dict[str, bool], dict[str, dict[str, list[int]]]]:
        """Whether each test passed, and by path which lines each test runs."""
        outcomes: dict[str, bool] = {}
        reached: dict[str, dict[str, list[int]]] = {}
        for event in _read_events(self._root / TESTED):
            if event.get("event") == "ended":
                node = str(event["node"])
                outcomes[node] = outcomes.get(node, True) and event.get("outcome") == "passed"
            elif event.get("event") == "measured":
                reached[str(event["path"])] = json.loads(str(event["reached"]))
        return outcomes, reached

    def _write(self, **event: object) -> None:
        self._report.write(json.dumps(event) + "\n")
        self._report.flush()


def _be_child(
    arguments: list[str], tests: Iterable[str], *, measured: Iterable[str], seconds: float
) -> None:
    """Become the process that runs the tests; it never returns."""
    code = 1
    try:
        os.setsid()
        silence = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(silence, descriptor)
        plugins = []
        if measured:
            os.environ["HEADWATER_MEASURED"] = "\n".join(measured)
            os.environ["HEADWATER_REACH"] = "1"
            plugins = ["-p", "headwater_coverage"]
        # Without a handler the signal ends the process, whatever the code under test catches.
        signal.setitimer(signal.ITIMER_PROF, seconds)
        code = pytest.main([*arguments, *plugins, *tests])
    finally:
        os._exit(code)


def _wait(child: int, *, until: float) -> float:
    """The processor time of a child that has ended, by itself or because its time is over."""
    ended, used = 0, None
    while not ended and time.monotonic() < until:
        ended, _, used = os.wait4(child, os.WNOHANG)
        if not ended:
            time.sleep(0.002)
    # The children of its own go with it.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    if not ended:
        _, _, used = os.wait4(child, 0)
    return used.ru_utime + used.ru_stime if used else 0.0


def _read_events(path: Path) -> list[Mapping[str, object]]:
    """The events of a test run; what derived code wrote between them is passed over."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    events: list[Mapping[str, object]] = []
    for line in lines:
        with contextlib.suppress(ValueError):
            event = json.loads(line)
            if isinstance(event, dict):
                events.append(event)
    return events


def main() -> None:
    """Do what the plan in this folder says."""
    root = Path.cwd()
    plan: Plan = json.loads((root / PLAN).read_text(encoding="utf-8"))
    gc.collect()
    gc.freeze()  # so that no fork searches pytest itself for garbage: a quarter of its time
    with (root / REPORT).open("w", encoding="utf-8") as report:
        Run(root, plan, report).try_all()


if __name__ == "__main__":
    main()
