"""`headwater confirm`: what is looked at and kept is recorded, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.check import check
from headwater.operations.confirm import ConfirmReport, confirm
from headwater.operations.log.entry import Event
from headwater.operations.log.read import LogRequest, read_log
from tests.operations.builders import TARGETS, Checkout
from tests.operations.planning_garage import LOCK, PLAN, SPEC, edit, list_suspects, start_garage

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    """A garage in which the first requirement has changed."""
    checkout = start_garage(repository)
    edit(checkout, SPEC, "A started hour MUST cost 2.", "A started hour MUST cost 3.")
    return checkout


def keep(checkout: Checkout, *refs: str, feature: str = "") -> ConfirmReport:
    return confirm(checkout.root, refs, feature=feature, targets=TARGETS)


def test_what_is_confirmed_is_suspect_no_more_and_the_rest_is(checkout: Checkout) -> None:
    plan = checkout.read(PLAN)
    report = keep(checkout, "001/D1")
    (confirmed,) = report.confirmed
    assert confirmed.why == "001/FR-001 changed since it was drafted"
    assert (report.commit, report.unchanged) == (checkout.head, ())
    assert set(list_suspects(checkout)) == {"C1", "T001", "T003"}
    assert checkout.read(PLAN) == plan
    assert checkout.git("diff", "--name-only", "HEAD~1").split() == [f"{LOCK}/D1.basis.json"]
    assert checkout.git("status", "--porcelain") == ""


def test_the_commit_vouches_for_the_record(checkout: Checkout) -> None:
    keep(checkout, "001/D1")
    digest = json.loads(checkout.read(f"{LOCK}/D1.basis.json"))["sha256"]
    message = checkout.git("log", "-1", "--format=%B")
    assert message.startswith("Confirm 001/D1\n")
    assert "Confirmed: 001/D1" in message
    assert f"Recorded: {digest}" in message
    codes = {one.code for one in check(checkout.root, targets=TARGETS).findings}
    assert "lock-unvouched" not in codes


def test_a_later_change_tells_that_the_item_was_confirmed_before(checkout: Checkout) -> None:
    keep(checkout, "D1")
    edit(checkout, SPEC, "MUST cost 3.", "MUST cost 4.")
    assert list_suspects(checkout)["D1"] == "001/FR-001 changed since it was confirmed"


def test_what_is_not_suspect_needs_no_commit(checkout: Checkout) -> None:
    before = checkout.look()
    report = keep(checkout, "001/D2")
    assert (report.confirmed, report.unchanged) == ((), ("001/D2",))
    assert checkout.look() == before


def test_a_feature_stands_for_all_that_is_suspect_in_it(checkout: Checkout) -> None:
    report = keep(checkout, feature="garage")
    assert [one.ref for one in report.confirmed] == ["001/D1", "001/C1", "001/T001", "001/T003"]
    assert list_suspects(checkout) == {}
    assert keep(checkout, feature="001").confirmed == ()


@pytest.mark.parametrize(
    ("ref", "message", "hint"),
    [
        ("001/D9", "no decision, component or task `001/D9`", "001/D1"),
        ("001/FR-001", "found the requirement 001/FR-001", "headwater approve"),
        ("T01", "no decision, component or task `T01`", "headwater status"),
    ],
)
def test_what_cannot_be_confirmed_is_refused(
    checkout: Checkout, ref: str, message: str, hint: str
) -> None:
    with pytest.raises(HeadwaterError, match=message) as raised:
        keep(checkout, ref)
    assert hint in raised.value.hint


def test_an_id_of_two_features_needs_its_feature(checkout: Checkout) -> None:
    for name in ("spec", "plan"):
        text = checkout.read(f"specs/001-garage/{name}.md")
        checkout.write(f"specs/002-depot/{name}.md", text.replace("garage/", "depot/"))
    checkout.commit()
    with pytest.raises(HeadwaterError, match="several features") as raised:
        keep(checkout, "D1")
    assert raised.value.hint.startswith("Choose one of: 001/D1, 002/D1")
    assert keep(checkout, "D1", feature="001").confirmed


def test_uncommitted_documents_are_refused(checkout: Checkout) -> None:
    checkout.write(SPEC, checkout.read(SPEC).replace("MUST cost 3.", "MUST cost 5."))
    with pytest.raises(HeadwaterError, match="no uncommitted changes"):
        keep(checkout, "001/D1")
    assert "D1" in list_suspects(checkout)


def test_the_log_tells_what_was_confirmed_and_no_drafted_record(checkout: Checkout) -> None:
    keep(checkout, "001/D1")
    log = read_log(checkout.root, LogRequest(), targets=TARGETS)
    events = [(one.event, one.ref) for one in log.entries]
    assert events[0] == (Event.CONFIRMED, "001/D1")
    assert not {Event.UNVOUCHED, Event.RESTORED} & {event for event, _ in events}


def test_an_item_whose_record_cannot_be_read_is_not_called_sound(checkout: Checkout) -> None:
    checkout.write(f"{LOCK}/D2.basis.json", "{")
    with pytest.raises(ProblemsError, match="nothing was confirmed") as raised:
        keep(checkout, "001/D2")
    assert "headwater revert" in raised.value.problems[0].hint
