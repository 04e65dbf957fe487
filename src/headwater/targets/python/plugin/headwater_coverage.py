"""A pytest plugin that measures which statements of some files the tests run, commands included.

Like the other plugin it is loaded by its folder alone, inside the sandbox. It appends an event a
file to the report that the other one writes. What the code under test says of its own coverage
(`# pragma: no cover`) does not count.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import coverage
import pytest

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
        settings = root / SETTINGS
        settings.write_text(_render_settings(root, paths), encoding="utf-8")
        _measure_children(settings)
        self._coverage = coverage.Coverage(config_file=str(settings))
        self._coverage.start()

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
                }
                report.write(json.dumps(event) + "\n")


def _render_settings(root: Path, paths: list[str]) -> str:
    """Settings that processes of tests read too; nothing is excluded."""
    files = "\n    ".join(str(root / path) for path in paths)
    return (
        f"[run]\ndata_file = {root / DATA}\nparallel = true\ninclude =\n    {files}\n"
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
