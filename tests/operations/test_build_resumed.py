"""Paid answers and written tests are kept: builds that are interrupted, repeated or frozen."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.llm.cache import CachedModel
from headwater.llm.interface import ModelError
from headwater.operations.building.report import Action
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import (
    DOUBLE,
    FOLDER,
    QUADRUPLE,
    SUMS,
    Sketch,
    answer,
    answer_all,
    start_checkout,
)

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.llm.interface import ModelRequest

SCENARIO = replace(
    SUMS.change(1, refs=("US1.1",)),
    scenarios=("**Given** 7, **When** it is doubled, **Then** it is 14.",),
)
WRITE = "write a test for 001/US1.1"


def interrupt(_: ModelRequest) -> str:
    raise KeyboardInterrupt


def test_an_interrupted_build_repeats_no_paid_call(repository: Path, tmp_path: Path) -> None:
    checkout = start_checkout(repository)
    before = checkout.look()
    cache = tmp_path / "answers"
    first = ScriptedModel({**answer_all(SUMS), "implement 001/C3": [interrupt]})
    with pytest.raises(KeyboardInterrupt):
        checkout.build(CachedModel(first, folder=cache))
    assert checkout.look() == before
    paid = [request.purpose for request in first.requests if request.purpose[-1] != "3"]
    assert len(paid) == 3
    second = ScriptedModel({"implement 001/C3": [answer(SUMS.part(3).code)]})
    report = checkout.build(CachedModel(second, folder=cache))
    assert report.succeeded
    assert report.usage.calls == 1
    assert [request.purpose for request in second.requests] == ["implement 001/C3"]


def test_a_frozen_build_answers_from_the_cache_or_not_at_all(
    repository: Path, tmp_path: Path
) -> None:
    checkout = start_checkout(repository, Sketch(parts=(DOUBLE,)))
    start = checkout.head
    cache = tmp_path / "answers"
    before = checkout.look()
    unused = ScriptedModel([])
    with pytest.raises(ModelError, match="a frozen run asks no model"):
        checkout.build(CachedModel(unused, folder=cache, frozen=True))
    assert checkout.look() == before
    assert checkout.build(CachedModel(ScriptedModel([answer(DOUBLE.code)]), folder=cache)).succeeded
    derived = checkout.look()[3]
    checkout.git("reset", "--quiet", "--hard", start)
    report = checkout.build(CachedModel(unused, folder=cache, frozen=True))
    assert report.succeeded
    assert report.usage.calls == 0
    assert unused.requests == ()
    after = checkout.look()[3]
    code = [path for path in derived if "headwater.lock" not in path]
    assert {path: after[path] for path in code} == {path: derived[path] for path in code}


def test_a_test_written_from_prose_is_recorded_and_used_again(repository: Path) -> None:
    checkout = start_checkout(repository, SCENARIO)
    model = ScriptedModel({**answer_all(SCENARIO), WRITE: ["assert double(7) == 14\n"]})
    assert checkout.build(model).succeeded
    record = json.loads(checkout.read(f"{FOLDER}/headwater.lock/C1.json"))
    (written,) = record["written"]
    assert written["ref"] == "001/US1.1"
    assert "assert double(7) == 14" in written["code"]
    assert "# written by model" in checkout.read("tests/001_sums/test_c1.py")
    assert checkout.build().usage.calls == 0
    checkout.adopt(
        replace(SCENARIO, parts=SCENARIO.change(1, text="A number MUST be doubled now.").parts)
    )
    again = ScriptedModel({"implement 001/C1": [answer(DOUBLE.code)]})
    assert checkout.build(again).succeeded
    assert [request.purpose for request in again.requests] == ["implement 001/C1"]
    after = json.loads(checkout.read(f"{FOLDER}/headwater.lock/C1.json"))
    assert after["written"] == record["written"]


def test_a_test_is_written_anew_when_its_prose_changes(repository: Path) -> None:
    checkout = start_checkout(repository, SCENARIO)
    model = ScriptedModel({**answer_all(SCENARIO), WRITE: ["assert double(7) == 14\n"]})
    assert checkout.build(model).succeeded
    checkout.adopt(
        replace(SCENARIO, scenarios=("**Given** 8, **When** it is doubled, **Then** it is 16.",))
    )
    again = ScriptedModel(
        {WRITE: ["assert double(8) == 16\n"], "implement 001/C1": [answer(DOUBLE.code)]}
    )
    assert checkout.build(again).succeeded
    text = checkout.read("tests/001_sums/test_c1.py")
    assert "double(8) == 16" in text
    assert "double(7)" not in text
    assert checkout.build().usage.calls == 0


def test_a_written_test_of_two_components_belongs_to_the_feature(repository: Path) -> None:
    sketch = replace(SCENARIO, parts=SCENARIO.change(2, refs=("US1.1",)).parts)
    checkout = start_checkout(repository, sketch)
    body = "assert quadruple(7) == double(double(7))\n"
    model = ScriptedModel({**answer_all(sketch), WRITE: [body]})
    report = checkout.build(model)
    assert report.succeeded
    record = json.loads(checkout.read(f"{FOLDER}/headwater.lock/feature.json"))
    assert [item["ref"] for item in record["written"]] == ["001/US1.1"]
    assert "quadruple(7)" in checkout.read("tests/001_sums/test_feature.py")
    assert {built.action for built in checkout.build().components} == {Action.FRESH}
    checkout.adopt(SUMS)
    gone = ScriptedModel(
        {
            "implement 001/C1": [answer(DOUBLE.code)],
            "implement 001/C2": [answer(QUADRUPLE.code)],
        }
    )
    assert checkout.build(gone).succeeded
    assert not (checkout.root / "tests/001_sums/test_feature.py").exists()


def test_a_test_written_anew_for_a_component_that_stays_is_recorded(repository: Path) -> None:
    """C1's interface changes, and with it the test of a scenario that touches only C4."""
    sketch = replace(
        SUMS.change(1, refs=("US1.1",)).change(4, refs=("US1.1",)),
        scenarios=("**Given** the text b, **When** it is shouted, **Then** it is B.",),
    )
    checkout = start_checkout(repository, sketch)
    body = 'assert shout("b") == "B"\n'
    assert checkout.build(ScriptedModel({**answer_all(sketch), WRITE: [body]})).succeeded
    changed = sketch.change(
        1,
        interface="def double(n: int, times: int = 1) -> int: ...",
        code="def double(n: int, times: int = 1) -> int:\n    return n * 2**times\n",
    )
    checkout.adopt(changed)
    answers = answer_all(changed)
    model = ScriptedModel(
        {
            WRITE: [body],
            **{key: answers[key] for key in ("implement 001/C1", "implement 001/C2")},
        }
    )
    assert checkout.build(model).succeeded
    again = checkout.build()
    assert {built.action for built in again.components} == {Action.FRESH}
