"""What every test may ask for: a real repository, the data folder, and no quiet skips in CI."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

IN_CI = os.environ.get("CI", "").casefold() in {"1", "true"}


def pytest_configure() -> None:
    """Let an interrupt interrupt: a shell starts what runs in the background deaf to it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def git_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only git settings file that counts, in place of the machine's and the user's."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    settings = tmp_path / "gitconfig"
    settings.write_text(
        "[user]\n\tname = Ada Lovelace\n\temail = ada@example.org\n"
        "[init]\n\tdefaultBranch = main\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return settings


@pytest.fixture
def repository(git_settings: Path, tmp_path: Path) -> Path:
    """The root of a git repository on branch `main`, with a user and one commit (README.md)."""
    root = tmp_path / "repository"
    root.mkdir()
    (root / "README.md").write_text("# A project\n", encoding="utf-8")
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "Begin"]):
        subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)
    return root


@pytest.fixture
def run_git() -> Callable[..., str]:
    """`run_git(root, "status", …)`: plain git, as a user types it; returns what it printed."""

    def run(root: Path, *arguments: str) -> str:
        finished = subprocess.run(
            ["git", *arguments], cwd=root, check=True, capture_output=True, text=True
        )
        return finished.stdout

    return run


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of public test data that HEADWATER_DATA names."""
    named = os.environ.get("HEADWATER_DATA", "")
    if not named and IN_CI:
        pytest.fail("HEADWATER_DATA is not set, and continuous integration skips nothing")
    if not named:
        pytest.skip("HEADWATER_DATA is not set")
    folder = Path(named)
    if not folder.is_dir():
        pytest.fail(f"HEADWATER_DATA names no folder: {folder}")
    return folder


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in continuous integration that skipped something: there, every tool is present."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter is not None and reporter.stats.get("skipped"):
        reporter.section("skipped tests in continuous integration", red=True)
        for report in reporter.stats["skipped"]:
            reporter.write_line(f"{report.nodeid}: {report.longrepr[2]}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
