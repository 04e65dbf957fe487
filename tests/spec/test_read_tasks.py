"""Task lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.spec.builders import at, tasks_of

if TYPE_CHECKING:
    from headwater.spec.model import Task


def task_of(line: str) -> Task:
    """The one task of a list."""
    [task] = tasks_of(f"## Phase 1\n\n{line}\n").tasks
    return task


def test_a_task_with_everything() -> None:
    task = task_of(
        "- [ ] T004 [P] [US1] Implement the ledger in src/wallet/ledger.py "
        "(FR-001–FR-003, US1.2; C1; depends on T001, T002 and 002/T009)"
    )
    assert (task.id, task.done, task.parallel, task.story) == ("T004", False, True, "US1")
    assert task.text.startswith("Implement the ledger in src/wallet/ledger.py (FR-001")
    assert task.refs == ("FR-001", "FR-002", "FR-003", "US1.2")
    assert task.components == ("C1",)
    assert task.files == ("src/wallet/ledger.py",)
    assert task.depends_on == ("T001", "T002", "002/T009")
    assert (task.place.line, task.place.column) == (3, 3)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- [x] T004 Text", ("T004", True, False, "", "Text")),
        ("- [X] **T004** Text", ("T004", True, False, "", "Text")),
        ("* [ ] T004: Text", ("T004", False, False, "", "Text")),
        ("1. [ ] T004a. Text", ("T004a", False, False, "", "Text")),
        ("- [ ] **T004 [P] [US2]** Text", ("T004", False, True, "US2", "Text")),
        ("- [ ] **T004** [US1] [P] Text", ("T004", False, True, "US1", "Text")),
        ("- [ ] T004 [Polish] Text", ("T004", False, False, "", "[Polish] Text")),
        ("- [ ] T004 Text\n  over two lines", ("T004", False, False, "", "Text\nover two lines")),
    ],
)
def test_tasks_as_real_files_write_them(
    line: str, expected: tuple[str, bool, bool, str, str]
) -> None:
    task = task_of(line)
    text = "\n".join(each.strip() for each in task.text.split("\n"))
    assert (task.id, task.done, task.parallel, task.story, text) == expected


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("in src/a/b.py", ("src/a/b.py",)),
        ("— `palette/Command.tsx`, `package.json`", ("palette/Command.tsx", "package.json")),
        ("in main.py (see README.md).", ("main.py", "README.md")),
        ("https://x.y/a/b.html, and/or, 1.2/3.4, e.g. Node.js", ("Node.js",)),
        ("src/a/ and tests/**/*.py", ()),
        ("src/a.py, src/a.py", ("src/a.py",)),
        (".specify/memory/constitution.md", (".specify/memory/constitution.md",)),
    ],
)
def test_files(text: str, files: tuple[str, ...]) -> None:
    assert task_of(f"- [ ] T001 Do {text}").files == files


@pytest.mark.parametrize(
    ("text", "depends_on"),
    [
        ("(depends on T001)", ("T001",)),
        ("*(depends on T001–T003)* — `a.py`", ("T001", "T002", "T003")),
        ("Depends on: T001, and T002; then T003", ("T001", "T002")),
        ("(FR-001; depends on T001; blocks T009)", ("T001",)),
        ("after T001", ()),
        ("depends on luck", ()),
    ],
)
def test_dependencies(text: str, depends_on: tuple[str, ...]) -> None:
    """Only what stands behind `depends on` counts; other tasks are mentioned."""
    assert task_of(f"- [ ] T004 Text {text}").depends_on == depends_on


def test_a_second_story_is_a_ref() -> None:
    task = task_of("- [ ] T001 [US1][US2] Both, see US3.1")
    assert (task.story, task.refs) == ("US1", ("US2", "US3.1"))


def test_nested_points_are_no_part_of_a_task_but_may_be_tasks() -> None:
    tasks = tasks_of(
        "- [ ] T001 One\n  - **Verify**: after T009 in src/x.py\n  - [x] T002 Two\n\n"
        "- [ ] T003 Three\n"
    ).tasks
    assert [(t.id, t.text, t.files) for t in tasks] == [
        ("T001", "One", ()),
        ("T002", "Two", ()),
        ("T003", "Three", ()),
    ]


def test_spans_cover_the_item() -> None:
    text = "- [ ] T001 One\n\n- [ ] T002 Two\n  more\n\n## Next\n"
    task_list = tasks_of(text)
    assert [task_list.source.text(t.span) for t in task_list.tasks] == [
        "- [ ] T001 One",
        "- [ ] T002 Two\n  more",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- T001 no box",
        "- **T001**: no box",
        "- [ ]T001 no space",
        "- [x](T001.md)",
        "- [P] tasks = different files",
        "```\n- [ ] T001 in code\n```",
        "<!-- - [ ] T001 in a comment -->",
        "T001 [ ] prose",
        "  - [ ] nested only",
    ],
)
def test_what_is_no_task(text: str) -> None:
    assert tasks_of(f"{text}\n").tasks == ()


def test_boxes_that_are_no_task_are_reported() -> None:
    task_list = tasks_of("- [ ] Without an id\n- [~] T028 Dropped\n- [ ] T12 Short\n  - [ ] Step\n")
    assert [at(p) for p in task_list.problems] == [
        ("task-without-id", 1, 1),
        ("task-mark-unknown", 2, 1),
        ("task-without-id", 3, 1),
    ]
