"""Requirements that cannot both hold, and those that only look like it."""

from __future__ import annotations

import pytest

from headwater.rules.consistency.contradictory_numbers import find_contradictory_numbers
from headwater.rules.consistency.contradictory_obligation import find_contradictory_obligations
from tests.rules.subjects import make_subject, state

OBLIGATIONS = {
    "must not": (
        "The ledger MUST keep closed accounts.",
        "The ledger MUST NOT keep closed accounts.",
    ),
    "other words and order": (
        "When a clerk asks for a refund, the ledger shall reject the request.",
        "The ledger must never refuse a request when the clerk asks for the refund.",
    ),
    "the second half of a sentence": (
        "The ledger MUST answer at once, and the ledger MUST log the name of the clerk.",
        "The ledger MUST NOT log names of clerks.",
    ),
    "code at the beginning": (
        "`close` MUST remove old entries.",
        "`close` MUST NOT remove old entries.",
    ),
}
NO_OBLIGATIONS = {
    "another object": (
        "The ledger MUST keep closed accounts.",
        "The ledger MUST NOT keep open accounts.",
    ),
    "an exception": (
        "The ledger MUST print a receipt for the clerk.",
        "The ledger MUST NOT print a receipt for the clerk unless asked.",
    ),
    "other code": (
        "`open` MUST remove old entries.",
        "`close` MUST NOT remove old entries.",
    ),
    "too few words to be about something": (
        "The entry is old. It MUST be kept.",
        "The entry is new. It MUST NOT be kept.",
    ),
    "the same demand twice": (
        "The ledger MUST keep closed accounts.",
        "The ledger MUST keep closed accounts.",
    ),
    "another language": (
        "Das Buch MUSS Konten behalten.",
        "Das Buch MUSS Konten nicht behalten, MUST NOT.",
    ),
}
NUMBERS = {
    "two limits in two units": (
        "The ledger MUST answer a clerk within 200 ms.",
        "The ledger MUST answer a clerk within 0.5 seconds.",
    ),
    "attempts": (
        "The service MUST allow at most 5 sign-in attempts.",
        "The service MUST allow no more than 3 sign-in attempts.",
    ),
    "exactly, and at most": (
        "The page MUST show 20 entries to a clerk.",
        "The page MUST show at most 10 entries to a clerk.",
    ),
    "thousands": (
        "The ledger MUST hold at least 1,000 open accounts.",
        "The ledger MUST hold at least 10,000 open accounts.",
    ),
    "in words": (
        "The service MUST allow up to five attempts to a clerk.",
        "The service MUST allow up to 3 attempts to a clerk.",
    ),
    "a ban and a limit": (
        "The answer MUST NOT exceed 5 MB for a clerk.",
        "The answer MUST NOT exceed 7 MB for a clerk.",
    ),
    "a ban above, and a limit": (
        "The page MUST NOT show more than 20 entries to a clerk.",
        "The page MUST show at most 10 entries to a clerk.",
    ),
    "sizes": (
        "The ledger MUST accept an upload of up to 5 MB.",
        "The ledger MUST accept an upload of up to 2048 KB.",
    ),
}
NO_NUMBERS = {
    "exactly the limit": (
        "The page MUST show at most 20 entries to a clerk.",
        "The page MUST show 20 entries to a clerk.",
    ),
    "a range of bans": (
        "The page MUST NOT show fewer than 5 entries to a clerk.",
        "The page MUST NOT show more than 20 entries to a clerk.",
    ),
    "two single values forbidden": (
        "The page MUST NOT use 13 columns for a clerk.",
        "The page MUST use 12 columns for a clerk.",
    ),
    "the same in two units": (
        "The ledger MUST answer a clerk within 200 ms.",
        "The ledger MUST answer a clerk within 0.2 s.",
    ),
    "from and to": (
        "The name MUST have at least 2 letters of the alphabet.",
        "The name MUST have at most 20 letters of the alphabet.",
    ),
    "exactly what is allowed": (
        "The page MUST show 20 entries to a clerk.",
        "The page MUST show at most 50 entries to a clerk.",
    ),
    "the number is the case": (
        "When the answer has code 404, the page MUST show 1 link to the clerk.",
        "When the answer has code 500, the page MUST show 2 links to the clerk.",
    ),
    "another place": (
        "The page MUST show at most 10 entries on a desktop.",
        "The page MUST show at most 5 entries on a phone.",
    ),
    "two numbers in one": (
        "The ledger MUST try 3 times within 10 seconds for a clerk.",
        "The ledger MUST try 5 times within 10 seconds for a clerk.",
    ),
    "a version": (
        "The ledger MUST read files of format 1.2.3 from a clerk.",
        "The ledger MUST read files of format 1.2.4 from a clerk.",
    ),
}


@pytest.mark.parametrize("sentences", OBLIGATIONS.values(), ids=OBLIGATIONS)
def test_what_is_demanded_and_forbidden(sentences: tuple[str, ...]) -> None:
    (finding,) = find_contradictory_obligations(make_subject(state(*sentences)))
    assert finding.message.startswith("FR-002 ")
    assert "FR-001, at specs/001-ledger/spec.md:5" in finding.message
    assert finding.place.line == 6


@pytest.mark.parametrize("sentences", NO_OBLIGATIONS.values(), ids=NO_OBLIGATIONS)
def test_what_can_both_be_meant(sentences: tuple[str, ...]) -> None:
    assert list(find_contradictory_obligations(make_subject(state(*sentences)))) == []


@pytest.mark.parametrize("sentences", NUMBERS.values(), ids=NUMBERS)
def test_two_numbers_for_one_quantity(sentences: tuple[str, ...]) -> None:
    (finding,) = find_contradictory_numbers(make_subject(state(*sentences)))
    assert finding.message.startswith("FR-002 says “")
    assert finding.place.line == 6


@pytest.mark.parametrize("sentences", NO_NUMBERS.values(), ids=NO_NUMBERS)
def test_numbers_that_can_both_hold(sentences: tuple[str, ...]) -> None:
    assert list(find_contradictory_numbers(make_subject(state(*sentences)))) == []


def test_the_message_quotes_both_numbers() -> None:
    sentences = NUMBERS["two limits in two units"]
    (finding,) = find_contradictory_numbers(make_subject(state(*sentences)))
    assert "“within 0.5 seconds” where FR-001" in finding.message
    assert "“within 200 ms” of the same" in finding.message
