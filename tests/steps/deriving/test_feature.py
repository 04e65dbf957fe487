"""Deriving a feature: tests first, components in order, the gate, and what is reported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.engine.interface import Ended
from headwater.engine.progress import JobFinished
from headwater.llm.interface import ModelError
from headwater.steps.deriving.feature import FeatureResult, derive_feature
from headwater.steps.settings import SearchSettings
from headwater.targets.interface import Verdict
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import (
    DOUBLE,
    QUADRUPLE,
    SUMS,
    Sketch,
    answer,
    answer_all,
    make_tools,
)
from tests.operations.watching import Watcher
from tests.steps.deriving.builders import VISIBLE, make_feature_work

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.steps.deriving.feature import FeatureWork

WRONG = answer("def double(n: int) -> int:\n    return n + 1\n")
CHAIN = Sketch(parts=SUMS.parts[:3])
SHORT = replace(VISIBLE, attempts=1)


def derive(
    work: FeatureWork, model: ScriptedModel, *, settings: SearchSettings = VISIBLE
) -> FeatureResult:
    return derive_feature(work, tools=make_tools(model, settings=settings))


def test_components_are_derived_in_order_and_judged_together(tmp_path: Path) -> None:
    model = ScriptedModel(answer_all(SUMS))
    watcher = Watcher()
    result = derive_feature(
        make_feature_work(tmp_path, SUMS), tools=make_tools(model, watcher=watcher)
    )
    assert result.shortfalls == ()
    assert set(result.derived) == {"001/C1", "001/C2", "001/C3", "001/C4"}
    assert {found.verdict for found in result.results} == {Verdict.PASSED}
    assert len(result.results) == 6
    assert result.usage.calls == 4
    asked = [r.purpose for r in model.requests if "C4" not in r.purpose]
    assert asked == ["implement 001/C1", "implement 001/C2", "implement 001/C3"]
    c2 = next(r for r in model.requests if r.purpose == "implement 001/C2")
    assert "from sums.doubles import double\n#   def double(n: int) -> int:" in c2.prompt
    ended = [event for event in watcher.events if isinstance(event, JobFinished)]
    assert {event.ended for event in ended} == {Ended.DONE}


def test_only_what_is_asked_for_is_derived_and_all_is_judged(tmp_path: Path) -> None:
    work = make_feature_work(tmp_path, Sketch(parts=(DOUBLE, QUADRUPLE)), todo=["001/C2"])
    work = replace(work, files={DOUBLE.path: DOUBLE.code})
    result = derive(work, ScriptedModel({"implement 001/C2": [answer(QUADRUPLE.code)]}))
    assert list(result.derived) == ["001/C2"]
    assert len(result.results) == 4
    assert result.shortfalls == ()


def test_what_depends_on_a_failure_is_skipped_with_the_reason(tmp_path: Path) -> None:
    model = ScriptedModel(
        {"implement 001/C1": [WRONG], "implement 001/C4": [answer(SUMS.part(4).code)]}
    )
    result = derive(make_feature_work(tmp_path, SUMS), model, settings=SHORT)
    found = {shortfall.about: shortfall for shortfall in result.shortfalls}
    assert list(found) == ["001/C1", "001/C2", "001/C3"]
    assert found["001/C1"].message.startswith(
        "no candidate passed in 1 attempts; the best passes 1 of 2 tests and fails: "
    )
    assert "headwater.toml" in found["001/C1"].hint
    assert found["001/C2"].message.startswith("not tried: 001/C1 failed: ")
    assert list(result.derived) == ["001/C4"]
    assert result.results == ()
    assert result.usage.calls == 2


@pytest.mark.parametrize(
    ("answers", "settings", "message"),
    [
        (["no code"], SHORT, "no sound candidate in 1 attempts; the last: "),
        ([], replace(VISIBLE, attempts=0), "no candidate was asked for: the budget is empty"),
    ],
)
def test_a_search_that_gives_up_says_why(
    tmp_path: Path, answers: list[str], settings: SearchSettings, message: str
) -> None:
    work = make_feature_work(tmp_path, Sketch(parts=(DOUBLE,)))
    (shortfall,) = derive(work, ScriptedModel(answers), settings=settings).shortfalls
    assert shortfall.message.startswith(message)


def test_held_out_failures_are_counted_and_not_explained(tmp_path: Path) -> None:
    rows = tuple((f"double({n})", str(2 * n)) for n in (701, 702, 703, 704, 705))
    sketch = Sketch(parts=(replace(DOUBLE, rows=rows),))
    work = make_feature_work(tmp_path, sketch, settings=SearchSettings())
    (hidden,) = work.suite.held_out
    kept = [unit.rows[0].cells for unit in work.suite.units if unit.key != hidden]
    table = ", ".join(f"{call.strip('`')[7:-1]}: {result.strip('`')}" for call, result in kept)
    cheat = answer(f"def double(n: int) -> int:\n    return {{{table}}}.get(n, 0)\n")
    (shortfall,) = derive(work, ScriptedModel([cheat] * 9), settings=SearchSettings()).shortfalls
    assert shortfall.message == "3 candidates passed every visible test and failed held-out ones"


def test_an_example_that_breaks_by_its_own_fault_may_not_judge(tmp_path: Path) -> None:
    """The interface imports what is not there, so no code could ever pass."""
    part = replace(DOUBLE, interface=f"from nowhere import thing\n\n\n{DOUBLE.interface}")
    model = ScriptedModel([])
    result = derive(make_feature_work(tmp_path, Sketch(parts=(part,))), model)
    assert len(result.shortfalls) == 2
    assert result.shortfalls[0].about.startswith("FR-001-")
    assert result.shortfalls[0].message.startswith("specs/001-sums/spec.md:")
    assert (
        "this test may not judge code: it breaks by its own fault" in result.shortfalls[0].message
    )
    assert result.derived == {}


def test_an_example_of_declared_types_alone_needs_no_red(tmp_path: Path) -> None:
    interface = (
        "from dataclasses import dataclass\n\n\n@dataclass\nclass Pair:\n    left: int\n\n\n"
        + DOUBLE.interface
    )
    part = replace(DOUBLE, interface=interface, rows=(*DOUBLE.rows, ("Pair(1)", '{"left": 1}')))
    work = make_feature_work(tmp_path, Sketch(parts=(part,)))
    assert [unit.exempt for unit in work.suite.units] == [False, False, True]
    assert derive(work, ScriptedModel([answer(DOUBLE.code)])).shortfalls == ()


def test_a_test_from_prose_is_written_first_and_judges(tmp_path: Path) -> None:
    sketch = Sketch(
        parts=(replace(DOUBLE, refs=("US1.1",)),),
        scenarios=("**Given** 7, **When** it is doubled, **Then** it is 14.",),
    )
    model = ScriptedModel(
        {
            "write a test for 001/US1.1": ["assert double(7) == 14\n"],
            "implement 001/C1": [
                answer("def double(n: int) -> int:\n    return {1: 2, 5: 10}.get(n, 0)\n"),
                answer(DOUBLE.code),
            ],
        }
    )
    result = derive(make_feature_work(tmp_path, sketch), model)
    assert result.shortfalls == ()
    assert [test.ref for test in result.suite.written] == ["001/US1.1"]
    assert model.requests[0].purpose == "write a test for 001/US1.1"
    assert len(result.results) == 3


@pytest.mark.parametrize(
    ("attempts", "message"),
    [
        (2, "no valid test could be written from its prose: `assert True` holds whatever"),
        (0, "no valid test could be written from its prose: none was asked for"),
    ],
)
def test_without_a_valid_test_nothing_is_derived(
    tmp_path: Path, attempts: int, message: str
) -> None:
    sketch = Sketch(
        parts=(replace(DOUBLE, refs=("US1.1",)),), scenarios=("**Given** 7, **Then** 14.",)
    )
    model = ScriptedModel(["assert True\n"] * attempts)
    result = derive(
        make_feature_work(tmp_path, sketch),
        model,
        settings=replace(VISIBLE, written_attempts=attempts),
    )
    (shortfall,) = result.shortfalls
    assert shortfall.about == "001/US1.1"
    assert shortfall.message.startswith(message)
    assert shortfall.hint == "Add an example table under it."
    assert result.derived == {}
    assert result.usage.calls == attempts


def test_a_model_that_cannot_be_reached_ends_it(tmp_path: Path) -> None:
    work = make_feature_work(tmp_path, Sketch(parts=(DOUBLE,)))
    with pytest.raises(ModelError, match="no route"):
        derive(work, ScriptedModel([ModelError("no route")]))


OLD = f"from sums.doubles import double\n\n\n{QUADRUPLE.code}"
GATED = Sketch(parts=(DOUBLE, replace(QUADRUPLE, rows=(("quadruple(6)", "24"),))))
TRICKED = "def double(n: int) -> int:\n    return 2 * n if n < 6 else 0\n"


def test_a_gate_failure_is_repaired_by_the_owner_first(tmp_path: Path) -> None:
    """C2's file stands from before, and C1 anew no longer fits it; C2 gets one repair."""
    work = make_feature_work(tmp_path, GATED, todo=["001/C1"])
    work = replace(work, files={QUADRUPLE.path: OLD})
    around = "def quadruple(n: int) -> int:\n    return 4 * n\n"
    model = ScriptedModel(
        {"implement 001/C1": [answer(TRICKED)], "implement 001/C2": [answer(around)]}
    )
    result = derive(work, model)
    assert result.shortfalls == ()
    assert set(result.derived) == {"001/C1", "001/C2"}
    repair = model.requests[-1]
    assert "return double(double(n))" in repair.prompt
    assert "quadruple(6)" in repair.prompt.rpartition("What it must do now:")[2]


