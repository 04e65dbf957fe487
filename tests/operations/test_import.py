"""Importing: what is written, what stays behind, what is refused, and that nothing gets lost."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.check import check
from headwater.operations.import_specs import import_specs
from headwater.spec.model import Severity
from headwater.spec.origin import Origin
from headwater.spec.read_project import CONSTITUTION_PATH, read_project
from headwater.wiring import list_targets
from headwater.workspace.documents import read_documents
from tests.interop.kiro_documents import BUGFIX, DESIGN, ENGLISH, TASKS
from tests.interop.openspec_documents import DELTA, MAIN

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.import_report import ImportReport
    from headwater.spec.model import Project

CHANGE = "openspec/changes/add-sign-out"
DOCUMENTS = {
    "openspec/specs/sign-in/spec.md": MAIN,
    f"{CHANGE}/proposal.md": "# Change: Sign out\n\n## Why\n\nPeople ask.\n",
    f"{CHANGE}/tasks.md": "## 1. All\n\n- [x] 1.1 Add it in src/out.py\n- [ ] 1.2 (P) Test\n",
    f"{CHANGE}/specs/sign-in/spec.md": DELTA,
    ".kiro/specs/auth/requirements.md": ENGLISH,
    ".kiro/specs/auth/design.md": DESIGN,
    ".kiro/specs/auth/tasks.md": TASKS,
    ".kiro/specs/auth/research.md": "# Research\n",
    ".kiro/specs/auth/spec.json": "{}",
    ".kiro/specs/crash/bugfix.md": BUGFIX,
    ".kiro/steering/tech.md": "# Tech\n\n## Stack\n\nPython.\n\n### 1. Tests\n\npytest\n",
}


def write(root: Path, documents: dict[str, str]) -> None:
    for path, text in documents.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def read_native(root: Path) -> Project:
    return read_project(read_documents(root, (CONSTITUTION_PATH, "specs/*/*.md")))


def list_files(root: Path) -> set[str]:
    return {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


@pytest.fixture
def mixed(repository: Path) -> Path:
    """A repository with OpenSpec and Kiro documents."""
    write(repository, DOCUMENTS)
    return repository


def test_every_feature_becomes_a_native_one(mixed: Path) -> None:
    report = import_specs(mixed, [])
    assert [(one.origin, one.source, one.folder) for one in report.features] == [
        (Origin.OPENSPEC, "openspec/specs/sign-in", "specs/001-sign-in"),
        (Origin.OPENSPEC, CHANGE, "specs/002-add-sign-out"),
        (Origin.KIRO, ".kiro/specs/auth", "specs/003-auth"),
        (Origin.KIRO, ".kiro/specs/crash", "specs/004-crash"),
    ]
    assert [
        (one.requirements, one.scenarios, one.decisions, one.tasks) for one in report.features
    ] == [(2, 3, 0, 0), (3, 2, 0, 2), (4, 0, 2, 4), (2, 0, 0, 0)]
    written = {path for one in report.features for path in one.documents}
    assert written | {CONSTITUTION_PATH} == list_files(mixed) - {*DOCUMENTS, "README.md"}
    assert (mixed / "specs/003-auth/research.md").read_text(encoding="utf-8") == "# Research\n"


def test_what_is_written_passes_check(mixed: Path) -> None:
    import_specs(mixed, [])
    report = check(mixed, targets=list_targets())
    assert [one for one in report.findings if one.severity is Severity.ERROR] == []
    codes = {one.code for one in report.findings}
    assert "imported-already" in codes
    assert report.features == 4


def test_a_change_marks_what_it_changes(mixed: Path) -> None:
    report = import_specs(mixed, [])
    spec = read_native(mixed).features[1].spec
    assert spec is not None
    assert spec.title == "Sign out"
    assert [
        (one.id, [change.ref for change in one.changes], one.retired is not None)
        for one in spec.requirements
    ] == [
        ("FR-001", [], False),
        ("FR-002", ["001/FR-001"], False),
        ("FR-003", ["001/FR-002"], True),
    ]
    assert report.features[1].refs["add-sign-out/sign-in/FR-stay-locked"] == "002/FR-002"
    assert report.features[0].refs["sign-in/US-lock-after-failures.fourth-failure"] == "001/US1.2"


def test_ids_that_are_native_stay(mixed: Path) -> None:
    import_specs(mixed, [])
    auth = read_native(mixed).features[2]
    assert auth.spec is not None
    assert auth.plan is not None
    assert auth.tasks is not None
    assert [one.id for one in auth.spec.requirements] == ["FR-1.1", "FR-1.2", "FR-2.1", "FR-2.2"]
    assert [one.id for one in auth.spec.stories] == ["US1", "US2"]
    assert [one.scenarios for one in auth.spec.stories] == [(), ()]
    assert [(one.id, one.title, one.serves) for one in auth.plan.decisions] == [
        ("D1", "One table", ()),
        ("D2", "Property 1: Locked stays locked", ("FR-1.2", "FR-2.1", "FR-2.2")),
    ]
    assert [
        (one.id, one.done, one.parallel, one.refs, one.depends_on) for one in auth.tasks.tasks
    ] == [
        ("T001", True, False, (), ()),
        ("T002", True, True, ("FR-1.1", "FR-2.1"), ()),
        ("T003", False, False, ("US2",), ("T002",)),
        ("T004", False, False, ("FR-2.1", "FR-2.2"), ()),
    ]


def test_steering_becomes_a_constitution(mixed: Path) -> None:
    report = import_specs(mixed, [])
    constitution = read_native(mixed).constitution
    assert constitution is not None
    assert (report.constitution, report.articles) == (CONSTITUTION_PATH, 1)
    [article] = constitution.articles
    assert (article.id, article.title) == ("I", "Stack")
    assert article.text.startswith("Python.\n\n### 1. Tests\n\npytest\n")


def test_steering_that_says_nothing_makes_no_constitution(repository: Path) -> None:
    write(repository, {".kiro/steering/tech.md": "# Tech\n"})
    with pytest.raises(HeadwaterError, match="nothing to import"):
        import_specs(repository, [])
    write(repository, {".kiro/specs/a/requirements.md": ENGLISH})
    assert import_specs(repository, []).constitution == ""
    assert not (repository / CONSTITUTION_PATH).exists()


def test_a_constitution_that_is_there_stays(mixed: Path) -> None:
    write(mixed, {CONSTITUTION_PATH: "# Ours\n"})
    report = import_specs(mixed, [])
    assert report.constitution == ""
    assert (mixed / CONSTITUTION_PATH).read_text(encoding="utf-8") == "# Ours\n"
    assert [str(one.place) for one in report.left if "constitution" in one.what] == [
        ".kiro/steering/tech.md:1"
    ]


def test_what_is_not_carried_over_has_a_place(mixed: Path) -> None:
    left = [(str(one.place), one.what) for one in import_specs(mixed, []).left]
    assert left == [
        (".kiro/specs/auth/spec.json:1", "the document spec.json"),
        (".kiro/specs/auth/tasks.md:7:5", "T1.2 is optional"),
        (".kiro/specs/auth/tasks.md:11:3", "T2 is in progress"),
    ]


def test_prose_is_carried_over(mixed: Path) -> None:
    import_specs(mixed, [])
    sign_in = (mixed / "specs/001-sign-in/spec.md").read_text(encoding="utf-8")
    auth = (mixed / "specs/003-auth/spec.md").read_text(encoding="utf-8")
    plan = (mixed / "specs/003-auth/plan.md").read_text(encoding="utf-8")
    assert "## Purpose\n\nLet people in, and keep others out.\n" in sign_in
    assert "## Why\n\nBecause.\n" in sign_in
    assert "## Introduction\n\nSigning in.\n" in auth
    assert "## Background\n\n### About “Locking”\n\n#### Notes\n\n1. Nobody reads" in auth
    assert "## Overview\n\nPlain.\n" in plan


def test_a_dry_run_writes_nothing_and_tells_the_same(mixed: Path) -> None:
    before = list_files(mixed)
    dry = import_specs(mixed, [], write=False)
    assert list_files(mixed) == before
    done = import_specs(mixed, [])
    assert (dry.written, done.written) == (False, True)
    assert (dry.features, dry.left) == (done.features, done.left)


def test_numbers_go_on_after_those_that_are_there(mixed: Path) -> None:
    write(mixed, {"specs/041-old/spec.md": "# Old\n", "specs/20260101-120000-dated/spec.md": "#\n"})
    report = import_specs(mixed, [mixed / ".kiro/specs/crash"])
    assert [one.folder for one in report.features] == ["specs/042-crash"]


@pytest.mark.parametrize(
    ("path", "sources"),
    [
        ("openspec/specs", ["openspec/specs/sign-in"]),
        (CHANGE, [CHANGE]),
        (f"{CHANGE}/specs/sign-in", [CHANGE]),
        (f"{CHANGE}/proposal.md", [CHANGE]),
        (".kiro", [".kiro/specs/auth", ".kiro/specs/crash"]),
        (".", ["openspec/specs/sign-in", CHANGE, ".kiro/specs/auth", ".kiro/specs/crash"]),
    ],
)
def test_only_what_is_named_is_imported(mixed: Path, path: str, sources: list[str]) -> None:
    report = import_specs(mixed, [mixed / path])
    assert [one.source for one in report.features] == sources


def test_a_change_without_its_main_spec_tells_that_its_links_are_lost(mixed: Path) -> None:
    left = import_specs(mixed, [mixed / CHANGE]).left
    assert [one.place.line for one in left] == [12, 21]
    assert all("which was not imported with it" in one.what for one in left)


def test_archived_changes_come_only_when_asked_for(mixed: Path) -> None:
    write(mixed, {"openspec/changes/archive/2026-01-01-old/proposal.md": "## Why\n\nx\n"})
    plain, archived = (
        import_specs(mixed, [], archived=flag, write=False) for flag in (False, True)
    )
    names = {one.source for one in archived.features} - {one.source for one in plain.features}
    assert names == {"openspec/changes/archive/2026-01-01-old"}


def test_what_was_imported_is_imported_no_more(mixed: Path) -> None:
    import_specs(mixed, [mixed / ".kiro/specs/crash"])
    rest = import_specs(mixed, [])
    assert ".kiro/specs/crash" not in [one.source for one in rest.features]
    for paths in ([], [mixed / "openspec"]):
        with pytest.raises(HeadwaterError, match="everything was imported already"):
            import_specs(mixed, paths)
    with pytest.raises(HeadwaterError, match="there is a constitution already"):
        import_specs(mixed, [mixed / ".kiro/steering"])
    with pytest.raises(HeadwaterError, match=r"\.kiro/specs/crash was imported already: .*001"):
        import_specs(mixed, [mixed / ".kiro/specs/crash"])


def test_nothing_is_overwritten(mixed: Path) -> None:
    write(mixed, {"specs/001-sign-in": "in the way"})
    with pytest.raises(HeadwaterError, match="specs/001-sign-in"):
        import_specs(mixed, [])
    assert not (mixed / "specs/002-add-sign-out").exists()


@pytest.mark.parametrize("paths", [[], ["README.md"]])
def test_where_there_is_nothing_that_is_said(repository: Path, paths: list[str]) -> None:
    with pytest.raises(HeadwaterError, match="nothing"):
        import_specs(repository, [repository / path for path in paths])


def test_a_feature_is_not_imported_without_one_of_its_documents(mixed: Path) -> None:
    (mixed / ".kiro/specs/auth/requirements.md").write_bytes(b"\xff")
    with pytest.raises(
        HeadwaterError, match=r"\.kiro/specs/auth/requirements\.md:1:1: expected UTF"
    ):
        import_specs(mixed, [])
    assert not (mixed / "specs").exists()


def test_a_table_that_looks_like_examples_stays_prose(repository: Path) -> None:
    table = "| Call | Meaning |\n| --- | --- |\n| me | now |"
    main = MAIN.replace("It tells its owner.", table)
    write(repository, {"openspec/specs/sign-in/spec.md": main})
    import_specs(repository, [])
    spec = read_native(repository).features[0].spec
    assert spec is not None
    assert "| Call: | Meaning |" in spec.requirements[0].text
    assert spec.problems == ()


def test_code_in_a_spec_becomes_text(repository: Path) -> None:
    code = "```TypeScript\nlet typescript = 1\n```"
    main = MAIN.replace("It tells its owner.", code)
    write(repository, {"openspec/specs/sign-in/spec.md": main})
    import_specs(repository, [])
    written = (repository / "specs/001-sign-in/spec.md").read_text(encoding="utf-8")
    assert "```text\nlet typescript = 1\n```" in written
    assert check(repository, targets=list_targets()).errors == 0


def test_a_design_with_headings_like_ids_is_not_read_as_components(repository: Path) -> None:
    write(repository, {".kiro/specs/a/design.md": "# D\n\n## Parts\n\n### C1: server\n\nx\n"})
    import_specs(repository, [])
    plan = read_native(repository).features[0].plan
    assert plan is not None
    assert (plan.components, plan.problems) == ((), ())
    assert b"### Part C1: server" in plan.source.data


def test_properties_in_paragraphs_and_tasks_in_bold_type_become_native(repository: Path) -> None:
    design = "## Properties\n\n**Property 1: Open**\n*Always*.\n**Validates: Requirements 1.1**\n"
    tasks = "- [ ] **Task 2: Ship it** (a day)\n"
    folder = ".kiro/specs/a"
    write(
        repository,
        {
            f"{folder}/requirements.md": ENGLISH,
            f"{folder}/design.md": design,
            f"{folder}/tasks.md": tasks,
        },
    )
    import_specs(repository, [])
    native = read_native(repository).features[0]
    assert native.plan is not None
    assert native.tasks is not None
    assert [(one.id, one.serves) for one in native.plan.decisions] == [("D1", ("FR-1.1",))]
    assert b"### D1: Property 1: Open\n\n**Serves**: FR-1.1\n\n**Property 1" in (
        native.plan.source.data
    )
    assert native.tasks.source.data == b"- [ ] T001 **Ship it** (a day)\n"


def test_prose_that_would_be_read_as_requirements_stays_behind(repository: Path) -> None:
    prose = "## Scope\n\n- **FR-001**: this would become a requirement\n\n## Requirements"
    write(repository, {"openspec/specs/a/spec.md": MAIN.replace("## Requirements", prose)})
    report = import_specs(repository, [])
    assert [(one.place.line, one.what) for one in report.left] == [
        (7, "the prose “Scope”, in which requirements would be read")
    ]
    assert report.features[0].prose == 2
    spec = read_native(repository).features[0].spec
    assert spec is not None
    assert len(spec.requirements) == 2


def test_what_would_read_otherwise_is_refused_and_nothing_written(repository: Path) -> None:
    text = "- **FR-001**: this would become a requirement"
    main = MAIN.replace("It tells its owner.", text)
    write(repository, {"openspec/specs/sign-in/spec.md": main})
    with pytest.raises(HeadwaterError, match="openspec/specs/sign-in cannot be imported"):
        import_specs(repository, [])
    assert not (repository / "specs").exists()


@pytest.mark.parametrize("archived", [False, True])
@pytest.mark.parametrize("name", ["openspec", "kiro"])
def test_real_repositories_come_back_the_same(
    data_folder: Path, repository: Path, name: str, archived: bool
) -> None:
    """`import_specs` itself refuses whatever does not; `check` then finds no error."""
    shutil.copytree(data_folder / "corpora" / name, repository, dirs_exist_ok=True)
    report = import_specs(repository, [], archived=archived)
    native = read_native(repository)
    assert count_native(native) == count_imported(report)
    findings = check(repository, targets=list_targets()).findings
    assert [one for one in findings if one.severity is Severity.ERROR] == []


def count_native(project: Project) -> list[tuple[str, int, int, int]]:
    return [
        (
            feature.folder,
            len(feature.spec.requirements) if feature.spec else 0,
            sum(len(story.scenarios) for story in feature.spec.stories) if feature.spec else 0,
            len(feature.tasks.tasks) if feature.tasks else 0,
        )
        for feature in project.features
    ]


def count_imported(report: ImportReport) -> list[tuple[str, int, int, int]]:
    return [
        (feature.folder, feature.requirements, feature.scenarios, feature.tasks)
        for feature in report.features
    ]
