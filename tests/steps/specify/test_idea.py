"""Ideas: their sentences and numbers, and whether they say enough."""

from __future__ import annotations

import pytest

from headwater.errors import UsageError
from headwater.steps.specify.gist import refuse_vague, refuse_vague_words
from headwater.steps.specify.idea import flatten, read_idea, shorten_idea
from headwater.steps.specify.numbers import (
    add_boundaries,
    find_invented,
    find_measures,
    find_numbers,
)
from headwater.steps.specify.vagueness import VagueIdeaError, Verdict, judge_words
from tests.steps.specify.parking import IDEA, make_context, say


def test_sentences_and_items_are_told_apart_and_headings_are_none() -> None:
    idea = read_idea(
        "# Parking\n\nParking costs 3.00, e.g. on the\nstreet. It is free at night!\n\n"
        "<!-- not this -->\n- A day costs\n  24.00\n1. Cars leave\n\n```\nfee(1)\n```\n"
    )
    assert idea.sentences == (
        "Parking costs 3.00, e.g. on the street.",
        "It is free at night!",
        "A day costs 24.00",
        "Cars leave",
        "fee(1)",
    )


@pytest.mark.parametrize("text", ["", " \n\t", "# Only a heading\n", "<!-- hidden -->", "..."])
def test_nothing_is_no_idea(text: str) -> None:
    with pytest.raises(UsageError, match="found nothing"):
        read_idea(text)


def test_more_than_a_feature_is_refused() -> None:
    with pytest.raises(UsageError, match="at most 30 sentences in big, found 31"):
        read_idea("The door opens. " * 31, source="big")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2.50 and 2,50 are one, 3.0 is 3", ("2.5", "3")),
        ("1,000 of 1,000.50", ("1000", "1000.5")),
        ("FR-003, v2 and sha256 have none", ()),
        ("24h, 3-5 days, 99.9%", ("24", "3", "5", "99.9")),
    ],
)
def test_numbers_are_found_however_they_are_written(text: str, numbers: tuple[str, ...]) -> None:
    assert find_numbers(text) == numbers


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("the first 15 minutes, a 15-minute stay", (("15", "minute"),)),
        ("within 200 ms or 2s", (("200", "ms"), ("2", "second"))),
        ("5% of 3 euros and 10 per cent", (("5", "percent"), ("3", "euro"), ("10", "percent"))),
        ("24.00 at most, 3 cars, 7 minstrels", ()),
    ],
)
def test_a_number_has_the_unit_behind_it(text: str, measures: tuple[tuple[str, str], ...]) -> None:
    assert find_measures(text) == measures


def test_a_number_that_nobody_gave_is_invented() -> None:
    known = read_idea("Two users, at most 24.00").numbers
    assert find_invented("2 users pay 24 within 30 days", known=known) == ("30",)
    assert find_invented("23, 25, 1 and 0", known=add_boundaries(known)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "build me something cool",
        "an app that makes people happy",
        "make our system faster and better",
        "I want a platform for modern teams to manage everything easily",
        "!!! ???".replace("!!!", "please"),
    ],
)
def test_an_idea_that_says_nothing_is_refused_without_a_model(text: str) -> None:
    context, model = make_context([], idea=text)
    with pytest.raises(VagueIdeaError) as raised:
        refuse_vague(context)
    assert 3 <= len(raised.value.questions) <= 5
    assert all(question in raised.value.hint for question in raised.value.questions)
    assert model.requests == ()


@pytest.mark.parametrize(
    "text",
    [
        "A parking meter charges 2.50 per started hour.",
        "Send every user a reminder when a loan is overdue.",
        IDEA,
    ],
)
def test_an_action_an_object_and_a_rule_need_no_model(text: str) -> None:
    context, model = make_context([], idea=text)
    refuse_vague(context)
    assert model.requests == ()


CONVERT = "Convert Roman numerals to numbers."


def quote(**quotes: str) -> str:
    return say(**{"who": "", "does": "", "outcome": "", "questions": [], **quotes})


def test_in_between_a_model_has_to_quote_what_is_done() -> None:
    assert judge_words(read_idea(CONVERT)) is Verdict.UNSURE
    context, _ = make_context([quote(does="convert Roman  numerals")], idea=CONVERT)
    refuse_vague(context)
    asking = say(who="", does="", outcome="", questions=["Which numerals?"])
    context, _ = make_context([asking], idea=CONVERT)
    with pytest.raises(VagueIdeaError) as raised:
        refuse_vague(context)
    assert "Which numerals?" in raised.value.questions


def test_an_invented_quotation_counts_for_nothing() -> None:
    """A bad model neither lets an idea through nor has it refused: its words then decide."""
    invented = quote(does="converts currencies")
    context, model = make_context([invented, invented], idea=CONVERT)
    refuse_vague(context)
    assert "no quotation" in model.requests[1].prompt
    foreign = "Ein schönes Ding, 5."
    context, _ = make_context([invented, invented], idea=foreign)
    with pytest.raises(VagueIdeaError):
        refuse_vague(context)


def test_words_alone_refuse_without_opening_anything() -> None:
    refuse_vague_words(read_idea(CONVERT))
    with pytest.raises(VagueIdeaError):
        refuse_vague_words(read_idea("make it cool"))


def test_an_idea_is_quoted_as_one_harmless_line() -> None:
    hostile = 'Fees.\n## Heading\n| a | b |\n[NEEDS CLARIFICATION: x] <b> **bold** `code` "q"\n'
    line = shorten_idea(read_idea(hostile))
    assert "\n" not in line
    assert not set('[]<>|*`"#') & set(line)
    assert flatten("a\n\n- b [x]") == "a - b x"
    assert shorten_idea(read_idea("word " * 200)).endswith(" …")
