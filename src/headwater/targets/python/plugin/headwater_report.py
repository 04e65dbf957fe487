"""A pytest plugin that reports as it goes, a JSON line an event, and bounds each test's time.

It is loaded by its file's folder alone, inside the sandbox, so it imports nothing of this project.
A run that dies leaves the lines written before; what never ended is known by its start.
"""

from __future__ import annotations

import json
import re
import signal
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import FrameType
    from typing import TextIO

REPORT = ".headwater-report.jsonl"
STUB_MARK = ".headwater-stub-reached"
SECONDS = 10
SECONDS_OF_COMMANDS = 30
SECONDS_AFTER_ENDLESS = 2
LONGEST = 500
LONGEST_TOLD = 10_000


class TooLong(BaseException):
    """A test took longer than its limit; nothing that expects an `Exception` hides it."""


def pytest_configure(config: pytest.Config) -> None:
    """Open the report."""
    config.pluginmanager.register(Report(Path(config.rootpath)), "headwater-report-writer")


class Report:
    """Writes the report of one run."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file: TextIO = (root / REPORT).open("w", encoding="utf-8")
        self._mark = root / STUB_MARK
        self._endless = False

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Bound the time of an import, and report one that fails."""
        if not isinstance(collector, pytest.Module):
            return (yield)
        node = collector.nodeid
        self._write(event="collecting", node=node)
        seconds = self._start_clock(SECONDS)
        try:
            report = yield
        except SystemExit as ending:
            self._write(event="broken", node=node, message=self._describe(ending))
            raise
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        if report.failed:
            error = _find_cause(report)
            late = f"importing it took longer than {seconds} s"
            message = late if isinstance(error, TooLong) else self._describe(error)
            self._write(event="broken", node=node, message=message)
        else:
            self._write(event="collected", node=node)
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Write that a test starts, and remove the mark of the one before."""
        self._mark.unlink(missing_ok=True)
        self._write(event="started", node=item.nodeid)
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        """Bound the time of a test; commands, which take the folder fixture, get more."""
        commands = "tmp_path" in getattr(item, "fixturenames", ())
        self._seconds = self._start_clock(SECONDS_OF_COMMANDS if commands else SECONDS)
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Report a test's end, or the failure of what stands around it."""
        report = yield
        error = call.excinfo.value if call.excinfo else None
        if call.when == "call" or error is not None:
            outcome, message = self._judge(error, when=call.when)
            self._write(event="ended", node=item.nodeid, outcome=outcome, message=message)
        return report

    def pytest_unconfigure(self) -> None:
        """Close the report."""
        self._file.close()

    def _judge(self, error: BaseException | None, *, when: str) -> tuple[str, str]:
        reached = self._mark.exists()
        if error is None:
            return "passed", "passed against the stub" if reached else ""
        message = self._describe(error)
        if reached or type(error).__name__ == "StubReached":
            return "stub", "the stub was reached"
        if isinstance(error, TooLong):
            self._endless = True
            return "failed", f"took longer than {self._seconds} s"
        asserted = isinstance(error, AssertionError | pytest.fail.Exception)
        if when == "call" and (asserted or self._find_derived(error)):
            return "failed", message
        return "error", message

    def _start_clock(self, seconds: int) -> int:
        """Arrange for `TooLong`; once a test proved endless the rest get little time."""
        seconds = SECONDS_AFTER_ENDLESS if self._endless else seconds
        signal.signal(signal.SIGALRM, _stop)
        signal.setitimer(signal.ITIMER_REAL, seconds, 1)
        return seconds

    def _describe(self, error: BaseException) -> str:
        """The error in a line, and where in derived code it arose."""
        if type(error).__name__ == "ToldError":  # by a probe, whose words are data
            return str(error)[:LONGEST_TOLD]
        if isinstance(error, AssertionError | pytest.fail.Exception):
            return _shorten(str(error) or "an assertion failed")
        if isinstance(error, SyntaxError):
            name = self._relative(error.filename or "")
            return _shorten(f"{type(error).__name__}: {error.msg} ({name}:{error.lineno})")
        place = self._find_derived(error)
        text = re.sub(rf"{re.escape(str(self._root))}/", "", str(error))
        where = f" ({place})" if place and place not in text else ""
        return _shorten(f"{type(error).__name__}: {text}{where}")

    def _find_derived(self, error: BaseException) -> str:
        """`src/wallet/ledger.py:12`, the last line outside the tests that the error passed."""
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            name = self._relative(frame.filename)
            if name and not name.startswith("tests/"):
                return f"{name}:{frame.lineno}"
        return ""

    def _relative(self, name: str) -> str:
        path = Path(name)
        return path.relative_to(self._root).as_posix() if path.is_relative_to(self._root) else ""

    def _write(self, **event: str) -> None:
        self._file.write(json.dumps(event) + "\n")
        self._file.flush()


def _stop(_signum: int, _frame: FrameType | None) -> None:
    raise TooLong


def _find_cause(report: pytest.CollectReport) -> BaseException:
    """What an import failed with; pytest wraps it, and keeps the call on the report for a while."""
    call = getattr(report, "call", None)
    error: BaseException | None = call.excinfo.value if call and call.excinfo else None
    if error is None:
        return ImportError(str(report.longrepr))
    return error.__cause__ or error


def _shorten(text: str) -> str:
    """The lines of a message as one, cut to a length that a reader takes in."""
    line = " ".join(part.strip() for part in text.strip().splitlines() if part.strip())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
