"""What keeps a plan from being drafted, with everything left as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.llm.interface import ModelError
from headwater.operations.building.refusals import ProblemsError
from tests.operations.planning_parking import PLAN, SPEC, change_spec, draft, start_parking

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.builders import Checkout


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    return start_parking(repository)


def test_a_plan_that_a_person_wrote_is_refused_before_a_model_is_asked(checkout: Checkout) -> None:
    checkout.write(PLAN, "# Implementation Plan: Mine\n")
    checkout.commit()
    before = checkout.look()
    with pytest.raises(HeadwaterError, match="written by hand"):
        draft(checkout, None)
    assert checkout.look() == before


def test_a_model_that_cannot_be_reached_leaves_all_as_it_was(checkout: Checkout) -> None:
    before = checkout.look()
    with pytest.raises(ModelError, match="no connection"):
        draft(checkout, {"duty fees": ModelError("no connection")})
    assert checkout.look() == before


def test_a_spec_with_errors_is_refused_with_their_places(checkout: Checkout) -> None:
    change_spec(checkout, "`park_fee(61)` | `4`", "`park_fee(30)` | `4`")
    before = checkout.look()
    with pytest.raises(ProblemsError, match="no plan was drafted") as raised:
        draft(checkout, None)
    (problem,) = raised.value.problems
    assert (problem.code, problem.place.path) == ("contradictory-examples", SPEC)
    assert checkout.look() == before


def test_an_open_question_is_refused_unless_it_may_stay_open(checkout: Checkout) -> None:
    change_spec(checkout, "cost 2.", "cost 2 [NEEDS CLARIFICATION: which currency?].")
    with pytest.raises(ProblemsError) as raised:
        draft(checkout, None)
    (problem,) = raised.value.problems
    assert problem.message == "a question is open: which currency?"
    assert "--allow-open" in problem.hint
    assert str(problem.place).startswith(f"{SPEC}:")
    draft(checkout, allow_open=True)
    assert "### Open questions\n\n- which currency?" in checkout.read(PLAN)
