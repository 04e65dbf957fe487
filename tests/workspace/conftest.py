"""A repository as a build finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def root(repository: Path, run_git: Callable[..., str]) -> Path:
    """A repository with derived files (`derived/…`) and hand-written ones."""
    for path in ("derived/a.py", "derived/gone.py", "mine.py", "staged.py", "both.py"):
        (repository / path).parent.mkdir(exist_ok=True)
        (repository / path).write_text(f"old {path}\n")
    (repository / "derived/run").write_text("old\n")
    (repository / "derived/run").chmod(0o755)
    run_git(repository, "add", ".")
    run_git(repository, "commit", "--quiet", "-m", "Add files")
    return repository
