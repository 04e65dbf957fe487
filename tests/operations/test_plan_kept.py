"""A plan drafted again: what a person did is kept, and without changes nothing is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.operations.drafting.merge import MergeConflictError
from headwater.operations.drafting.report import DocumentChange
from tests.operations.planning_parking import ANSWERS, PLAN, change_spec, draft, start_parking

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.builders import Checkout


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    return start_parking(repository)


def test_again_without_changes_opens_no_model_and_commits_nothing(checkout: Checkout) -> None:
    draft(checkout)
    before = checkout.look()
    report = draft(checkout, None)
    assert report.documents[0].change is DocumentChange.UNCHANGED
    assert checkout.look() == before


def test_the_same_answers_again_commit_nothing(checkout: Checkout) -> None:
    draft(checkout)
    before = checkout.look()
    assert draft(checkout, again=True).documents[0].change is DocumentChange.UNCHANGED
    assert checkout.look() == before


def test_what_a_person_changed_is_kept(checkout: Checkout) -> None:
    draft(checkout)
    edited = checkout.read(PLAN).replace("**Testing**: pytest", "**Testing**: pytest, by hand")
    checkout.write(PLAN, edited)
    checkout.commit()
    assert draft(checkout, None).documents[0].change is DocumentChange.UNCHANGED
    change_spec(checkout, "A fee MUST be shown", "Every fee MUST be shown")
    draft(checkout, ANSWERS | {"duty fees": {"does": "Compute fees and show them", "calls": []}})
    text = checkout.read(PLAN)
    assert "pytest, by hand" in text
    assert "Compute fees and show them." in text


def test_a_draft_that_disagrees_with_a_person_changes_nothing(checkout: Checkout) -> None:
    draft(checkout)
    edited = checkout.read(PLAN).replace("Compute and show a fee", "Do the fees")
    checkout.write(PLAN, edited)
    change_spec(checkout, "A fee MUST be shown", "Every fee MUST be shown")
    before = checkout.look()
    with pytest.raises(MergeConflictError):
        draft(checkout, ANSWERS | {"duty fees": {"does": "Compute fees", "calls": []}})
    assert checkout.look() == before
