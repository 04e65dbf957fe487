"""What becomes of prose, tables, code and headings that are imported, and what stays behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.operations.check import check
from headwater.operations.import_specs import import_specs
from headwater.wiring import list_targets
from tests.interop.kiro_documents import ENGLISH
from tests.interop.openspec_documents import MAIN
from tests.operations.foreign_documents import read_native, write

if TYPE_CHECKING:
    from pathlib import Path


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
