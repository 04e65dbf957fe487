"""Drafting a spec: what fits is taken, what does not is left out or asked, and nothing is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.llm.interface import ModelError
from headwater.spec.model import Source
from headwater.spec.read_spec import read_spec
from headwater.spec.words import count_words
from headwater.steps.specify.fit import fit_draft
from headwater.steps.specify.title import make_slug
from tests.steps.specify.drafted import draft, render
from tests.steps.specify.parking import IDEA, answer_parking, say

if TYPE_CHECKING:
    from headwater.steps.specify.draft import SpecDraft


def test_every_sentence_and_number_of_the_idea_is_in_the_spec() -> None:
    spec = draft()
    assert {one.sentence for one in spec.requirements} == set(re.findall(r"[A-Z][^A-Z]+\.", IDEA))
    text = render(spec).split("## Requirements")[1]
    assert all(number in text for number in ("3.00", "15", "24.00"))


def test_the_document_reads_without_a_problem_and_its_tables_belong_where_they_stand() -> None:
    spec = read_spec(Source(path="spec.md", data=render(draft()).encode()))
    assert spec.problems == ()
    assert [(one.id, len(one.tables)) for one in spec.requirements] == [
        ("FR-001", 1), ("FR-002", 1), ("FR-003", 1), ("FR-004", 1)
    ]  # fmt: skip
    assert [one.text for one in spec.clarifications] == [
        "what happens when the clock is set back?",
        "When does a day begin? (at midnight / when the car enters)",
    ]
    assert [story.id for story in spec.stories] == ["US1"]


@pytest.mark.parametrize("wrong", ["", "[]", '{"title": 3}', "Sure!"])
def test_without_a_title_that_fits_the_idea_s_words_are_one(wrong: str) -> None:
    spec = draft({**answer_parking(), "specify/title title": [wrong, wrong]})
    assert spec.title == "Parking costs started hour"
    assert spec.slug == "parking-costs-started-hour"
    assert any("after the idea's words" in note for note in spec.notes)


@pytest.mark.parametrize("wrong", ["", "[]", '{"title": 3}', "Sure!"])
def test_a_story_is_made_of_requirements_where_no_answer_fits(wrong: str) -> None:
    spec = draft({**answer_parking(), "specify/story US1": [wrong, wrong]})
    (scenario,) = spec.stories[0].scenarios
    assert scenario.then.startswith("the system does this: ")
    assert any("made of the requirements alone" in note for note in spec.notes)


@pytest.mark.parametrize(
    "part",
    ["specify/choices choices", "specify/edges edge cases", "specify/criteria success criteria"],
)
def test_what_it_can_do_without_is_left_out(part: str) -> None:
    spec = draft({**answer_parking(), part: ["", "{}"]})
    assert len(spec.requirements) == 4


def test_an_invented_ref_is_refused() -> None:
    script = answer_parking()
    script["specify/edges edge cases"] = [
        say(edges=[{"situation": "it rains", "requirement": "FR-099", "outcome": "Nothing."}]),
        say(edges=[]),
    ]
    assert draft(script).edges == ()


def test_a_model_that_cannot_be_reached_ends_the_drafting() -> None:
    with pytest.raises(ModelError, match="no connection"):
        draft({**answer_parking(), "specify/edges edge cases": [ModelError("no connection")]})


def test_there_are_no_more_questions_than_a_spec_may_have() -> None:
    spec = draft(questions=1)
    assert render(spec).count("[NEEDS CLARIFICATION") == 1
    assert spec.requirements[2].question


def test_a_draft_is_cut_to_its_budget_cheapest_part_first() -> None:
    spec = replace(draft(), criteria=("All 24 hours count.",), entities=(("Stay", "A visit."),))

    def count(one: SpecDraft) -> int:
        return count_words(render(one))

    whole = count(spec)
    assert fit_draft(spec, budget=whole, count=count) == spec
    shorter = fit_draft(spec, budget=whole - 1, count=count)
    assert (shorter.criteria, shorter.entities) == ((), spec.entities)
    shortest = fit_draft(spec, budget=1, count=count)
    assert [one.text for one in shortest.requirements] == [one.text for one in spec.requirements]
    assert [one.situation for one in shortest.edges] == ["the clock is set back"]
    assert any("Left out to stay within 1 words" in note for note in shortest.notes)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Parking fees", "parking-fees"),
        ("A new Übersicht für Preise!", "ubersicht-fur-preise"),
        ("料金", "feature"),
        ("One two three four five six seven", "two-three-four-five"),
        ("The app", "the-app"),
    ],
)
def test_slugs_are_plain(title: str, slug: str) -> None:
    assert make_slug(title) == slug
