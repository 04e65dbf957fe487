"""The project of these tests, built once and copied for each."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.operations.builders import copy_checkout
from tests.operations.triage.stats import start_stats

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.builders import Checkout


@pytest.fixture(scope="session")
def built_stats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built repository that no test changes."""
    root = tmp_path_factory.mktemp("stats") / "repository"
    root.mkdir()
    settings = ("user.name=Ada Lovelace", "user.email=ada@example.org")
    subprocess.run(["git", "init", "--quiet", "-b", "main"], cwd=root, check=True)
    for setting in settings:
        subprocess.run(["git", "config", *setting.split("=")], cwd=root, check=True)
    start_stats(root)
    return root


@pytest.fixture
def checkout(built_stats: Path, git_settings: Path, tmp_path: Path) -> Checkout:
    """A copy of it."""
    return copy_checkout(built_stats, tmp_path)
