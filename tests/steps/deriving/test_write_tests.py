"""Tests from prose: which answers are taken, and what the model is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.engine.progress import Message
from headwater.llm.interface import EmptyAnswerError
from headwater.steps.deriving.write_tests import (
    Prose,
    Written,
    name_test,
    render_test_prompt,
    write_test,
)
from headwater.steps.settings import SearchSettings
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import DOUBLE, SUMS, TARGETS, answer, make_workbench
from tests.operations.watching import Watcher
from tests.steps.deriving.builders import make_feature_work

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.llm.interface import Model, ModelReply, ModelRequest

GOOD = "def test_us1_1() -> None:\n    assert double(3) == 6\n"
SKETCH = replace(
    SUMS,
    parts=(replace(DOUBLE, refs=("US1.1",)), *SUMS.parts[1:]),
    scenarios=("**Given** the number 3, **When** it is doubled, **Then** it is 6.",),
)


@pytest.fixture
def prose(tmp_path: Path) -> Prose:
    """The scenario `001/US1.1`, which C1 implements and no example checks."""
    (found,) = make_feature_work(tmp_path, SKETCH).prose
    return found


BODY = "assert double(3) == 6\n"


class Deaf:
    """A model that cannot go on with an answer that was begun for it."""

    def __init__(self, *answers: str) -> None:
        self._inner = ScriptedModel(answers)
        self.name = self._inner.name

    def complete(self, request: ModelRequest) -> ModelReply:
        return self._inner.complete(replace(request, prefill=""))


def write(prose: Prose, model: Model, *, attempts: int = 6) -> Written:
    return write_test(
        prose,
        model=model,
        workbench=make_workbench(),
        settings=SearchSettings(written_attempts=attempts),
        seed=3,
        observer=Watcher(),
    )


def test_a_good_test_is_taken_at_once(prose: Prose) -> None:
    model = ScriptedModel([BODY, "never asked for"])
    written = write(prose, model)
    assert written.test is not None
    assert written.rejected == ()
    assert written.test.code == GOOD
    assert written.test.key == prose.key
    assert (written.test.ref, written.test.owner) == ("001/US1.1", "001/C1")
    assert written.test.touches == ("001/C1",)
    assert written.usage.calls == 1


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param("assert True", "holds whatever the code does", id="assert True"),
        pytest.param(
            "from nowhere import thing\n    assert double(thing) == 6",
            "it breaks by its own fault",
            id="import error",
        ),
        pytest.param(
            "with pytest.raises(Exception):\n        double(3)",
            "`pytest.raises(Exception)` is met by an error of any kind",
            id="any exception",
        ),
        pytest.param("assert 1 + len('') == 1", "calls nothing that the interfaces", id="no call"),
        pytest.param("double(3)", "asserts nothing", id="no assertion"),
        pytest.param(
            "assert True or double(3)", "it passes against a stub", id="assertion that holds"
        ),
    ],
)
def test_a_bad_test_is_rejected_with_its_reason(prose: Prose, bad: str, reason: str) -> None:
    watcher = Watcher()
    written = write_test(
        prose,
        model=ScriptedModel([bad, BODY]),
        workbench=make_workbench(),
        settings=SearchSettings(),
        seed=0,
        observer=watcher,
    )
    assert written.test is not None
    assert written.test.code == GOOD
    assert [reason in found for found in written.rejected] == [True]
    texts = [event.text for event in watcher.events if isinstance(event, Message)]
    assert texts == [f"answer 1: {written.rejected[0]}", "answer 2: a test that can fail"]


def test_a_test_with_a_wrong_fixture_is_rejected(prose: Prose) -> None:
    bad = answer("def test_us1_1(numbers):\n    assert double(numbers) == 6\n")
    written = write(prose, Deaf(bad, bad), attempts=2)
    assert written.test is None
    assert written.rejected == ("`test_us1_1` takes parameters; it must take none",) * 2
    assert written.usage.calls == 2


def test_every_attempt_samples_differently(prose: Prose) -> None:
    model = ScriptedModel(["nothing"] * 8)
    write(prose, model, attempts=4)
    write(replace(prose, round=1), model, attempts=4)
    asked = [(request.temperature, request.seed) for request in model.requests]
    assert len(set(asked)) == 8
    assert [heat for heat, _ in asked[:4]] == pytest.approx([0.0, 0.3, 0.6, 0.9])
    assert max(heat for heat, _ in asked) <= 0.9


def test_the_model_sees_prose_and_interface_and_how_the_test_begins(prose: Prose) -> None:
    model = ScriptedModel([BODY])
    write(prose, model)
    (request,) = model.requests
    assert "**Given** the number 3" in request.prompt
    assert "def double(n: int) -> int:" in request.prompt
    assert "A number MUST be doubled." in request.prompt
    assert request.prefill.startswith("```python\nfrom sums.doubles import double\n")
    assert request.prefill.endswith("def test_us1_1() -> None:\n    ")
    assert request.purpose == "write a test for 001/US1.1"
    assert render_test_prompt(prose, target=TARGETS["python"]) == request.prompt


def test_an_answer_may_be_whole(prose: Prose) -> None:
    """Not every model goes on where the answer begins; some say it all, and more."""
    written = write(prose, Deaf(f"Sure!\n\n{answer(GOOD)}Does it help?"))
    assert written.test is not None
    assert written.test.code == GOOD


@pytest.mark.parametrize(
    ("ref", "name"), [("001/US1.2", "test_us1_2"), ("001/FR-003a", "test_fr_003a")]
)
def test_a_test_is_named_after_its_ref(ref: str, name: str) -> None:
    assert name_test(ref) == name


def test_an_empty_answer_is_one_bad_answer(prose: Prose) -> None:
    written = write(prose, ScriptedModel([EmptyAnswerError("nothing"), BODY]))
    assert written.test is not None
    assert len(written.rejected) == 1
