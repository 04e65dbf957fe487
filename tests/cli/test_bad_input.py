"""Bad documents, folders and paths: a clear message, and a repository that is as it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from tests.cli.projects import CODE_PATH, PLAN, PLAN_PATH, SPEC, SPEC_PATH, Project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SECTION = PLAN[PLAN.index("### C1") :]
SECOND = SECTION.replace("C1", "C2").replace("slugs.py", "more.py")


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """Documents with a fault, and what is said of it, with its file and line."""

    message: str
    spec: str | bytes = SPEC
    plan: str | bytes | None = PLAN
    files: Mapping[str, str] = field(default_factory=dict)


DOCUMENTS = {
    "table with a short row": Case(
        message=f"{SPEC_PATH}:10:21: error[row-too-short]",
        spec=SPEC.replace(' | `"one"` |', " |"),
    ),
    "table with a stray bar": Case(
        message=f"{SPEC_PATH}:10",
        spec=SPEC.replace('"One"', '"One|Two"'),
    ),
    "prose stuck to a table": Case(
        message=f"{SPEC_PATH}:11",
        spec=SPEC + "  and so on.\n",
    ),
    "value that is no JSON": Case(
        message=f"{SPEC_PATH}:10",
        spec=SPEC.replace('`"one"`', "`one`"),
    ),
    "examples that contradict each other": Case(
        message=f"{SPEC_PATH}:11",
        spec=SPEC + '  | `slugify("One")` | `"two"` |\n',
    ),
    "no plan": Case(message=f"{PLAN_PATH}:1: error[plan-missing]", plan=None),
    "plan without a component": Case(
        message=f"{PLAN_PATH}:1: error[components-missing]", plan=PLAN.partition("### C1")[0]
    ),
    "two components with one file": Case(
        message=f"{PLAN_PATH}:22:1: error[shared-file]",
        plan=f"{PLAN}\n{SECTION.replace('C1', 'C2')}",
    ),
    "cycle": Case(
        message="001/C1 → 001/C2 → 001/C1",
        plan=PLAN.replace("on**: none", "on**: C2")
        + "\n"
        + SECOND.replace("on**: none", "on**: C1"),
    ),
    "unknown ref": Case(
        message=f"{PLAN_PATH}:9:1: error[unknown-ref]", plan=PLAN.replace("FR-001", "FR-009")
    ),
    "unknown target": Case(
        message=f"{PLAN_PATH}:3:1: error[target-unknown]", plan=PLAN.replace("python", "cobol", 1)
    ),
    "code in the interface": Case(
        message=f"{PLAN_PATH}:19", plan=PLAN.replace(": ...", ': return ""')
    ),
    "file above the repository": Case(
        message=f"{PLAN_PATH}:9:1: error[forbidden-path]",
        plan=PLAN.replace(CODE_PATH, "../slugs.py"),
    ),
    "file at an absolute path": Case(
        message=f"{PLAN_PATH}:9:1: error[forbidden-path]",
        plan=PLAN.replace(CODE_PATH, "/tmp/slugs.py"),
    ),
    "file in git's folder": Case(
        message=f"{PLAN_PATH}:9:1: error[forbidden-path]",
        plan=PLAN.replace(CODE_PATH, ".git/hooks/pre-commit.py"),
    ),
    "file of the user's own": Case(
        message=f"{PLAN_PATH}:9:1: error[planned-file-taken]", files={CODE_PATH: "mine = 1\n"}
    ),
    "spec over 4 MB": Case(message=f"{SPEC_PATH}:1", spec=SPEC + "x" * (4 << 20)),
    "spec that is not UTF-8": Case(
        message=f"{SPEC_PATH}:5", spec=SPEC.encode().replace(b"lower", b"l\xf6wer")
    ),
    "plan that is not UTF-8": Case(message=f"{PLAN_PATH}:3:1", plan=b"# Plan\n\n\xff\n"),
    "setting that does not exist": Case(
        message="headwater.toml:2: there is no setting model.nam",
        files={"headwater.toml": '[model]\nnam = "x"\n'},
    ),
    "settings that are no TOML": Case(
        message="headwater.toml is not valid TOML", files={"headwater.toml": "[model\n"}
    ),
}
USAGE = {"setting that does not exist", "settings that are no TOML"}
UNFINISHED = {"no plan", "plan without a component"}  # which `check` only warns of


def write_case(project: Project, case: Case) -> None:
    project.write(SPEC_PATH, case.spec)
    if case.plan is None:
        (project.root / PLAN_PATH).unlink()
    else:
        project.write(PLAN_PATH, case.plan)
    for path, text in case.files.items():
        project.write(path, text)
    project.commit()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_build_refuses_bad_documents(project: Project, name: str) -> None:
    case = DOCUMENTS[name]
    write_case(project, case)
    before = project.look()

    finished = project.run("build", "--model", project.script([]))

    assert finished.code == (2 if name in USAGE else 1), finished
    assert case.message in finished.stderr
    assert "Traceback" not in finished.stderr
    assert finished.stdout == ""
    assert project.look() == before


@pytest.mark.parametrize("name", sorted(DOCUMENTS.keys() - USAGE - UNFINISHED))
def test_check_finds_bad_documents(project: Project, name: str) -> None:
    case = DOCUMENTS[name]
    write_case(project, case)
    before = project.look()

    finished = project.run("check")

    assert finished.code == 1
    assert case.message in finished.stdout
    assert project.look() == before


def test_a_folder_that_is_a_link_is_refused(project: Project, tmp_path: Path) -> None:
    (project.root / "src").symlink_to(tmp_path)
    project.commit()
    before = project.look()

    finished = project.run("build", "--model", project.script([]))

    assert finished.code == 1
    assert f"{PLAN_PATH}:9:1: error[planned-path-blocked]" in finished.stderr
    assert project.look() == before


def test_a_document_that_is_a_link_is_refused(project: Project, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text(SPEC, encoding="utf-8")
    (project.root / SPEC_PATH).unlink()
    (project.root / SPEC_PATH).symlink_to(tmp_path / "outside.md")
    project.commit()

    for command in ("build", "check", "status", "trace"):
        finished = project.run(command)
        assert finished.code == 1
        assert f"a symbolic link at {SPEC_PATH}" in finished.stderr


def test_a_spec_that_is_not_committed_is_refused(project: Project) -> None:
    project.write(SPEC_PATH, SPEC.replace("hyphens", "dots"))
    before = project.look()

    finished = project.run("build", "--model", project.script([]))

    assert finished.code == 1
    assert f"not committed: {SPEC_PATH}" in finished.stderr
    assert project.look() == before


def test_an_edited_file_is_not_overwritten(built: Project) -> None:
    built.write(CODE_PATH, "mine = 1\n")
    built.write(SPEC_PATH, SPEC.replace("hyphens", "dots"))
    built.commit()
    before = built.look()

    finished = built.run("build", "--model", built.script([]))

    assert finished.code == 1
    assert f"{CODE_PATH} edited by hand" in finished.stderr
    assert "headwater revert" in finished.stderr
    assert built.look() == before


@pytest.mark.parametrize("command", ["build", "check", "status", "trace", "revert --all"])
def test_without_a_repository(
    git_settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    folder = Project(root=tmp_path / "plain", capture=capsys)
    folder.root.mkdir()

    finished = folder.run(*command.split())

    assert finished.code == 1
    assert "expected a git repository" in finished.stderr
    assert "git init" in finished.stderr
    assert list(folder.root.iterdir()) == []


def test_without_git(project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    finished = project.run("build")

    assert finished.code == 1
    assert "expected the `git` program" in finished.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", "../outside.py"),
        ("revert", "../outside.py"),
        ("revert", "src/../../outside.py"),
        ("explain", "link/passwd"),
        ("revert", "link/passwd"),
        ("revert", ".git/config"),
    ],
)
def test_a_path_out_of_the_repository(built: Project, arguments: tuple[str, str]) -> None:
    (built.root / "link").symlink_to("/etc")
    before = built.look()

    finished = built.run(*arguments)

    assert finished.code == 1
    assert "inside the repository" in finished.stderr or "symbolic link" in finished.stderr
    assert built.look() == before
