"""A repository just made by Spec Kit's own program is one of ours, without conversion."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.cli.main import run as headwater
from headwater.operations.check import check
from headwater.operations.plan import PlanRequest, plan
from headwater.operations.tasks import tasks
from headwater.wiring import list_targets
from tests.operations.planning_parking import make_ports
from tests.steps.plan.builders import make_model
from tests.steps.plan.punch import ANSWERS
from tests.steps.specify.parking import IDEA, answer_parking

if TYPE_CHECKING:
    from headwater.operations.checking.check_report import CheckReport

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "punch"
SPECIFY = Path(sys.executable).with_name("specify")


@pytest.fixture
def spec_kit(repository: Path) -> Path:
    """A repository in which `specify init` has made its folders."""
    init_spec_kit(repository)
    return repository


def init_spec_kit(root: Path) -> None:
    """Make the folders of Spec Kit, as a user does."""
    if not SPECIFY.exists():
        pytest.skip("specify-cli is not installed")
    options = ["--integration", "claude", "--ignore-agent-tools", "--non-interactive", "--force"]
    run(root, str(SPECIFY), "init", "--here", *options)


def run(folder: Path, *arguments: str) -> str:
    finished = subprocess.run(arguments, cwd=folder, check=True, capture_output=True, text=True)
    return finished.stdout


def start_feature(root: Path) -> Path:
    """A feature as Spec Kit's own script starts it; its folder."""
    script = ".specify/scripts/bash/create-new-feature.sh"
    printed = run(root, "bash", script, "--json", "Keep a log of hours worked")
    found = json.loads(printed.strip().splitlines()[-1])
    return Path(found["SPEC_FILE"]).parent


def judge(root: Path) -> CheckReport:
    return check(root, targets=list_targets())


def test_what_is_left_as_the_template_has_it_is_a_warning_and_no_error(spec_kit: Path) -> None:
    folder = start_feature(spec_kit)
    report = judge(spec_kit)
    assert report.features == 1
    assert report.errors == 0
    untouched = {found.place.path for found in report.findings if found.code == "template-text"}
    constitution = ".specify/memory/constitution.md"
    assert untouched == {constitution, f"specs/{folder.name}/spec.md"}


def test_a_filled_feature_is_checked_without_conversion(spec_kit: Path) -> None:
    folder = start_feature(spec_kit)
    for path in (EXAMPLE / "specs" / "001-timesheet").iterdir():
        shutil.copy(path, folder / path.name)
    constitution = spec_kit / ".specify" / "memory" / "constitution.md"
    shutil.copy(EXAMPLE / ".specify" / "memory" / "constitution.md", constitution)
    report = judge(spec_kit)
    assert (report.features, report.components, report.errors) == (1, 8, 0)
    assert report.findings == ()
    assert {found.state.value for found in report.unsettled} == {"stale"}


def specify_parking(root: Path) -> str:
    """Draft the parking feature; its folder."""
    script = root.parent / "script.json"
    script.write_text(json.dumps(answer_parking()), encoding="utf-8")
    assert headwater(["-C", str(root), "specify", IDEA, "--model", f"scripted:{script}"]) == 0
    return "specs/001-parking-fees"


@pytest.mark.parametrize("before", [True, False], ids=["spec-kit-first", "headwater-first"])
def test_spec_kits_scripts_go_on_with_a_drafted_spec(repository: Path, before: bool) -> None:
    """Whichever of the two programs was first in a repository."""
    if before:
        init_spec_kit(repository)
    folder = specify_parking(repository)
    if not before:
        init_spec_kit(repository)
    scripts = ".specify/scripts/bash"
    environment = {name: value for name, value in os.environ.items() if "SPECIFY" not in name}
    for script, *options in (
        ("setup-plan.sh", "--json"),
        ("check-prerequisites.sh", "--json", "--require-spec"),
    ):
        printed = subprocess.run(
            ["bash", f"{scripts}/{script}", *options],
            cwd=repository,
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        ).stdout
        found = json.loads(printed.strip().splitlines()[-1])
        assert found["FEATURE_DIR"] == str(repository / folder)
    assert (repository / folder / "plan.md").is_file()
    assert judge(repository).errors == 0


def test_its_scripts_take_a_drafted_plan_and_its_tasks(spec_kit: Path) -> None:
    """`setup-plan` starts from the branch; the scripts after it look for what was drafted."""
    folder = start_feature(spec_kit)
    shutil.copy(EXAMPLE / "specs" / "001-timesheet" / "spec.md", folder / "spec.md")
    commit(spec_kit)
    feature = folder.name
    plan(spec_kit, PlanRequest(feature=feature), ports=make_ports(make_model(ANSWERS)))
    tasks(spec_kit, feature, ports=make_ports())
    scripts = ".specify/scripts/bash"
    found = json.loads(
        run(
            spec_kit,
            "bash",
            f"{scripts}/check-prerequisites.sh",
            "--json",
            "--require-tasks",
            "--include-tasks",
        )
        .strip()
        .splitlines()[-1]
    )
    assert Path(found["FEATURE_DIR"]).name == feature
    assert "tasks.md" in found["AVAILABLE_DOCS"]
    report = judge(spec_kit)
    assert report.errors == 0
    assert {one.place.path for one in report.findings} <= {".specify/memory/constitution.md"}


def commit(root: Path) -> None:
    run(root, "git", "add", "--all")
    run(root, "git", "commit", "--quiet", "--message", "Specify")
