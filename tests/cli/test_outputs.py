"""Which format goes where: `--format`, `-o`, and what stands before what."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from tests.cli.projects import PLAN, PLAN_PATH, SPEC, SPEC_PATH, Project

BEGINNINGS = {
    "text": f"{PLAN_PATH} (1 error)",
    "concise": f"{PLAN_PATH}:9:1: error[unknown-ref]: ",
    "json": "{\n",
    "sarif": '{\n  "$schema"',
    "github": "::error file=",
    "junit": "<?xml",
}


@pytest.fixture
def wrong(project: Project) -> Project:
    """One error in the plan, and a component that was never derived."""
    project.write(PLAN_PATH, PLAN.replace("**Implements**: FR-001", "**Implements**: FR-001, FR-7"))
    return project


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_format_on_standard_output(wrong: Project, name: str) -> None:
    finished = wrong.run("check", "--format", name)

    assert finished.code == 1
    assert finished.stdout.startswith(BEGINNINGS[name])
    assert finished.stdout.endswith("\n")
    assert finished.stderr == ""


@pytest.mark.parametrize(("flag", "name"), [("--concise", "concise"), ("--json", "json")])
def test_a_flag_is_short_for_a_format(wrong: Project, flag: str, name: str) -> None:
    assert wrong.run("check", flag).stdout == wrong.run("check", "--format", name).stdout


def test_every_file_belongs_to_the_format_before_it(wrong: Project) -> None:
    finished = wrong.run(
        *("check", "--format", "sarif", "-o", "out/a.sarif", "--format=github"),
        *("--format", "junit", "--output=out/deep/b.xml", "--json", "-oc.json"),
    )

    assert finished.stdout.startswith(BEGINNINGS["github"])
    sarif = json.loads((wrong.root / "out/a.sarif").read_text(encoding="utf-8"))
    assert sarif["version"] == "2.1.0"
    assert ET.parse(wrong.root / "out/deep/b.xml").getroot().tag == "testsuites"
    assert json.loads((wrong.root / "c.json").read_text(encoding="utf-8"))["passed"] is False


def test_a_file_without_a_format_holds_text(wrong: Project) -> None:
    finished = wrong.run("check", "-o", "findings.txt")

    text = (wrong.root / "findings.txt").read_text(encoding="utf-8")
    assert finished.stdout == ""
    assert text.startswith(BEGINNINGS["text"])
    assert finished.stderr == text.splitlines()[-1] + "\n"
    assert "\x1b" not in text


def test_a_dash_is_standard_output(wrong: Project) -> None:
    assert wrong.run("check", "--concise", "-o", "-").stdout.startswith(BEGINNINGS["concise"])


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        (("--format", "json", "--format", "sarif"), "standard output"),
        (("--concise", "--json"), "standard output"),
        (("--json", "-o", "a", "--format", "sarif", "-o", "a"), "a"),
        (("-o", "a", "-o", "a"), "a"),
    ],
)
def test_two_formats_cannot_go_to_one_place(
    wrong: Project, arguments: tuple[str, ...], where: str
) -> None:
    finished = wrong.run("check", *arguments)

    assert finished.code == 2
    assert f"expected one format for {where}, found 2" in finished.stdout + finished.stderr
    assert not (wrong.root / "a").exists()


@pytest.mark.parametrize("file", ["specs", "README.md/report.txt"])
def test_a_file_that_cannot_be_written(wrong: Project, file: str) -> None:
    finished = wrong.run("check", "-o", file)

    assert finished.code == 2
    assert finished.stderr.startswith(f"error: {file} cannot be written: ")
    assert "hint: Give `-o` a file" in finished.stderr


@pytest.mark.parametrize("arguments", [("--json",), ("--format", "json"), ("--format=json",)])
def test_errors_are_json_too(wrong: Project, arguments: tuple[str, ...]) -> None:
    finished = wrong.run("check", *arguments, "--diff", "nowhere")

    assert (finished.code, finished.stderr) == (2, "")
    error = finished.document["error"]
    assert isinstance(error, dict)
    assert "'nowhere'" in error["message"]


def test_what_fails_is_chosen(project: Project) -> None:
    (project.root / PLAN_PATH).unlink()
    codes = {
        level: project.run("check", "--fail-on", level).code
        for level in ("error", "warning", "never")
    }
    assert codes == {"error": 0, "warning": 1, "never": 0}

    project.write(SPEC_PATH, SPEC.replace('| `"one"` |', "|"))
    finished = project.run("check", "--fail-on", "never", "--json")
    assert finished.code == 0
    assert finished.document["passed"] is True


def test_what_waits_for_build_can_be_let_pass(project: Project) -> None:
    finished = project.run("check", "--allow-stale", "--format", "github")

    assert finished.code == 0
    assert finished.stdout.startswith(f"::warning file={PLAN_PATH},")
    assert "title=not-fresh::001/C1 is stale" in finished.stdout


def test_only_what_is_new_is_told(wrong: Project) -> None:
    wrong.commit()

    text, document = (
        wrong.run("check", "--diff", "HEAD"),
        wrong.run("check", "--diff=HEAD", "--json"),
    )

    head = wrong.git("rev-parse", "HEAD").strip()
    assert text.code == 0
    assert text.stdout == (
        "1 feature, 1 component: 0 errors, 0 warnings, 0 not fresh; "
        f"already at {head[:12]}: 1 finding, 1 not fresh\n"
    )
    assert document.document["findings"] == []
    assert document.document["before"] == {"commit": head, "findings": 1, "unsettled": 1}
