"""The steps of action.yml, run as a runner runs them."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from headwater.cli.formats.choose import FORMATS
from headwater.operations.checking.check_report import FailOn
from tests.ci.conftest import ROOT
from tests.cli.projects import PLAN, PLAN_PATH, SPEC, SPEC_PATH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, Any]] = {
    step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step
}
EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")


def run_step(
    name: str,
    *,
    folder: Path,
    temporary: Path,
    environment: Mapping[str, str],
    action_path: Path = ROOT,
    inputs: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """One shell step with its expressions filled in; an input that is not given has its default."""
    values = {f"inputs.{key}": entry["default"] for key, entry in ACTION["inputs"].items()}
    values |= {f"inputs.{key}": value for key, value in (inputs or {}).items()}
    values["github.action_path"] = str(action_path)
    own = {
        key: EXPRESSION.sub(lambda match: values[match[1]], text)
        for key, text in STEPS[name]["env"].items()
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]],
        cwd=folder,
        env={**environment, **own, "RUNNER_TEMP": str(temporary)},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def installed(
    tmp_path_factory: pytest.TempPathFactory, checkout: Path, offline: Mapping[str, str]
) -> Path:
    """The runner's temporary folder after the step that installs."""
    temporary = tmp_path_factory.mktemp("runner temp")
    finished = run_step(
        "Install Headwater",
        folder=temporary,
        temporary=temporary,
        environment=offline,
        action_path=checkout,
    )
    assert finished.returncode == 0, finished.stderr
    return temporary


@pytest.fixture
def wrong(repository: Path, run_git: Callable[..., str]) -> Path:
    """A repository whose last commit is in order and whose work tree has an error in the plan."""
    for path, text in {SPEC_PATH: SPEC, PLAN_PATH: PLAN}.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(text, encoding="utf-8")
    run_git(repository, "add", "--all")
    run_git(repository, "commit", "--quiet", "-m", "Say what titles become")
    (repository / PLAN_PATH).write_text(
        PLAN.replace(": FR-001", ": FR-001, FR-7"), encoding="utf-8"
    )
    return repository


def test_the_installed_program_is_that_of_the_action(installed: Path, checkout: Path) -> None:
    (module,) = installed.glob("headwater/lib/python3*/site-packages/headwater/cli/check.py")

    assert module.read_bytes() == (checkout / "src/headwater/cli/check.py").read_bytes()


def test_errors_are_annotated_and_fail_the_step(
    installed: Path, wrong: Path, offline: Mapping[str, str]
) -> None:
    finished = run_step("Check", folder=wrong, temporary=installed, environment=offline)

    assert finished.returncode == 1, finished.stderr
    assert finished.stdout.startswith(f"::error file={PLAN_PATH},line=9,col=1,title=")
    assert "title=unknown-ref::" in finished.stdout


def test_every_input_is_heeded(installed: Path, wrong: Path, offline: Mapping[str, str]) -> None:
    """Only what is new counts, SARIF is written besides, and nothing fails."""
    finished = run_step(
        "Check",
        folder=wrong.parent,
        temporary=installed,
        environment=offline,
        inputs={
            "path": wrong.name,
            "base": "HEAD",
            "format": "concise",
            "sarif": "out/headwater check.sarif",
            "fail-on": "never",
        },
    )

    assert finished.returncode == 0, finished.stderr
    assert f"{PLAN_PATH}:9:1: error[unknown-ref]" in finished.stdout
    assert "already at" in finished.stdout
    sarif = json.loads((wrong / "out/headwater check.sarif").read_text(encoding="utf-8"))
    assert sarif["runs"][0]["results"]


@pytest.mark.parametrize(
    "text", ["$(touch owned)", "`touch owned`", "; touch owned", '" touch owned']
)
def test_no_input_is_run(
    installed: Path, wrong: Path, offline: Mapping[str, str], text: str
) -> None:
    for name in ("path", "base", "format", "fail-on"):
        finished = run_step(
            "Check", folder=wrong, temporary=installed, environment=offline, inputs={name: text}
        )
        assert finished.returncode == 2, (name, finished.stderr)

    assert not (wrong / "owned").exists()


def test_inputs_reach_the_shell_as_variables_only() -> None:
    scripts = [step["run"] for step in STEPS.values()]
    used = {
        name
        for step in STEPS.values()
        for text in step["env"].values()
        for name in EXPRESSION.findall(text)
    }
    used |= set(EXPRESSION.findall(ACTION["runs"]["steps"][0]["with"]["python-version"]))

    assert not any("${{" in script for script in scripts)
    assert {f"inputs.{name}" for name in ACTION["inputs"]} == used - {"github.action_path"}


def test_inputs_say_what_they_take() -> None:
    described = (
        ACTION["inputs"]["format"]["description"],
        ACTION["inputs"]["fail-on"]["description"],
    )

    assert all(name in described[0] for name in FORMATS)
    assert all(level.value in described[1] for level in FailOn)
