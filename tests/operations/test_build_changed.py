"""What a build derives anew, verifies again or removes after a change, and what it leaves alone."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.operations.building.report import Action
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.build_actions import FRESH, actions
from tests.operations.builders import (
    DOUBLE,
    FOLDER,
    NO_EVAL,
    PLAN_PATH,
    SPEC_PATH,
    SUMS,
    Checkout,
    answer,
    answer_all,
    start_checkout,
)

if TYPE_CHECKING:
    from pathlib import Path


def verified(checkout: Checkout, component: str) -> list[dict[str, object]]:
    """The verifications of a component, oldest first."""
    text = checkout.read(f"{FOLDER}/headwater.lock/{component}.verified.jsonl")
    return [json.loads(line) for line in text.splitlines()]


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
