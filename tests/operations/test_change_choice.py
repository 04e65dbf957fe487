"""Which requirement a wish to change is about: named, clear, or put to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.change import propose_change
from headwater.operations.drafting.change_report import ChangeRequest
from tests.operations.builders import Checkout, make_draft_ports
from tests.operations.changing_wallet import STATEMENT, WISH, propose, script, start_wallet

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    return start_wallet(repository)


def test_a_wish_that_shares_nothing_needs_no_choice(checkout: Checkout) -> None:
    model = script(
        {
            "change/statement 001/new": [{**STATEMENT, "condition": "it rains", "action": "close"}],
            "change/example 001/new 1": ["", ""],
        }
    )
    proposed = propose(checkout, model, wish="umbrellas")
    assert (proposed.ref, proposed.is_new) == ("001/FR-004", True)


def test_only_an_id_in_the_wish_saves_the_question(checkout: Checkout) -> None:
    model = script({"change/which": []})
    assert propose(checkout, model, wish=f"FR-001: {WISH}").ref == "001/FR-001"


@pytest.mark.parametrize(
    "answers", [[{"choice": "001/FR-002"}], [{"choice": "new"}], ["", ""], [{"choice": "x"}] * 2]
)
def test_a_choice_against_the_words_is_put_to_a_person(
    checkout: Checkout, answers: list[object]
) -> None:
    wish = "the wallet takes an amount from the balance when somebody pays"
    with pytest.raises(HeadwaterError, match="not clear which") as raised:
        propose(checkout, script({"change/which": answers}), wish=wish)
    assert "001/FR-001 (When somebody pays" in raised.value.message
    assert "--ref 001/FR-001" in raised.value.hint
    chosen = propose_change(
        checkout.root,
        ChangeRequest(wish=wish + " -5"),
        ports=make_draft_ports(script({"change/which": answers})),
        choose=lambda candidates: candidates[0].ref,
    )
    assert chosen.ref == "001/FR-001"


def test_refs_that_name_nothing_are_refused(checkout: Checkout) -> None:
    for ref in ("FR-009", "002/FR-001", "T001"):
        with pytest.raises(HeadwaterError):
            propose(checkout, script(), ref=ref)
