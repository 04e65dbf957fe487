"""What keeps a change from being drafted or committed, with everything left as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.llm.interface import ModelError
from headwater.operations.change import commit_change
from headwater.steps.drafting.asking import DraftError
from tests.operations.builders import Checkout, make_draft_ports
from tests.operations.changing_wallet import GOOD, SPEC, SPEC_PATH, propose, script, start_wallet

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    return start_wallet(repository)


def test_a_requirement_in_several_cells_is_left_to_a_person(checkout: Checkout) -> None:
    row = "| ID | Requirement | Why |\n| --- | --- | --- |\n| FR-009 | It MUST wait. | so |\n"
    checkout.write(SPEC_PATH, f"{SPEC}\n## More\n\n{row}")
    checkout.commit()
    with pytest.raises(DraftError, match="several cells of a table"):
        propose(checkout, script(), ref="FR-009")


def test_a_model_that_cannot_be_reached_changes_nothing(checkout: Checkout) -> None:
    before = checkout.look()
    for purpose in GOOD:
        with pytest.raises(ModelError, match="no connection"):
            propose(checkout, script({purpose: [ModelError("no connection")]}))
    assert checkout.look() == before


def test_a_document_that_changed_meanwhile_is_left_alone(checkout: Checkout) -> None:
    proposed = propose(checkout, script())
    checkout.write(SPEC_PATH, SPEC.replace("whole euros", "cents"))
    checkout.commit()
    before = checkout.look()
    with pytest.raises(HeadwaterError, match="changed since this change was drafted"):
        commit_change(checkout.root, proposed, ports=make_draft_ports())
    assert checkout.look() == before


def test_uncommitted_changes_are_refused_before_a_sentence_is_paid(checkout: Checkout) -> None:
    checkout.write(SPEC_PATH, SPEC.replace("whole euros", "cents"))
    model = script()
    with pytest.raises(HeadwaterError, match="no uncommitted changes"):
        propose(checkout, model, ref="FR-001")
    assert model.requests == ()