def test_then_by_what_the_owner_depends_on_each_once(tmp_path: Path) -> None:
    work = make_feature_work(tmp_path, GATED, todo=["001/C1"])
    work = replace(work, files={QUADRUPLE.path: OLD})
    model = ScriptedModel(
        {
            "implement 001/C1": [answer(TRICKED), answer(DOUBLE.code)],
            "implement 001/C2": [answer(QUADRUPLE.code)],
        }
    )
    result = derive(work, model, settings=SHORT)
    assert result.shortfalls == ()
    assert [r.purpose for r in model.requests] == [
        "implement 001/C1",
        "implement 001/C2",
        "implement 001/C1",
    ]
    assert "2 * n if n < 6" not in result.derived["001/C1"].code


def test_a_gate_that_nobody_can_mend_is_a_shortfall(tmp_path: Path) -> None:
    work = make_feature_work(tmp_path, GATED, todo=["001/C1"])
    work = replace(work, files={QUADRUPLE.path: OLD})
    model = ScriptedModel(
        {"implement 001/C1": [answer(TRICKED)] * 2, "implement 001/C2": [answer(QUADRUPLE.code)]}
    )
    (shortfall,) = derive(work, model, settings=SHORT).shortfalls
    assert shortfall.about.startswith("FR-002-")
    assert shortfall.message.startswith("the feature gate fails: ")
    assert len(model.requests) == 3


def test_a_written_test_that_another_component_breaks_is_no_dispute_of_its_own(
    tmp_path: Path,
) -> None:
    """C1 is repaired for a test that was written for C2; its own prose says nothing of it."""
    sketch = Sketch(
        parts=(DOUBLE, replace(QUADRUPLE, rows=(("quadruple(1)", "4"),), refs=("US1.1",))),
        scenarios=("**Given** 6, **When** it is doubled twice, **Then** it is 24.",),
    )
    work = make_feature_work(tmp_path, sketch, todo=["001/C1"])
    work = replace(work, files={QUADRUPLE.path: OLD})
    model = ScriptedModel(
        {
            "write a test for 001/US1.1": ["assert quadruple(6) == 24\n"] * 2,
            "implement 001/C1": [answer(TRICKED)] * 2,
            "implement 001/C2": [answer(QUADRUPLE.code)],
        }
    )
    result = derive(work, model, settings=SHORT)
    assert [shortfall.about for shortfall in result.shortfalls] == [work.prose[0].key]
