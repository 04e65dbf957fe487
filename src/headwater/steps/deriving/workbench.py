"""Where files are tried: a temporary folder in the sandbox, with the target's own tools."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from headwater.rules.articles.evidence import Scan
from headwater.sandbox.interface import Command, Ending, Limits
from headwater.targets.interface import TestResult, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.graph.facts import Coverage
    from headwater.sandbox.interface import Finished, Sandbox
    from headwater.spec.model import Component, Problem
    from headwater.targets.interface import Target, TestFile, ToolCommand


_LARGEST_REPORT = 16 << 20  # bytes; derived code can write into it


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """How tests ended, and which statements of the measured files they ran, by path."""

    results: tuple[TestResult, ...] = ()
    coverage: Mapping[str, Coverage] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Workbench:
    """A target's tools, run in a sandbox on files that are given as values."""

    target: Target
    sandbox: Sandbox
    limits: Limits = field(default_factory=Limits)

    def finish(self, component: Component, code: str, *, dependencies: Sequence[Component]) -> str:
        """Normalise and format a candidate; code that does not parse comes back as it was."""
        path = component.files[0]
        finished = self.target.finish_file(component, code, dependencies=dependencies)
        return self.format({path: finished})[path]

    def format(self, files: Mapping[str, str]) -> Mapping[str, str]:
        """Format files as the target's formatter does."""
        with TemporaryDirectory(prefix="headwater-") as name:
            folder = Path(name)
            _write_files(folder, files)
            self._run(self.target.format_command(tuple(files)), folder)
            return {path: (folder / path).read_text(encoding="utf-8") for path in files}

    def inspect(self, component: Component, code: str) -> tuple[Problem, ...]:
        """Syntax, interface and static checks of one file, without running it."""
        path = component.files[0]
        problems = tuple(self.target.check_file(component, code, path=path))
        if problems:
            return problems
        with TemporaryDirectory(prefix="headwater-") as name:
            folder = Path(name)
            _write_files(folder, {path: code})
            finished = self._run(self.target.lint_command((path,)), folder)
        return tuple(self.target.read_lint(finished.stdout.decode(errors="replace")))

    def scan(self, files: Mapping[str, str]) -> Scan:
        """What the target's security scanner says of files, which it does not run."""
        name, command = self.target.scanner, self.target.scan_command(tuple(files))
        if command is None:
            return Scan(name, skipped="it is not installed")
        if not files:
            return Scan(name)
        with TemporaryDirectory(prefix="headwater-") as folder:
            _write_files(Path(folder), files)
            finished = self._run(command, Path(folder))
        try:
            found = self.target.read_scan(finished.stdout.decode(errors="replace"))
        except ValueError as error:
            return Scan(name, skipped=f"it failed: {error}")
        return Scan(name, findings=tuple(found))

    def run_tests(
        self, files: Mapping[str, str], *, tests: Sequence[TestFile]
    ) -> tuple[TestResult, ...]:
        """Run test files against code files, in one sandboxed process.

        Tests that never reported because the sandbox ended the run say how it ended.
        """
        return self.measure_tests(files, tests=tests, measured=()).results

    def measure_tests(
        self, files: Mapping[str, str], *, tests: Sequence[TestFile], measured: Sequence[str]
    ) -> Measured:
        """Run test files as `run_tests` does, and see which statements of some files they run."""
        tests = tuple(file for file in tests if file.tests)
        if not tests:
            return Measured()
        command = self.target.test_command(tuple(file.path for file in tests), measured=measured)
        text, finished = self.run_reporting(
            {**files, **{file.path: file.text for file in tests}},
            command=command,
            report=self.target.report_path,
        )
        results = self.target.read_results(text, files=tests)
        return Measured(
            results=tuple(_explain_missing(result, finished) for result in results),
            coverage=self.target.read_coverage(text) if measured else {},
        )

    def run_reporting(
        self, files: Mapping[str, str], *, command: ToolCommand, report: str
    ) -> tuple[str, Finished]:
        """Run one of the target's commands on files; what it left at `report`, and how it ended."""
        with TemporaryDirectory(prefix="headwater-") as name:
            folder = Path(name)
            _write_files(folder, files)
            finished = self._run(command, folder)
            return _read_report(folder / report), finished

    def _run(self, tool: ToolCommand, folder: Path) -> Finished:
        return self.sandbox.run(
            Command(
                arguments=tool.arguments,
                folder=folder,
                readable=tool.readable,
                environment=tool.environment,
                limits=self.limits,
            )
        )


def _write_files(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def _read_report(path: Path) -> str:
    """The report as text; empty where the run left none, or a link in its place."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return ""
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return ""
    with os.fdopen(descriptor, "rb") as file:
        return file.read(_LARGEST_REPORT).decode(errors="replace")


def _explain_missing(result: TestResult, finished: Finished) -> TestResult:
    if result.verdict is not Verdict.MISSING or result.message:
        return result
    if finished.ending is Ending.EXITED:
        message = f"the test run ended with exit code {finished.exit_code} before this test"
    else:
        message = f"the test run was ended: {finished.ending.value}"
    return TestResult(key=result.key, verdict=Verdict.MISSING, message=message)
