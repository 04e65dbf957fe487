"""`headwater tasks`: order, marks, ids and estimates; and what a person did is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.check import check
from headwater.operations.drafting.merge import MergeConflictError
from headwater.operations.drafting.report import DocumentChange
from headwater.operations.tasks import tasks
from headwater.spec.model import Source
from headwater.spec.read_tasks import read_tasks
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import (
    FOLDER,
    PLAN_PATH,
    SPEC_PATH,
    SUMS,
    TARGETS,
    Checkout,
    Part,
    Sketch,
    answer_all,
    start_checkout,
)
from tests.operations.planning_parking import make_ports

if TYPE_CHECKING:
    from headwater.operations.drafting.report import DraftReport
    from headwater.spec.model import Task

SNAPSHOT = Path(__file__).parent / "fixtures" / "diamond-tasks.md"
TASKS_PATH = f"{FOLDER}/tasks.md"
DIAMOND = Sketch(parts=(*SUMS.parts[:2], replace(SUMS.part(3), needs=(1,)), SUMS.part(4)))


def draft(checkout: Checkout, *, again: bool = False) -> DraftReport:
    return tasks(checkout.root, "", ports=make_ports(), again=again)


def read(checkout: Checkout) -> dict[str, Task]:
    data = checkout.read(TASKS_PATH).encode()
    return {task.id: task for task in read_tasks(Source(path=TASKS_PATH, data=data)).tasks}


def test_the_list_of_a_plan(repository: Path) -> None:
    """Tests before code, one component a task, `[P]` where it is true, the order of the plan."""
    checkout = start_checkout(repository, DIAMOND)
    report = draft(checkout)
    assert checkout.read(TASKS_PATH) == SNAPSHOT.read_text(encoding="utf-8")
    assert (report.findings, report.models) == ((), ())
    assert check(checkout.root, targets=TARGETS).findings == ()


def test_again_without_changes_commits_nothing(repository: Path) -> None:
    checkout = start_checkout(repository)
    draft(checkout)
    before = checkout.look()
    assert draft(checkout).documents[0].change is DocumentChange.UNCHANGED
    assert checkout.look() == before


def tick(checkout: Checkout, *ids: str) -> None:
    text = checkout.read(TASKS_PATH)
    for name in ids:
        assert f"- [ ] {name} " in text
        text = text.replace(f"- [ ] {name} ", f"- [x] {name} ")
    checkout.write(TASKS_PATH, text)
    checkout.commit()


def test_ticks_own_tasks_and_ids_survive_a_changed_plan(repository: Path) -> None:
    """The ticked task's own line changes too, as its component got a requirement more."""
    checkout = start_checkout(repository, Sketch(parts=SUMS.parts[:2]))
    draft(checkout)
    tick(checkout, "T001", "T003")
    text = checkout.read(TASKS_PATH)
    checkout.write(TASKS_PATH, f"{text}\n## Mine\n\n- [ ] T005 Tell the bank\n")
    checkout.adopt(
        Sketch(parts=(replace(SUMS.part(1), refs=("FR-004",)), SUMS.part(2), SUMS.part(4)))
    )
    assert draft(checkout).documents[0].change is DocumentChange.MERGED
    found = read(checkout)
    assert [name for name, task in found.items() if task.done] == ["T001", "T003"]
    assert found["T001"].refs == ("FR-001", "FR-004")
    assert found["T005"].text == "Tell the bank"
    assert {name: task.components for name, task in found.items() if task.components} == {
        "T001": ("C1",),
        "T002": ("C2",),
        "T003": ("C1",),
        "T004": ("C2",),
        "T006": ("C4",),
        "T007": ("C4",),
    }
    before = checkout.look()
    assert draft(checkout).documents[0].change is DocumentChange.UNCHANGED
    assert checkout.look() == before


def test_a_reworded_task_that_a_new_draft_rewords_too_is_a_conflict(repository: Path) -> None:
    checkout = start_checkout(repository, Sketch(parts=SUMS.parts[:2]))
    draft(checkout)
    text = checkout.read(TASKS_PATH).replace("Implement doubles", "Write the doubles")
    checkout.write(TASKS_PATH, text)
    checkout.adopt(Sketch(parts=(replace(SUMS.part(1), refs=("FR-002",)), SUMS.part(2))))
    before = checkout.look()
    with pytest.raises(MergeConflictError):
        draft(checkout)
    assert checkout.look() == before


def test_what_was_measured_is_what_is_estimated(repository: Path) -> None:
    """A component without a record is scaled by those that have one."""
    checkout = start_checkout(repository, Sketch(parts=SUMS.parts[:2]))
    draft(checkout)
    computed = read(checkout)["T003"].text
    checkout.build(ScriptedModel(answer_all(SUMS)))
    generator = json.loads(checkout.read(f"{FOLDER}/headwater.lock/C1.json"))["generator"]
    measured = -(-(generator["input_tokens"] + generator["output_tokens"]) // 50) * 50
    draft(checkout, again=True)
    assert f"~{measured} tokens" in read(checkout)["T003"].text
    assert f"~{measured} tokens" not in computed


def test_tests_that_a_model_has_to_write_cost_tokens(repository: Path) -> None:
    bare = Part(number=1, name="doubles", interface="def double(n: int) -> int: ...", code="")
    checkout = start_checkout(repository, Sketch(parts=(bare,)))
    draft(checkout)
    assert "tokens" in read(checkout)["T001"].text


def test_libraries_come_first(repository: Path) -> None:
    checkout = start_checkout(repository, Sketch(parts=SUMS.parts[:1]))
    plan = checkout.read(PLAN_PATH)
    checkout.write(
        PLAN_PATH, plan.replace("python\n", "python\n**Primary Dependencies**: attrs 24.2\n", 1)
    )
    checkout.commit()
    draft(checkout)
    text = checkout.read(TASKS_PATH)
    assert "## Phase 1: Setup\n\n- [ ] T001 Add the dependency attrs 24.2\n" in text
    before = checkout.look()
    draft(checkout)
    assert checkout.look() == before


def test_without_a_plan_there_are_no_tasks(repository: Path) -> None:
    checkout = start_checkout(repository)
    (repository / PLAN_PATH).unlink()
    checkout.commit()
    with pytest.raises(HeadwaterError, match="has no plan") as raised:
        draft(checkout)
    assert "headwater plan" in raised.value.hint


def test_a_plan_with_errors_is_refused_with_their_places(repository: Path) -> None:
    checkout = start_checkout(repository)
    checkout.write(PLAN_PATH, checkout.read(PLAN_PATH).replace("(n: int)", "(n: int"))
    checkout.commit()
    before = checkout.look()
    with pytest.raises(ProblemsError, match="no tasks were drafted") as raised:
        draft(checkout)
    assert raised.value.problems[0].code == "interface-syntax"
    assert checkout.look() == before


def test_tasks_that_a_person_wrote_are_left_alone(repository: Path) -> None:
    checkout = start_checkout(repository, replace(SUMS, tasks="# Tasks: Sums\n\n- [ ] T001 Mine\n"))
    with pytest.raises(HeadwaterError, match="written by hand"):
        draft(checkout)


def test_uncommitted_work_is_refused(repository: Path) -> None:
    checkout = start_checkout(repository)
    checkout.write(SPEC_PATH, checkout.read(SPEC_PATH) + "\nMore.\n")
    with pytest.raises(HeadwaterError, match="no uncommitted changes"):
        draft(checkout)
