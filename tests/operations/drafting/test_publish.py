"""From drafted bytes to a commit, over what people changed since."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.drafting.merge import MergeConflictError
from headwater.operations.drafting.ports import DraftPorts
from headwater.operations.drafting.publish import Draft, publish_draft
from headwater.operations.drafting.report import DocumentChange, DraftReport
from headwater.workspace.repository import open_repository
from tests.operations.builders import SPEC_PATH, TARGETS, Checkout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from headwater.steps.drafting.drafter import Drafter

SPEC = """\
# Feature Specification: Sums

## Requirements

- **FR-001**: The system MUST add two numbers.

- **FR-002**: The system MUST subtract two numbers.

- **FR-003**: The system MUST multiply two numbers.
"""


@contextmanager
def open_no_drafter() -> Iterator[Drafter]:
    raise AssertionError("no model is asked here")
    yield


PORTS = DraftPorts(targets=TARGETS, open_drafter=open_no_drafter, today=date(2026, 1, 2))


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    checkout = Checkout(root=repository)
    checkout.write(".gitignore", ".headwater/\n")
    checkout.commit()
    return checkout


def publish(
    checkout: Checkout, text: str, *, spliced: bool = False, step: str = "specify"
) -> DraftReport:
    draft = Draft(
        step=step,
        documents={SPEC_PATH: text.encode()},
        subject="Specify sums",
        refs=("001",),
        template="abc",
        models=("scripted:model",),
        budgets={SPEC_PATH: 5},
        spliced=spliced,
    )
    return publish_draft(open_repository(checkout.root), draft, ports=PORTS)


def test_a_new_document_is_committed_with_its_record_and_trailers(checkout: Checkout) -> None:
    report = publish(checkout, SPEC)
    (document,) = report.documents
    assert (document.change, document.words > document.budget) == (DocumentChange.CREATED, True)
    assert checkout.read(SPEC_PATH) == SPEC
    assert report.commit == checkout.head
    assert checkout.git("status", "--porcelain") == ""
    message = checkout.git("log", "-1", "--format=%B")
    for trailer in (
        f"Draft: specify {SPEC_PATH}",
        "Spec-Ref: 001",
        "Prompt: specify abc",
        "Model: scripted:model",
    ):
        assert trailer in message


def test_what_a_person_changed_since_the_last_draft_is_kept(checkout: Checkout) -> None:
    publish(checkout, SPEC)
    checkout.write(SPEC_PATH, SPEC.replace("add two numbers", "add two whole numbers"))
    checkout.commit()
    report = publish(checkout, SPEC.replace("multiply two", "multiply any two"))
    assert report.documents[0].change is DocumentChange.MERGED
    text = checkout.read(SPEC_PATH)
    assert "add two whole numbers" in text
    assert "multiply any two" in text


def test_what_another_step_edited_is_kept_too(checkout: Checkout) -> None:
    publish(checkout, SPEC)
    edited = SPEC.replace("add two numbers", "add two whole numbers")
    publish(checkout, edited, spliced=True, step="change")
    publish(checkout, SPEC.replace("multiply two", "multiply any two"))
    text = checkout.read(SPEC_PATH)
    assert "add two whole numbers" in text
    assert "multiply any two" in text


def test_a_merged_draft_is_the_base_of_the_next(checkout: Checkout) -> None:
    """No document holds its text: a person's changes stand in it too."""
    publish(checkout, SPEC)
    checkout.write(SPEC_PATH, SPEC.replace("add two numbers", "add two whole numbers"))
    checkout.commit()
    second = SPEC.replace("multiply two", "multiply any two")
    publish(checkout, second)
    publish(checkout, second.replace("subtract two", "subtract any two"))
    text = checkout.read(SPEC_PATH)
    assert all(words in text for words in ("add two whole", "multiply any", "subtract any"))
    checkout.write(SPEC_PATH, second)
    checkout.commit()
    publish(checkout, second.replace("add two", "add any two"))
    assert not list((checkout.root / SPEC_PATH).parent.glob("headwater.lock/drafts/*"))


def test_the_same_draft_again_makes_no_commit(checkout: Checkout) -> None:
    publish(checkout, SPEC)
    checkout.write(SPEC_PATH, SPEC.replace("add", "sum up"))
    checkout.commit()
    before = checkout.look()
    report = publish(checkout, SPEC)
    assert report.documents[0].change is DocumentChange.UNCHANGED
    assert checkout.look() == before


def test_a_draft_that_disagrees_with_a_person_changes_nothing(checkout: Checkout) -> None:
    publish(checkout, SPEC)
    checkout.write(SPEC_PATH, SPEC.replace("add two numbers", "add two whole numbers"))
    checkout.commit()
    before = checkout.look()
    with pytest.raises(MergeConflictError, match="disagree in 1 places") as raised:
        publish(checkout, SPEC.replace("add two numbers", "add any numbers"))
    assert checkout.look() == before
    kept = f".headwater/drafts/{SPEC_PATH}"
    assert f"{kept}:5" in raised.value.hint
    assert "add any numbers" in checkout.read(kept)


def test_a_document_that_nobody_drafted_is_never_overwritten(checkout: Checkout) -> None:
    checkout.write(SPEC_PATH, SPEC)
    checkout.commit()
    before = checkout.look()
    with pytest.raises(MergeConflictError, match="written by hand"):
        publish(checkout, SPEC.replace("add", "sum"))
    assert checkout.look() == before


def test_an_edit_of_a_hand_written_document_is_taken_as_it_is(checkout: Checkout) -> None:
    checkout.write(SPEC_PATH, SPEC)
    checkout.commit()
    publish(checkout, SPEC.replace("add", "sum"), spliced=True)
    assert "MUST sum two" in checkout.read(SPEC_PATH)


def test_uncommitted_edits_are_not_swept_into_a_draft(checkout: Checkout) -> None:
    publish(checkout, SPEC)
    checkout.write(SPEC_PATH, SPEC.replace("add", "sum"))
    before = checkout.look()
    with pytest.raises(HeadwaterError, match="no uncommitted changes"):
        publish(checkout, SPEC.replace("multiply", "divide"))
    assert checkout.look() == before


def test_a_draft_with_an_error_is_refused_and_kept_to_look_at(checkout: Checkout) -> None:
    publish(checkout, SPEC)
    before = checkout.look()
    twice = SPEC.replace("FR-003", "FR-002")
    with pytest.raises(ProblemsError, match="the documents are as they were") as raised:
        publish(checkout, twice)
    assert {problem.code for problem in raised.value.problems} == {"duplicate-id"}
    assert checkout.look() == before
    assert checkout.read(f".headwater/drafts/{SPEC_PATH}") == twice


def test_an_error_that_was_there_before_stops_no_draft(checkout: Checkout) -> None:
    checkout.write(SPEC_PATH, SPEC.replace("FR-003", "FR-002"))
    checkout.commit()
    text = checkout.read(SPEC_PATH).replace("add two", "add any two")
    report = publish(checkout, text, spliced=True)
    assert {problem.code for problem in report.findings} >= {"duplicate-id"}
