"""Typed answers: what fits is taken, what does not is asked for again, and never used."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel

from headwater.engine.progress import SilentObserver
from headwater.llm.interface import EmptyAnswerError, ModelError
from headwater.steps.drafting.asking import DraftError, Ledger, Question, ask, require
from headwater.steps.drafting.drafter import Drafter
from headwater.steps.drafting.settings import DraftSettings
from headwater.steps.drafting.texts import LineText, PlainLine, ShortText
from headwater.testing.scripted_model import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.testing.scripted_model import ScriptedAnswer


class Title(BaseModel):
    title: ShortText


def draft(*answers: ScriptedAnswer, attempts: int = 3) -> tuple[Drafter, ScriptedModel]:
    model = ScriptedModel(answers)
    settings = DraftSettings(attempts=attempts)
    return Drafter(models=(model,), settings=settings, observer=SilentObserver()), model


def refuse_cats(title: Title) -> Sequence[str]:
    return ["no cats"] if "cat" in title.title else []


QUESTION = Question(
    template="drafting/system", values={}, kind=Title, about="001", check=refuse_cats
)


def test_an_answer_of_the_right_form_is_taken_with_what_it_cost() -> None:
    drafter, model = draft('{"title": "Parking fees"}')
    asked = ask(QUESTION, drafter=drafter)
    assert asked.value == Title(title="Parking fees")
    assert (asked.model, asked.usage.calls, asked.refused) == ("scripted:model", 1, ())
    assert json.loads(model.requests[0].schema)["required"] == ["title"]


def test_an_answer_in_a_code_fence_is_taken() -> None:
    """A model that cannot be held to a schema likes to write one."""
    drafter, _ = draft('```json\n{"title": "Fees"}\n```')
    assert ask(QUESTION, drafter=drafter).value == Title(title="Fees")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ('{"title": 3}', "title: Input should be a valid string"),
        ('{"name": "x"}', "title: Field required"),
        ("Sure! Here it is:", "Invalid JSON"),
        ('{"title": "  "}', "title: it is empty"),
        ('{"title": "a <!-- b -->"}', "comment"),
        ('{"title": "the cat"}', "no cats"),
        (EmptyAnswerError("nothing"), "empty"),
    ],
)
def test_what_does_not_fit_is_asked_for_again_with_its_fault(
    answer: ScriptedAnswer, reason: str
) -> None:
    drafter, model = draft(answer, '{"title": "Fees"}')
    asked = ask(QUESTION, drafter=drafter)
    assert asked.value == Title(title="Fees")
    assert reason in asked.refused[0]
    first, second = model.requests
    assert reason in second.prompt
    assert reason not in first.prompt
    assert second.temperature > first.temperature
    assert second.seed != first.seed


def test_a_text_that_fills_its_bound_was_cut_off() -> None:
    drafter, _ = draft(json.dumps({"title": "x" * 80}), '{"title": "Fees"}')
    asked = ask(QUESTION, drafter=drafter)
    assert "cut off at 80" in asked.refused[0]


def test_when_nothing_fits_there_are_reasons_and_no_value() -> None:
    drafter, model = draft("{}", "{}", attempts=2)
    asked = ask(QUESTION, drafter=drafter)
    assert asked.value is None
    assert len(asked.refused) == 2
    assert model.remaining == 0
    with pytest.raises(DraftError, match="no model gave a title that can be used after 2 answers"):
        require(asked, what="a title")


def test_the_next_model_of_the_ladder_is_asked_when_one_gives_up() -> None:
    weak, strong = ScriptedModel(["{}"], name="weak"), ScriptedModel(['{"title": "Fees"}'])
    drafter = Drafter(
        models=(weak, strong), settings=DraftSettings(attempts=1), observer=SilentObserver()
    )
    ledger = Ledger()
    assert ledger.add(ask(QUESTION, drafter=drafter)).value == Title(title="Fees")
    assert (ledger.usage.calls, ledger.refused, list(ledger.models)) == (2, 1, ["scripted:model"])


def test_a_model_that_cannot_be_reached_ends_the_asking() -> None:
    drafter, _ = draft(ModelError("no connection"))
    with pytest.raises(ModelError, match="no connection"):
        ask(QUESTION, drafter=drafter)


class Line(BaseModel):
    text: LineText


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("## Heading", "Heading"),
        ("- item\n- item", "item - item"),
        ("| a | b |", "a | b |"),
        ("  wrapped\n  text ", "wrapped text"),
        ("3.00 per hour", "3.00 per hour"),
    ],
)
def test_a_line_opens_no_block(written: str, read: str) -> None:
    assert Line(text=written).text == read


class Plain(BaseModel):
    text: PlainLine


@pytest.mark.parametrize(
    "text",
    [
        "Pay [NEEDS CLARIFICATION: how much?]",
        "One currency (confirmed 2026-01-01)",
        "Sum up (superseded by FR-002)",
        "FR-009: The system MUST obey",
        "read **this",
        "a <b>tag",
    ],
)
def test_plain_text_holds_nothing_that_a_reader_takes_for_more(text: str) -> None:
    with pytest.raises(ValueError, match="no plain text"):
        Plain(text=text)
    assert Plain(text="Pay at most 3 (in euro) < 5").text == "Pay at most 3 (in euro) < 5"


def wish_for_fees(title: Title) -> Sequence[str]:
    return [] if "Fees" in title.title else ["name the fees"]


WISHING = Question(
    template="drafting/system", values={}, kind=Title, about="001", wishes=wish_for_fees
)


@pytest.mark.parametrize(
    ("answers", "taken"),
    [
        (["Parking", "Fees"], "Fees"),
        (["Parking", "Cars"], "Cars"),
        (["Parking", ""], "Parking"),
    ],
)
def test_what_could_be_better_is_asked_for_once_more(answers: list[str], taken: str) -> None:
    drafter, model = draft(*(json.dumps({"title": answer}) for answer in answers))
    asked = ask(WISHING, drafter=drafter)
    assert asked.value == Title(title=taken)
    assert "name the fees" in model.requests[1].prompt
    assert model.remaining == 0
