"""The hook that other repositories use, installed and run by pre-commit itself."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from headwater.spec.read_project import CONSTITUTION_PATH
from tests.ci.conftest import ROOT
from tests.cli.projects import PLAN, PLAN_PATH, SPEC, SPEC_PATH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

HOOK: dict[str, Any]
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps environments: one for all tests, since making it takes a while."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def using(
    repository: Path, checkout: Path, run_git: Callable[..., str], git_settings: Path
) -> Path:
    """A repository with sound documents that are not built, and the hook of this project."""
    if not (checkout / ".git").exists():
        for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "All"]):
            run_git(checkout, *arguments)
    hooks = {"repo": str(checkout), "rev": run_git(checkout, "rev-parse", "HEAD").strip()}
    config = {"repos": [{**hooks, "hooks": [{"id": "headwater-check"}]}]}
    files = {SPEC_PATH: SPEC, PLAN_PATH: PLAN, ".pre-commit-config.yaml": yaml.safe_dump(config)}
    for path, text in files.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(text, encoding="utf-8")
    run_git(repository, "add", "--all")
    return repository


def run_hook(
    root: Path, home: Path, offline: Mapping[str, str], git_settings: Path
) -> subprocess.CompletedProcess[str]:
    """`pre-commit run` on what is staged."""
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--color=never", "--verbose"],
        cwd=root,
        env={
            **offline,
            "PRE_COMMIT_HOME": str(home),
            "VIRTUALENV_OVERRIDE_APP_DATA": str(home / "virtualenv"),
            "GIT_CONFIG_GLOBAL": str(git_settings),
            "GIT_CONFIG_NOSYSTEM": "1",
        },
        check=False,
        capture_output=True,
        text=True,
    )


def test_a_specification_can_be_committed_before_it_is_built(
    using: Path, home: Path, offline: Mapping[str, str], git_settings: Path
) -> None:
    finished = run_hook(using, home, offline, git_settings)

    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert re.search(r"headwater check\.+Passed", finished.stdout)
    assert "1 feature, 1 component: 0 errors" in finished.stdout


def test_an_error_stops_the_commit(
    using: Path,
    home: Path,
    offline: Mapping[str, str],
    git_settings: Path,
    run_git: Callable[..., str],
) -> None:
    (using / PLAN_PATH).write_text(PLAN.replace(": FR-001", ": FR-001, FR-7"), encoding="utf-8")
    run_git(using, "add", "--all")

    finished = run_hook(using, home, offline, git_settings)

    assert finished.returncode == 1, finished.stderr
    assert f"{PLAN_PATH}:9:1: error[unknown-ref]" in finished.stdout


def test_a_commit_of_other_files_is_let_alone(
    using: Path,
    home: Path,
    offline: Mapping[str, str],
    git_settings: Path,
    run_git: Callable[..., str],
) -> None:
    run_git(using, "commit", "--quiet", "-m", "Documents")
    (using / "README.md").write_text("# Changed\n", encoding="utf-8")
    run_git(using, "add", "--all")

    finished = run_hook(using, home, offline, git_settings)

    assert finished.returncode == 0
    assert "Skipped" in finished.stdout


@pytest.mark.parametrize(
    ("path", "runs"),
    [
        (SPEC_PATH, True),
        (CONSTITUTION_PATH, True),
        ("specs/001-titles/headwater.lock/C1.json", True),
        ("headwater.toml", True),
        ("docs/specs/one.md", False),
        ("src/titles/slugs.py", False),
    ],
)
def test_the_files_that_it_runs_for(path: str, runs: bool) -> None:
    assert bool(re.search(HOOK["files"], path)) is runs
