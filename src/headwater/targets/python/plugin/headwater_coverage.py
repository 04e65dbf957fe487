"""A pytest plugin that measures which statements of some files the tests run, commands included.

Like the other plugin it is loaded by its folder alone, inside the sandbox. It appends an event a
file to the report that the other one writes; where it is asked which test runs which lines, the
event says so. What the code under test says of its own coverage
(`# pragma: no cover`) does not count.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import coverage
import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

REPORT = ".headwater-report.jsonl"
DATA = ".headwater-coverage"
SETTINGS = ".headwater-coverage.ini"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Begin to measure, before any file of the program is imported."""
    root = Path(config.rootpath)
    paths = os.environ["HEADWATER_MEASURED"].splitlines()
    config.pluginmanager.register(Measurement(root, paths), "headwater-measurement")


class Measurement:
    """Measures one run."""

    def __init__(self, root: Path, paths: list[str]) -> None:
        self._root = root
        self._paths = paths
        self._reach = bool(os.environ.get("HEADWATER_REACH"))
        self._settings = root / SETTINGS
        self._write_settings()
        _measure_children(self._settings)
        self._coverage = coverage.Coverage(config_file=str(self._settings))
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        """Put what runs now to the account of this test, in the processes that it starts too."""
        if self._reach:
            self._coverage.switch_context(item.nodeid)
            self._write_settings(item.nodeid)
        try:
            return (yield)
        finally:
            if self._reach:
                self._coverage.switch_context("")

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self) -> None:
        """Write what was run, together with what the processes that tests started ran."""
        self._coverage.stop()
        self._coverage.save()
        self._coverage.combine(data_paths=[str(self._root)])
        with (self._root / REPORT).open("a", encoding="utf-8") as report:
            for path in self._paths:
                _, statements, _, missed, _ = self._coverage.analysis2(str(self._root / path))
                event = {
                    "event": "measured",
                    "path": path,
                    "statements": str(len(statements)),
                    "missed": " ".join(map(str, missed)),
                    "reached": json.dumps(self._find_reached(path)) if self._reach else "",
                }
                report.write(json.dumps(event) + "\n")

    def _find_reached(self, path: str) -> dict[str, list[int]]:
        """Which lines of a file each test runs."""
        reached: dict[str, list[int]] = {}
        by_line = self._coverage.get_data().contexts_by_lineno(str(self._root / path))
        for line, nodes in sorted(by_line.items()):
            for node in filter(None, nodes):
                reached.setdefault(node, []).append(line)
        return reached

    def _write_settings(self, context: str = "") -> None:
        text = _render_settings(self._root, self._paths, context=context)
        self._settings.write_text(text, encoding="utf-8")


def _render_settings(root: Path, paths: list[str], *, context: str) -> str:
    """Settings that processes of tests read too; nothing is excluded."""
    files = "\n    ".join(str(root / path) for path in paths)
    # A dollar sign would name a variable.
    own = f"context = {context.replace('$', '$$')}\n" if context else ""
    return (
        f"[run]\ndata_file = {root / DATA}\nparallel = true\n{own}include =\n    {files}\n"
        "disable_warnings = no-data-collected, module-not-measured\n"
        "[report]\nexclude_lines = (?!)\n"
    )


def _measure_children(settings: Path) -> None:
    """Let every process that a test starts measure itself: `coverage` looks for this variable.

    Tests of commands give their processes an environment of their own, so it is put in there.
    """
    process: Any = subprocess.Popen
    start = process.__init__

    def start_measured(self: Any, *args: Any, **options: Any) -> None:  # noqa: ANN401 - its own
        environment = {**(options.pop("env", None) or os.environ)}
        environment["COVERAGE_PROCESS_START"] = str(settings)
        start(self, *args, env=environment, **options)

    process.__init__ = start_measured
