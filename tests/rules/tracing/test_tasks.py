"""Tasks against each other, against the plan, and against what is on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.operations.check import check
from headwater.rules.sample import PLAN
from headwater.rules.tracing.parallel_tasks_share_file import find_shared_files
from headwater.rules.tracing.task_cycle import find_task_cycles
from headwater.rules.tracing.task_traces_to_none import find_untraced_tasks
from headwater.rules.tracing.tests_after_code import find_late_tests
from headwater.wiring import list_targets
from tests.rules.cases import write_case
from tests.rules.subjects import make_subject

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.rules.interface import FeatureSubject


def make_tasks(*lines: str, plan: str = PLAN) -> FeatureSubject:
    return make_subject(plan=plan, tasks="\n".join(["# Tasks", "", *lines]))


def test_each_later_task_of_a_wave_names_the_first() -> None:
    found = find_shared_files(
        make_tasks(
            "- [ ] T001 [P] Add styles to web/a.css",
            "- [ ] T002 [P] Add colours to web/a.css",
            "- [ ] T003 [P] Add fonts to web/a.css",
        )
    )
    assert [finding.message[:13] for finding in found] == ["T002 and T001", "T003 and T001"]


@pytest.mark.parametrize(
    "between",
    [
        "- [ ] T009 Look at it",
        "\n## Phase 2\n",
        "\n**Wave 2: after the first**\n",
        "\n**Wait for the above, then:**\n",
        "\n---\n",
    ],
)
def test_what_parts_two_waves(between: str) -> None:
    first = "- [ ] T001 [P] Add styles to web/a.css"
    second = "- [ ] T002 [P] Add colours to web/a.css"
    assert list(find_shared_files(make_tasks(first, between, second))) == []
    assert len(list(find_shared_files(make_tasks(first, second)))) == 1


def test_a_parallel_task_that_needs_one_of_its_wave() -> None:
    (finding,) = find_shared_files(
        make_tasks(
            "- [ ] T001 [P] Add styles to web/a.css",
            "- [ ] T002 [P] Use them in web/b.css (depends on T001)",
        )
    )
    assert finding.message.startswith("T002 and T001")
    assert "the first needs the second" in finding.message


def test_a_cycle_is_told_as_a_path() -> None:
    (finding,) = find_task_cycles(
        make_tasks(
            "- [ ] T001 Begin",
            "- [ ] T002 Go on (depends on T003)",
            "- [ ] T003 End (depends on T001, 001/T002)",
        )
    )
    assert finding.message.endswith("T002 → T003 → T002")
    assert finding.place.line == 4


def test_a_task_that_needs_one_of_another_feature_is_in_no_cycle() -> None:
    tasks = make_tasks("- [ ] T001 Begin (depends on 002/T001)")
    assert list(find_task_cycles(tasks)) == []


def test_tests_by_their_files_alone() -> None:
    """A file of tests says what a task is, whatever its words; the planned file says whose."""
    tasks = make_tasks(
        "- [ ] T001 Add up in src/ledger/balance.py",
        "- [ ] T002 Sums of no entry in tests/test_balance.py (C1)",
    )
    (finding,) = find_late_tests(tasks.feature)
    assert finding.message.startswith("T002 tests C1, which T001, at specs/001-ledger/tasks.md:3")


@pytest.mark.parametrize(
    "second", ["Run tests (C1)", "Fix the tests of C1", "Write tests of cents (FR-001)"]
)
def test_what_writes_no_test_of_the_component(second: str) -> None:
    tasks = make_tasks("- [ ] T001 Add up (C1)", f"- [ ] T002 {second}")
    assert list(find_late_tests(tasks.feature)) == []


@pytest.mark.parametrize(
    ("task", "count"),
    [
        ("Write src/ledger/cache.py", 1),
        ("[US1] Write src/ledger/cache.py", 0),
        ("Write src/ledger/cache.py for src/ledger/balance.py", 0),
        ("Note it in docs/cache.md", 0),
    ],
)
def test_which_tasks_trace_to_none(task: str, count: int) -> None:
    assert len(list(find_untraced_tasks(make_tasks(f"- [ ] T001 {task}")))) == count


def find_ticked(root: Path, documents: dict[str, str]) -> list[str]:
    write_case(root, documents)
    report = check(root, targets=list_targets())
    return [item.message for item in report.findings if item.code == "ticked-without-file"]


def test_a_missing_file_is_told_once(repository: Path) -> None:
    tasks = "# Tasks\n\n- [x] T001 Add docs/a.md\n- [x] T002 Extend docs/a.md\n"
    plan = "# Implementation Plan\n"
    found = find_ticked(repository, {"tasks.md": tasks, "plan.md": plan, "docs/b.md": "# B\n"})
    assert found == ["001/T001 is ticked, and there is no file `docs/a.md`"]


def test_the_last_feature_that_names_a_file_answers_for_it(repository: Path) -> None:
    """A file that a later feature speaks of may be gone for good reason."""
    documents = {
        "plan.md": "# Implementation Plan\n",
        "tasks.md": "# Tasks\n\n- [x] T001 Add docs/a.md\n",
        "specs/002-report/plan.md": "# Implementation Plan\n",
        "specs/002-report/tasks.md": "# Tasks\n\n- [x] T001 Remove docs/a.md\n",
        "docs/b.md": "# B\n",
    }
    assert find_ticked(repository, documents) == []


def test_a_path_out_of_the_repository_is_not_looked_at(repository: Path) -> None:
    (repository.parent / "secret.md").write_text("there\n", encoding="utf-8")
    tasks = "# Tasks\n\n- [x] T001 Add ../secret.md\n"
    assert find_ticked(repository, {"plan.md": "# Plan\n", "tasks.md": tasks}) == []


def test_a_planned_file_that_is_there_is_enough(repository: Path) -> None:
    """That it is a person's own is another finding."""
    tasks = "# Tasks\n\n- [x] T001 Add up (FR-001; C1)\n"
    there = {"tasks.md": tasks, "src/ledger/balance.py": "def balance(): ...\n"}
    assert find_ticked(repository, {"tasks.md": tasks}) == [
        "001/T001 is ticked, and there is no file `src/ledger/balance.py`"
    ]
    assert find_ticked(repository, there) == []
