"""What a first build derives, verifies and commits, and that a second does nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from headwater.operations.building.report import Action
from headwater.steps.settings import SearchSettings
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.build_actions import FRESH, actions
from tests.operations.builders import (
    DOUBLE,
    FOLDER,
    SUMS,
    Checkout,
    answer,
    answer_all,
    start_checkout,
)

if TYPE_CHECKING:
    from pathlib import Path


TASKS = """\
# Tasks: Sums

- [ ] T001 Implement doubles in src/sums/doubles.py (FR-001; C1)
- [x] T002 Implement quadruples in src/sums/quadruples.py (FR-002; C2; depends on T001)
- [ ] T003 Write a letter to a friend
"""


def test_a_first_build_makes_a_commit_a_component_and_one_that_verifies(repository: Path) -> None:
    checkout = start_checkout(repository, replace(SUMS, tasks=TASKS))
    start = checkout.head
    report = checkout.build(ScriptedModel(answer_all(SUMS)))
    assert report.succeeded
    assert set(actions(report).values()) == {Action.GENERATED}
    assert (report.tests, report.passed, report.usage.calls) == (6, 6, 4)
    assert report.commit == checkout.head
    log = checkout.git("log", "--reverse", "--format=%s", f"{start}..").splitlines()
    assert sorted(log[:4]) == [
        "Derive doubles (001/C1)",
        "Derive labels (001/C3)",
        "Derive quadruples (001/C2)",
        "Derive shouts (001/C4)",
    ]
    assert log[4:] == ["Verify 001-sums"]
    order = [log.index(f"Derive {name}") for name in ("doubles (001/C1)", "quadruples (001/C2)")]
    assert order == sorted(order)
    assert checkout.git("status", "--porcelain") == ""
    assert checkout.git("for-each-ref", "refs/headwater") == ""


def test_commits_say_what_they_were_made_from(sums: Checkout) -> None:
    record = json.loads(sums.read(f"{FOLDER}/headwater.lock/C2.json"))
    found = sums.git(
        "log",
        "--grep=001/C2",
        "--format=%(trailers:key=Spec-Ref,valueonly)"
        "%(trailers:key=Derivation,valueonly)%(trailers:key=Model,valueonly)",
    )
    spec_ref, derivation, model = found.split()
    assert spec_ref == "001/FR-002"
    assert derivation == record["sha256"]
    assert model == "scripted:model"
    changed = sums.git("log", "--grep=001/C2", "--name-only", "--format=").split()
    assert changed == [
        "specs/001-sums/headwater.lock/C2.json",
        "src/sums/quadruples.py",
        "tests/001_sums/test_c2.py",
    ]


def test_tasks_are_ticked_where_their_components_are_derived(repository: Path) -> None:
    checkout = start_checkout(repository, replace(SUMS, tasks=TASKS))
    checkout.build(ScriptedModel(answer_all(SUMS)))
    assert checkout.read(f"{FOLDER}/tasks.md") == TASKS.replace("[ ] T001", "[x] T001")


def test_a_second_build_does_nothing(sums: Checkout) -> None:
    before = sums.look()
    report = sums.build()
    assert actions(report) == FRESH
    assert report.usage.calls == report.tests == 0
    assert report.commit == sums.head
    assert sums.look() == before


def test_held_out_examples_are_drawn_once_and_kept(repository: Path) -> None:
    rows = tuple((f"double({n})", str(2 * n)) for n in (31, 32, 33, 34, 35, 36))
    sketch = replace(SUMS, parts=(replace(DOUBLE, rows=rows),))
    checkout = start_checkout(repository, sketch)
    settings = SearchSettings()
    assert checkout.build(ScriptedModel([answer(DOUBLE.code)]), settings=settings).succeeded
    record = json.loads(checkout.read(f"{FOLDER}/headwater.lock/feature.json"))
    (hidden,) = record["held_out"]
    assert len(record["drawn"]) == 6
    checkout.adopt(replace(sketch, parts=(replace(DOUBLE, rows=(*rows, ("double(91)", "182"))),)))
    model = ScriptedModel([answer(DOUBLE.code)])
    assert checkout.build(model, settings=settings).succeeded
    after = json.loads(checkout.read(f"{FOLDER}/headwater.lock/feature.json"))
    assert (after["held_out"], after["drawn"]) == (record["held_out"], record["drawn"])
    prompt = model.requests[0].prompt
    assert "double(91)" in prompt
    shown = [n for n in range(31, 37) if f"double({n})" in prompt]
    assert len(shown) == 5
    assert hidden.startswith("FR-001-")


def test_upgrade_derives_what_another_model_made(sums: Checkout) -> None:
    other = ScriptedModel(answer_all(SUMS), name="scripted:better")
    assert actions(sums.build(other)) == FRESH
    assert other.requests == ()
    report = sums.build(other, upgrade=True)
    assert report.succeeded
    assert set(actions(report).values()) == {Action.GENERATED}
    assert json.loads(sums.read(f"{FOLDER}/headwater.lock/C1.json"))["generator"]["model"] == (
        "scripted:better"
    )
    assert actions(sums.build(other, upgrade=True)) == FRESH
