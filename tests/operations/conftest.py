"""A built repository for the tests of what is said about one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.projects import write_template

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def built_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built repository, made once, to be copied and never changed."""
    folder = tmp_path_factory.mktemp("template") / "repository"
    folder.mkdir()
    write_template(folder)
    return folder


@pytest.fixture
def built(built_template: Path, git_settings: Path, tmp_path: Path) -> Path:
    """The root of a repository whose one component is derived and fresh."""
    root = tmp_path / "built"
    shutil.copytree(built_template, root)
    return root
