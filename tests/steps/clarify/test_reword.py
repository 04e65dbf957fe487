"""A model that words the sentence an answer goes into: nothing is lost or invented."""

from __future__ import annotations

import json

import pytest

from headwater.engine.progress import SilentObserver
from headwater.llm.interface import ModelError
from headwater.steps.clarify.reword import Reword, find_losses
from headwater.steps.drafting.drafter import Drafter
from headwater.steps.drafting.settings import DraftSettings
from headwater.testing.scripted_model import ScriptedAnswer, ScriptedModel
from tests.steps.clarify.parking import DAY_BEGINS, SPEC, apply, lines_changed, spec_of

FROM_MIDNIGHT = "From midnight on, the system MUST limit the fee of one day to 24.00."


def reword_with(*answers: ScriptedAnswer) -> tuple[Reword, ScriptedModel]:
    model = ScriptedModel(answers)
    settings = DraftSettings(attempts=2)
    return Reword(
        drafter=Drafter(models=(model,), settings=settings, observer=SilentObserver())
    ), model


def say(text: str) -> str:
    return json.dumps({"text": text})


def test_a_model_words_the_sentence_that_the_answer_goes_into() -> None:
    reword, model = reword_with(
        say("The system MUST limit the fee from midnight to 30.00."),
        say(FROM_MIDNIGHT),
    )
    _, came = lines_changed(apply(f"- {DAY_BEGINS}", reword=reword))
    assert (
        "- **FR-003**: From midnight on, the system MUST limit the fee of one day to 24.00." in came
    )
    assert "use the numbers" in model.requests[1].prompt
    assert spec_of().requirements[2].tables  # the rows and their mark stay
    assert apply(f"- {DAY_BEGINS}").data.count(b"drafted: confirm") == 4


@pytest.mark.parametrize(
    "answers",
    [
        ["", "{}"],
        [say("The system MUST be nice."), say("Limit it at midnight.")],
        [say("The system MUST limit a day to 24.00 (confirmed 2026-01-01)."), say("## x")],
        [ModelError("no connection")],
    ],
)
def test_a_wording_that_loses_something_is_not_taken(answers: list[ScriptedAnswer]) -> None:
    reword, _ = reword_with(*answers)
    assert apply(f"- {DAY_BEGINS}", reword=reword) == apply(f"- {DAY_BEGINS}")


def test_a_model_that_cannot_be_reached_is_asked_once() -> None:
    reword, model = reword_with(ModelError("no connection"))
    text = SPEC.replace("charge nothing.", "charge nothing. [NEEDS CLARIFICATION: To whom?]")
    applied = apply(
        f"- {DAY_BEGINS}\n- {{question: 'To whom?', answer: all}}", text=text, reword=reword
    )
    assert (applied.answered, len(model.requests), reword.failed) == (2, 1, "no connection")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("The system MUST keep data for 30 days in Berlin.", ""),
        ("The system MUST keep data for 31 days in Berlin.", "numbers"),
        ("The system MUST keep data for 30 days.", "Berlin"),
        ("The system keeps data for 30 days in Berlin.", "one MUST"),
        ("The system MUST go to Berlin in 30 days.", "loses"),
    ],
)
def test_nothing_is_lost_or_invented_by_a_wording(text: str, fault: str) -> None:
    faults = find_losses(text, said="The system MUST keep data.", answer="30 days, in Berlin")
    assert [fault in one for one in faults] == ([True] if fault else [])
