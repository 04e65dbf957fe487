"""A quote stands in its policy, word for word, or it is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.policies.passages import split_passages
from headwater.policies.quotes import (
    InventedQuoteError,
    digest_words,
    normalise_words,
    refuse_invented,
)
from tests.policies.builders import read_text

POLICY = read_text("# Rules\n\nPasswords must not be\nstored in   code. Keys must be rotated.\n")


@pytest.mark.parametrize(
    "quote",
    [
        "Passwords must not be stored in code.",
        "must not be\n  stored",
        "code. Keys must",
        "Passwords must\u00ad not\u200b be stored",
    ],
)
def test_words_that_stand_there_are_located(quote: str) -> None:
    found = refuse_invented(quote, POLICY)
    assert found.text == normalise_words(quote)
    assert 3 <= found.passage.first.line <= found.passage.last.line <= 4


def test_the_place_is_that_of_the_words() -> None:
    found = refuse_invented("Keys must be rotated.", POLICY)
    assert str(found.passage) == "policies/security.md l. 4"


@pytest.mark.parametrize(
    "quote",
    [
        "Passwords must be stored in code.",
        "passwords must not be stored in code.",
        "Keys must be rotated daily.",
        "",
        "K",
        "…",
    ],
)
def test_words_that_do_not_are_refused(quote: str) -> None:
    with pytest.raises(InventedQuoteError) as caught:
        refuse_invented(quote, POLICY)
    assert "policies/security.md" in caught.value.message
    assert caught.value.hint


@given(st.lists(st.sampled_from(["must", "never", "a", "key.", "–", "x1"]), min_size=1))
def test_wrapping_changes_no_digest(words: list[str]) -> None:
    assert digest_words(" ".join(words)) == digest_words("\n\t ".join(words))


@given(st.text(max_size=80))
def test_the_normal_form_is_normal(text: str) -> None:
    assert normalise_words(normalise_words(text)) == normalise_words(text)


@given(st.text(alphabet="ab. \nK\u00ad*|-#>", max_size=120))
def test_every_passage_is_a_quote_of_its_policy(text: str) -> None:
    policy = read_text(text, path="a.txt")
    for passage in split_passages(policy):
        if len(passage.own) >= 3 and passage.quote.text == passage.own:
            assert refuse_invented(passage.quote.text, policy).digest == passage.quote.digest
