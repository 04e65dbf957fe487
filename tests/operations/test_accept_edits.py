"""Edited code that stands as it is, with a reason, and what is said of it from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.graph.digest import digest_bytes
from headwater.graph.states import State
from headwater.operations.building.refusals import EditedError, ProblemsError
from headwater.operations.building.report import Action
from headwater.operations.check import check
from headwater.operations.checking.check_report import FailOn
from headwater.operations.checking.vouched import list_vouched
from headwater.operations.revert import revert
from headwater.operations.standing.survey import take_survey
from headwater.testing.scripted_model import ScriptedModel
from headwater.workspace.repository import open_repository
from tests.operations.adopting_sums import WIDER
from tests.operations.builders import (
    DOUBLE,
    FOLDER,
    SHOUT,
    SPEC_PATH,
    SUMS,
    TARGETS,
    Checkout,
    answer,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

LINES = f"{FOLDER}/headwater.lock/C1.deviations.jsonl"


@pytest.fixture
def accepted(sums: Checkout) -> Checkout:
    """`SUMS` with an edit that was accepted."""
    sums.write(DOUBLE.path, WIDER)
    assert sums.build(accept_edits="hot fix, ticket 4711").succeeded
    return sums


def refuse(
    checkout: Checkout, match: str, *, error: type[HeadwaterError] = HeadwaterError
) -> HeadwaterError:
    """Build and accept, which must be refused and change nothing."""
    before = checkout.look()
    with pytest.raises(error, match=match) as refused:
        checkout.build(accept_edits="hot fix")
    assert checkout.look() == before
    return refused.value


def find_codes(checkout: Checkout) -> list[str]:
    """The codes of everything that `check` finds, drift included."""
    report = check(checkout.root, targets=TARGETS)
    return [one.code for one in (*report.findings, *report.drift)]


def test_an_accepted_edit_stands_and_is_warned_of(accepted: Checkout) -> None:
    assert accepted.read(DOUBLE.path) == WIDER
    report = check(accepted.root, targets=TARGETS)
    assert report.passed
    assert not report.passes(FailOn.WARNING)
    (finding,) = report.findings
    assert finding.code == "accepted-deviation"
    assert str(finding.place) == f"{DOUBLE.path}:1"
    assert "Ada Lovelace" in finding.message
    assert "hot fix, ticket 4711" in finding.message
    assert "2026-01-02" in finding.message


def test_an_accepted_edit_is_fresh_and_builds_ask_nobody(accepted: Checkout) -> None:
    states = take_survey(accepted.root, targets=TARGETS).states
    assert {one.state for one in states.values()} == {State.FRESH}
    (reason,) = states["001/C1"].reasons
    assert str(reason) == f"{DOUBLE.path} accepted as it was edited"
    before = accepted.look()
    assert all(one.action is Action.FRESH for one in accepted.build().components)
    assert accepted.look() == before


def test_an_accepted_edit_is_in_a_commit_of_its_own(accepted: Checkout) -> None:
    messages = accepted.git("log", "--format=%B%x00").split("\0")
    (message,) = [one for one in messages if "Accept edits" in one]
    assert f"Accepted: {DOUBLE.path}" in message
    assert "Reason: hot fix, ticket 4711" in message


def test_a_reason_cannot_vouch_for_records(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    digest = "ab" * 32
    assert sums.build(accept_edits=f"hot fix\n\nRecorded: {digest}").succeeded
    assert digest not in list_vouched(open_repository(sums.root), "HEAD")


def test_another_edit_on_top_is_an_edit(accepted: Checkout) -> None:
    accepted.write(DOUBLE.path, WIDER + "MORE = 1\n")
    assert set(find_codes(accepted)) == {"not-fresh"}


def test_reverting_everything_keeps_what_was_accepted(accepted: Checkout) -> None:
    accepted.write(DOUBLE.path, WIDER + "MORE = 1\n")
    accepted.write(SHOUT.path, "MORE = 1\n")
    revert(accepted.root, None)
    assert accepted.read(DOUBLE.path) == WIDER
    assert find_codes(accepted) == ["accepted-deviation"]


def test_reverting_the_file_itself_brings_back_what_was_derived(accepted: Checkout) -> None:
    revert(accepted.root, accepted.root / DOUBLE.path)
    assert accepted.read(DOUBLE.path).endswith(DOUBLE.code)
    revert(accepted.root, None)
    assert accepted.read(DOUBLE.path).endswith(DOUBLE.code)
    accepted.commit()
    assert accepted.build().succeeded
    assert find_codes(accepted) == []


def test_a_new_derivation_ends_it(accepted: Checkout) -> None:
    accepted.adopt(SUMS.change(1, text="A number MUST be taken twice."))
    model = ScriptedModel({"implement 001/C1": [answer(DOUBLE.code)]})
    assert accepted.build(model).succeeded
    assert not (accepted.root / LINES).exists()
    assert find_codes(accepted) == []


def test_a_line_that_no_commit_vouches_for_lets_nothing_stand(accepted: Checkout) -> None:
    """A hand that edits the code could write the line as well."""
    code = WIDER.replace("200", "300")
    line = accepted.read(LINES)
    old, new = (digest_bytes(text.encode()) for text in (WIDER, code))
    accepted.write(DOUBLE.path, code)
    accepted.write(LINES, line.replace(old, new))
    accepted.commit()
    report = check(accepted.root, targets=TARGETS)
    assert not report.passed
    (error,) = [one for one in report.findings if one.code == "lock-unvouched"]
    assert str(error.place) == f"{LINES}:1"
    with pytest.raises(ProblemsError):
        accepted.build()


def test_a_damaged_line_counts_for_nothing(accepted: Checkout) -> None:
    accepted.write(LINES, "{}\n")
    assert set(find_codes(accepted)) == {"deviation-unreadable", "not-fresh"}


def test_an_edit_that_fails_an_example_is_not_accepted(sums: Checkout) -> None:
    sums.write(DOUBLE.path, "def double(n: int) -> int:\n    return n\n")
    error = refuse(sums, "the edit was not accepted", error=ProblemsError)
    assert isinstance(error, ProblemsError)
    assert "contradicts 001/FR-001, row 1" in error.problems[0].message
    assert error.problems[0].place.path == SPEC_PATH


@pytest.mark.parametrize(
    ("edits", "match"),
    [
        ({}, "expected a derived file that was edited by hand, found none"),
        ({DOUBLE.path: "# mine\n"}, "nothing changed in meaning"),
        ({"tests/001_sums/test_c1.py": "# mine\n"}, "only edits of code can be accepted"),
        ({"tests/001_sums/support_001_sums.py": "# mine\n"}, "only edits of code"),
    ],
)
def test_what_cannot_be_accepted(sums: Checkout, edits: dict[str, str], match: str) -> None:
    for path, text in edits.items():
        sums.write(path, sums.read(path) + text)
    refuse(sums, match, error=EditedError if edits else HeadwaterError)


def test_an_edit_of_code_whose_requirement_changed_is_not_accepted(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    sums.adopt(SUMS.change(1, text="A number MUST be taken twice."))
    refuse(sums, "and besides: 001/FR-001 changed", error=EditedError)


def test_an_edit_beside_code_that_is_yet_to_be_derived_is_accepted(sums: Checkout) -> None:
    """What is stale is derived by the same build, after the edit was accepted."""
    sums.write(DOUBLE.path, WIDER)
    sums.adopt(SUMS.change(4, rows=(('shout("b")', '"B!"'),)))
    code = 'def shout(text: str) -> str:\n    return f"{text.upper()}!"\n'
    model = ScriptedModel({"implement 001/C4": [answer(code)]})
    assert sums.build(model, accept_edits="hot fix").succeeded
    assert find_codes(sums) == ["accepted-deviation"]


def list_accepted(checkout: Checkout) -> Sequence[str]:
    """The files that stand as they were edited."""
    return tuple(take_survey(checkout.root, targets=TARGETS).deviations)


def test_two_files_are_accepted_at_once(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    sums.write(SHOUT.path, 'def shout(text: str) -> str:\n    return text.upper() or "?"\n')
    assert sums.build(accept_edits="hot fix").succeeded
    assert list_accepted(sums) == (DOUBLE.path, SHOUT.path)
