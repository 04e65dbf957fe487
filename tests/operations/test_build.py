"""What a build derives, verifies and commits, and what it leaves alone."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.report import Action
from headwater.steps.settings import SearchSettings
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import (
    DOUBLE,
    FOLDER,
    NO_EVAL,
    PLAN_PATH,
    SPEC_PATH,
    SUMS,
    Checkout,
    Sketch,
    answer,
    answer_all,
    start_checkout,
)

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.report import BuildReport

TASKS = """\
# Tasks: Sums

- [ ] T001 Implement doubles in src/sums/doubles.py (FR-001; C1)
- [x] T002 Implement quadruples in src/sums/quadruples.py (FR-002; C2; depends on T001)
- [ ] T003 Write a letter to a friend
"""


def actions(report: BuildReport) -> dict[str, Action]:
    """What was done to each component."""
    return {built.component: built.action for built in report.components}


def verified(checkout: Checkout, component: str) -> list[dict[str, object]]:
    """The verifications of a component, oldest first."""
    text = checkout.read(f"{FOLDER}/headwater.lock/{component}.verified.jsonl")
    return [json.loads(line) for line in text.splitlines()]


FRESH = dict.fromkeys(("001/C1", "001/C2", "001/C3", "001/C4"), Action.FRESH)


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


def test_wrapping_prose_anew_derives_nothing(sums: Checkout) -> None:
    spec = sums.read(SPEC_PATH)
    sums.write(
        SPEC_PATH, spec.replace("A number MUST be doubled.", "A number\n  MUST be  doubled.")
    )
    plan = sums.read(PLAN_PATH)
    sums.write(PLAN_PATH, plan.replace("See to doubles.", "See\nto   doubles."))
    sums.commit()
    head = sums.head
    assert actions(sums.build()) == FRESH
    assert sums.head == head


def test_a_changed_example_derives_just_its_component(sums: Checkout) -> None:
    sums.adopt(SUMS.change(1, rows=(("double(1)", "2"), ("double(7)", "14"))))
    code = "def double(n: int) -> int:\n    return n + n\n"
    before = {
        path: sums.look()[3][path] for path in ("src/sums/quadruples.py", "src/sums/labels.py")
    }
    model = ScriptedModel({"implement 001/C1": [answer(code)]})
    report = sums.build(model)
    assert actions(report) == {
        **FRESH,
        "001/C1": Action.GENERATED,
        "001/C2": Action.VERIFIED,
        "001/C3": Action.VERIFIED,
    }
    (built,) = [built for built in report.components if built.component == "001/C1"]
    assert any("FR-001 example" in reason for reason in built.reasons)
    (request,) = model.requests
    assert "double(7)" in request.prompt.rpartition("What it must do now:")[2]
    assert "return 2 * n" in request.prompt
    assert {path: sums.look()[3][path] for path in before} == before
    assert actions(sums.build()) == FRESH


def test_a_changed_body_only_verifies_dependents_again(sums: Checkout) -> None:
    """The new body of C1 stands in the verifications of C2 and C3, which are not derived anew."""
    old = {local: verified(sums, local) for local in ("C2", "C3", "C4")}
    sums.adopt(SUMS.change(1, text="A number MUST be doubled at once."))
    code = "def double(n: int) -> int:\n    return n + n\n"
    report = sums.build(ScriptedModel({"implement 001/C1": [answer(code)]}))
    assert report.succeeded
    assert report.usage.calls == 1
    assert report.tests == 6
    for local in ("C2", "C3"):
        (line,) = verified(sums, local)
        (before,) = old[local]
        assert line["bodies"] != before["bodies"]
        assert line["passed"] == before["passed"]
    assert verified(sums, "C4") == old["C4"]


def test_code_of_the_same_syntax_stops_there(sums: Checkout) -> None:
    """A reply that differs in comments alone leaves the verifications of dependents as they are."""
    old = verified(sums, "C2")
    sums.adopt(SUMS.change(1, text="A number MUST be doubled at once."))
    code = "def double(n: int) -> int:\n    # twice\n    return 2 * n\n"
    assert sums.build(ScriptedModel({"implement 001/C1": [answer(code)]})).succeeded
    assert verified(sums, "C2") == old


def test_a_changed_interface_derives_dependents_anew(sums: Checkout) -> None:
    changed = SUMS.change(
        1,
        interface="def double(n: int, times: int = 1) -> int: ...",
        code="def double(n: int, times: int = 1) -> int:\n    return n * 2**times\n",
    )
    sums.adopt(changed)
    answers = answer_all(changed)
    report = sums.build(
        ScriptedModel({key: answers[f"implement {key[-6:]}"] for key in list(answers)[:2]})
    )
    assert report.succeeded
    assert actions(report)["001/C1"] is Action.GENERATED
    assert actions(report)["001/C2"] is Action.GENERATED
    assert actions(report)["001/C3"] is not Action.GENERATED
    (second,) = [built for built in report.components if built.component == "001/C2"]
    assert second.reasons == ("001/C1 interface changed",)


def test_a_file_that_is_gone_is_derived_anew(sums: Checkout) -> None:
    sums.git("rm", "--quiet", DOUBLE.path)
    sums.commit()
    model = ScriptedModel({"implement 001/C1": [answer(DOUBLE.code)]})
    report = sums.build(model)
    assert report.succeeded
    assert actions(report)["001/C1"] is Action.GENERATED
    assert "What it must do now" not in model.requests[0].prompt
    assert sums.read(DOUBLE.path).endswith(DOUBLE.code)


@pytest.mark.parametrize(
    "path", ["tests/001_sums/test_c1.py", "tests/001_sums/support_001_sums.py"]
)
def test_a_test_file_that_is_gone_is_written_again_without_a_model(
    sums: Checkout, path: str
) -> None:
    before = sums.read(path)
    sums.git("rm", "--quiet", path)
    sums.commit()
    report = sums.build()
    assert report.succeeded
    assert report.usage.calls == 0
    assert sums.read(path) == before
    assert actions(sums.build()) == FRESH


def test_one_feature_can_be_named(sums: Checkout) -> None:
    for name in ("001", "sums", "001-sums", FOLDER):
        assert actions(sums.build(feature=name)) == FRESH
    with pytest.raises(HeadwaterError, match="no feature '002'") as refused:
        sums.build(feature="002")
    assert "001-sums" in refused.value.hint


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


def test_an_edited_article_derives_only_what_breaks_it(repository: Path) -> None:
    sly = 'def shout(text: str) -> str:\n    return eval("text.upper()")\n'
    checkout = start_checkout(repository, SUMS)
    assert checkout.build(
        ScriptedModel({**answer_all(SUMS), "implement 001/C4": [answer(sly)]})
    ).succeeded
    checkout.adopt(replace(SUMS, constitution=NO_EVAL))
    model = ScriptedModel({"implement 001/C4": [answer(SUMS.part(4).code)]})
    report = checkout.build(model)
    assert report.succeeded
    assert actions(report) == {
        "001/C1": Action.VERIFIED,
        "001/C2": Action.VERIFIED,
        "001/C3": Action.VERIFIED,
        "001/C4": Action.GENERATED,
    }
    assert "eval" in model.requests[0].prompt
    assert "eval" not in checkout.read("src/sums/shouts.py")
    assert actions(checkout.build()) == FRESH


def test_an_article_of_mere_prose_changes_nothing(sums: Checkout) -> None:
    sums.adopt(replace(SUMS, constitution="# Sums Constitution\n\n### I. Be kind\n\nAlways.\n"))
    assert actions(sums.build()) == FRESH


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


def test_a_retired_component_goes_in_a_commit_of_its_own(sums: Checkout) -> None:
    sums.adopt(replace(SUMS, parts=SUMS.parts[:3]))
    report = sums.build()
    assert report.succeeded
    assert actions(report)["001/C4"] is Action.REMOVED
    assert not (sums.root / "src/sums/shouts.py").exists()
    assert not (sums.root / "tests/001_sums/test_c4.py").exists()
    assert not (sums.root / FOLDER / "headwater.lock/C4.json").exists()
    assert "001/C4" in sums.git("log", "-2", "--format=%s")
    assert set(actions(sums.build())) == {"001/C1", "001/C2", "001/C3"}


def test_features_are_built_one_after_the_other(sums: Checkout) -> None:
    """The second feature depends on a component of the first, which is derived already."""
    sums.write("specs/002-more/spec.md", SECOND_SPEC)
    sums.write("specs/002-more/plan.md", SECOND_PLAN)
    sums.commit()
    code = "def eightfold(n: int) -> int:\n    return double(quadruple(n))\n"
    model = ScriptedModel({"implement 002/C1": [answer(code)]})
    report = sums.build(model)
    assert report.succeeded
    assert actions(report) == {**FRESH, "002/C1": Action.GENERATED}
    assert "from sums.doubles import double" in sums.read("src/more/eightfolds.py")
    sums.adopt(SUMS.change(1, text="A number MUST be doubled at once."))
    new = "def double(n: int) -> int:\n    return n + n\n"
    report = sums.build(ScriptedModel({"implement 001/C1": [answer(new)]}))
    assert actions(report)["002/C1"] is Action.VERIFIED


def test_a_feature_comes_after_those_that_it_needs_whatever_its_number(repository: Path) -> None:
    one = Sketch(parts=SUMS.parts[:2])
    checkout = start_checkout(repository, one)
    checkout.write("specs/000-more/spec.md", SECOND_SPEC)
    checkout.write("specs/000-more/plan.md", SECOND_PLAN)
    checkout.commit()
    code = "def eightfold(n: int) -> int:\n    return double(quadruple(n))\n"
    report = checkout.build(ScriptedModel({**answer_all(one), "implement 000/C1": [answer(code)]}))
    assert report.succeeded
    assert list(actions(report)) == ["001/C1", "001/C2", "000/C1"]


def test_a_feature_that_needs_an_underived_one_says_so(repository: Path) -> None:
    checkout = start_checkout(repository, SUMS)
    checkout.write("specs/002-more/spec.md", SECOND_SPEC)
    checkout.write("specs/002-more/plan.md", SECOND_PLAN)
    checkout.commit()
    before = checkout.look()
    with pytest.raises(HeadwaterError, match="002/C1 depends on 001/C1") as refused:
        checkout.build(feature="002")
    assert "`headwater build 001`" in refused.value.hint
    assert checkout.look() == before


SECOND_SPEC = """\
# Feature Specification: More

## Requirements

- **FR-001**: A number MUST be multiplied by eight.

  | Call | Result |
  | --- | --- |
  | `eightfold(2)` | `16` |
"""

SECOND_PLAN = """\
# Implementation Plan: More

## Technical Context

**Target**: python

## Components

### C1: eightfolds

**File**: `src/more/eightfolds.py`
**Implements**: FR-001
**Depends on**: 001/C1, 001/C2
**Responsibility**: Multiply by eight.

**Interface**:

```python
def eightfold(n: int) -> int: ...
```
"""
