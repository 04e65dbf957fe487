"""Projects for the tests of the command line: empty, with documents, and built."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.projects import PLAN, PLAN_PATH, SPEC, SPEC_PATH, Project, write_template

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def plain_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting, key or cache of the person who runs the tests."""
    for name in list(os.environ):
        if name.startswith("HEADWATER_") or name.endswith("_API_KEY"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HEADWATER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def empty(repository: Path, capsys: pytest.CaptureFixture[str]) -> Project:
    """A repository without documents."""
    return Project(root=repository, capture=capsys)


@pytest.fixture
def project(empty: Project) -> Project:
    """A repository that `init` made ready, with a spec and a plan, committed and not built."""
    assert empty.run("init").code == 0
    empty.write(SPEC_PATH, SPEC)
    empty.write(PLAN_PATH, PLAN)
    empty.commit("Say what titles become")
    return empty


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built repository, made once, to be copied and never changed."""
    folder = tmp_path_factory.mktemp("template") / "repository"
    folder.mkdir()
    write_template(folder)
    return folder


@pytest.fixture
def built(
    template: Path, git_settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Project:
    """A repository whose one component is derived and fresh."""
    root = tmp_path / "repository"
    shutil.copytree(template, root)
    return Project(root=root, capture=capsys)
