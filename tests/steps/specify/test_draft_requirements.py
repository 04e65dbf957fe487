"""Requirements of a draft: a sentence of the idea each, with its numbers, and nothing invented."""

from __future__ import annotations

import pytest

from headwater.steps.drafting.asking import DraftError
from headwater.steps.specify.context import Fact
from headwater.steps.specify.draft_spec import draft_spec
from tests.steps.specify.drafted import draft, find, render
from tests.steps.specify.parking import IDEA, answer_parking, demand, make_context, say


def test_an_invented_number_is_refused_and_its_fault_named() -> None:
    script = answer_parking()
    purpose = "specify/requirements sentence 3"
    script[purpose] = [
        demand("", "limit a day to 30.00 and 24.00", pattern="always"),
        *script[purpose],
    ]
    context, model = make_context(script)
    spec = draft_spec(context, questions=3)
    assert find(spec, "FR-003") == "The system MUST limit the fee of one day to 24.00."
    again = [one for one in model.requests if one.purpose == purpose][1]
    assert "does not give the number 30" in again.prompt


def test_a_number_keeps_its_unit() -> None:
    script = answer_parking()
    purpose = "specify/requirements sentence 2"
    hours = demand("a car leaves within the first 15 hours", "charge nothing")
    script[purpose] = [hours, *script[purpose]]
    context, model = make_context(script)
    assert "15 minutes" in find(draft_spec(context, questions=3), "FR-002")
    again = [one for one in model.requests if one.purpose == purpose][1]
    assert "the sentence says 15 minute" in again.prompt


def test_a_condition_that_was_cut_off_is_refused() -> None:
    script = answer_parking()
    purpose = "specify/requirements sentence 2"
    endless = ("a car leaves within the first 15 minutes " * 9)[:240]
    script[purpose] = [demand(endless, "charge nothing"), *script[purpose]]
    assert len(find(draft(script), "FR-002")) < len(endless)


def test_a_number_of_the_repository_is_no_invention() -> None:
    script = answer_parking()
    script["specify/requirements sentence 1"] = [
        demand("", "charge 3.00 per started hour, 0.50 of it as tax", pattern="always")
    ]
    fact = Fact(source="001/FR-009", text="Parking carries a tax of 0.50.")
    context, model = make_context(script, facts=(fact,))
    assert "0.50" in find(draft_spec(context, questions=3), "FR-001")
    assert "001/FR-009" in model.requests[1].prompt


def test_a_sentence_that_no_answer_fits_stands_in_its_own_words() -> None:
    script = answer_parking()
    script["specify/requirements sentence 2"] = ["{}", ""]
    spec = draft(script)
    assert "“The first 15 minutes are free.”" in find(spec, "FR-002")
    assert not spec.requirements[1].question
    assert spec.requirements[1].rows
    assert any("Quoted as it is" in note for note in spec.notes)


def test_when_no_sentence_can_be_drafted_there_is_no_spec() -> None:
    script = answer_parking()
    for number in (1, 2, 3, 4):
        script[f"specify/requirements sentence {number}"] = ["{}", ""]
    with pytest.raises(DraftError, match="any of 4 sentences"):
        draft(script)


def test_background_is_told_and_is_no_requirement() -> None:
    script = answer_parking()
    idea = f"Drivers pay when they leave the garage. {IDEA}"
    for number in (4, 3, 2, 1):
        purpose = "specify/requirements sentence"
        script[f"{purpose} {number + 1}"] = script[f"{purpose} {number}"]
    script["specify/requirements sentence 1"] = [say(kind="background", requirements=[])]
    spec = draft(script, idea=idea)
    assert len(spec.requirements) == 4
    assert any("Taken as background" in note and "Drivers pay" in note for note in spec.notes)


def test_a_number_that_stands_in_no_sentence_is_told() -> None:
    assert not any(note.startswith("In no requirement") for note in draft().notes)
    spec = draft(idea=f"# Garage 77\n\n{IDEA}")
    assert "In no requirement: the idea's 77." in spec.notes


def test_a_quality_with_a_measure_is_a_non_functional_requirement() -> None:
    script = answer_parking()
    script["specify/requirements sentence 4"] = [
        demand("", "tell a fee within 2 seconds", pattern="always", kind="quality")
    ]
    script["specify/operations operations"] = [say(operations=[])]
    idea = IDEA.replace("A negative number of minutes is refused.", "It is told within 2 seconds.")
    spec = draft({key: value for key, value in script.items() if " FR-" not in key}, idea=idea)
    assert [one.id for one in spec.requirements][-1] == "NFR-001"
    assert "### Non-Functional Requirements\n\n- **NFR-001**" in render(spec)


def test_a_price_is_no_quality_whatever_the_model_says() -> None:
    script = answer_parking()
    script["specify/requirements sentence 3"] = [
        demand("", "limit the fee of one day to 24.00", pattern="always", kind="quality")
    ]
    assert find(draft(script), "FR-003") == "The system MUST limit the fee of one day to 24.00."


def test_without_operations_there_are_no_examples_and_a_note_says_so() -> None:
    script = answer_parking()
    script["specify/operations operations"] = [say(operations=[])]
    spec = draft({key: value for key, value in script.items() if " FR-" not in key})
    assert not any(one.rows for one in spec.requirements)
    assert any("no example tables" in note for note in spec.notes)


def test_what_a_sentence_denies_is_not_turned_round() -> None:
    script = answer_parking()
    purpose = "specify/requirements sentence 3"
    script[purpose].insert(0, demand("", "charge more than 24.00 for a day", pattern="always"))
    idea = IDEA.replace("A day costs at most 24.00.", "No day costs more than 24.00.")
    context, model = make_context(script, idea=idea)
    spec = draft_spec(context, questions=3)
    assert find(spec, "FR-003") == "The system MUST limit the fee of one day to 24.00."
    again = [one for one in model.requests if one.purpose == purpose][1]
    assert "the sentence denies something" in again.prompt


@pytest.mark.parametrize(
    ("condition", "written"),
    [
        ("no car", "The system MUST charge nothing for 15 minutes for a car."),
        ("a free car", "The system MUST charge nothing for 15 minutes for a free car."),
        (
            "a car leaves",
            "When a car leaves, the system MUST charge nothing for 15 minutes.",
        ),
    ],
)
def test_a_thing_is_no_condition(condition: str, written: str) -> None:
    script = answer_parking()
    script["specify/requirements sentence 2"] = [demand(condition, "charge nothing for 15 minutes")]
    assert find(draft(script), "FR-002") == written


@pytest.mark.parametrize(
    "answer",
    [
        demand("a book is overdue", "report the book to its branch"),
        demand("the first 15 minutes are free", "report the book to its branch"),
        demand("the first 15 minutes are free", "send the parcel back"),
        demand("15 pizzas are hot", "deliver them to hungry guests"),
    ],
)
def test_a_requirement_about_something_else_is_refused(answer: str) -> None:
    """A weak model repeats the example of its prompt."""
    script = answer_parking()
    script["specify/requirements sentence 2"].insert(0, answer)
    spec = draft(script)
    assert "charge nothing" in find(spec, "FR-002")
