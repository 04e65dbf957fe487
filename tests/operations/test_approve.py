"""Who approves what a document means: recorded in git, and withdrawn by a changed word."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.graph.approvals import Standing, Verdict
from headwater.operations.approve import ApprovePorts, approve, list_approvals, withdraw
from headwater.operations.build import BuildRequest, build
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.check import check
from headwater.operations.standing.settings import ApproveSettings
from headwater.rules.settings import RuleSettings
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import (
    CONSTITUTION_PATH,
    FOLDER,
    NO_EVAL,
    PLAN_PATH,
    SPEC_PATH,
    SUMS,
    TARGETS,
    Checkout,
    make_ports,
    start_checkout,
)

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.approve import ApprovalReport

PORTS = ApprovePorts(
    targets=TARGETS,
    now=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    rules=RuleSettings(),
    settings=ApproveSettings(),
)


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    return start_checkout(repository, replace(SUMS, constitution=NO_EVAL))


def agree(checkout: Checkout, *documents: str, accept_drafted: bool = False) -> ApprovalReport:
    return approve(checkout.root, documents, ports=PORTS, accept_drafted=accept_drafted)


def find_standing(checkout: Checkout, path: str = SPEC_PATH) -> Standing:
    listed = list_approvals(checkout.root, ports=PORTS)
    return next(one.document.standing for one in listed if one.document.path == path)


def edit(checkout: Checkout, old: str, new: str, path: str = SPEC_PATH) -> None:
    text = checkout.read(path)
    assert old in text
    checkout.write(path, text.replace(old, new))
    checkout.commit()


def list_codes(checkout: Checkout) -> list[str]:
    report = check(checkout.root, targets=TARGETS)
    return [one.code for one in report.findings if one.code.startswith("approval")]


def test_an_approval_is_a_commit_with_who_when_and_what(checkout: Checkout) -> None:
    before = checkout.head
    report = agree(checkout, SPEC_PATH, "001/plan", "constitution")
    assert [line.document for line in report.recorded] == [SPEC_PATH, PLAN_PATH, CONSTITUTION_PATH]
    assert report.commit == checkout.head != before
    assert checkout.git("status", "--porcelain") == ""
    line = json.loads(checkout.read(f"{FOLDER}/headwater.lock/approvals.jsonl").splitlines()[0])
    assert line["by"] == "Ada Lovelace <ada@example.org>"
    assert line["when"] == "2026-01-02T03:04:05+00:00"
    assert line["commit"] == before
    trailer = checkout.git("log", "-1", "--format=%(trailers:key=Approved,valueonly)")
    assert f"{SPEC_PATH} sha256:{line['digest']}" in trailer
    assert CONSTITUTION_PATH in trailer
    assert find_standing(checkout) is Standing.APPROVED
    assert list_codes(checkout) == []


def test_approving_again_records_nothing(checkout: Checkout) -> None:
    agree(checkout, SPEC_PATH)
    before = checkout.look()
    report = agree(checkout, SPEC_PATH)
    assert (report.recorded, report.unchanged) == ((), (SPEC_PATH,))
    assert checkout.look() == before


def test_a_changed_word_withdraws_and_layout_does_not(checkout: Checkout) -> None:
    agree(checkout, SPEC_PATH)
    edit(checkout, "A number MUST be doubled.", "A number MUST\n  be doubled.")
    assert find_standing(checkout) is Standing.APPROVED
    edit(checkout, "shown with a bang", "shown with two bangs")
    assert find_standing(checkout) is Standing.CHANGED
    assert list_codes(checkout) == ["approval-withdrawn"]
    (listed,) = [
        one for one in list_approvals(checkout.root, ports=PORTS) if one.differences is not None
    ]
    (difference,) = listed.differences or ()
    assert (difference.ref, difference.now) == (
        "001/FR-003",
        "A number MUST be shown with two bangs.",
    )
    agree(checkout, SPEC_PATH)
    assert find_standing(checkout) is Standing.APPROVED
    assert list_codes(checkout) == []


def test_a_person_may_withdraw_and_approve_again(checkout: Checkout) -> None:
    agree(checkout, SPEC_PATH)
    report = withdraw(checkout.root, [SPEC_PATH], ports=PORTS)
    assert report.recorded[0].verdict is Verdict.WITHDRAWN
    assert find_standing(checkout) is Standing.WITHDRAWN
    assert list_codes(checkout) == ["approval-withdrawn"]
    assert withdraw(checkout.root, [SPEC_PATH], ports=PORTS).recorded == ()
    agree(checkout, SPEC_PATH)
    assert find_standing(checkout) is Standing.APPROVED
    with pytest.raises(HeadwaterError, match="expected an approval to withdraw"):
        withdraw(checkout.root, [PLAN_PATH], ports=PORTS)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("doubled twice", "doubled [NEEDS CLARIFICATION: how often?]", "open-clarification"),
        ("FR-002**", "FR-001**", "duplicate-id"),
        (
            "doubled.\n\n  | Call",
            "doubled.\n\n  <!-- drafted: confirm -->\n  | Call",
            "drafted-example",
        ),
    ],
)
def test_what_stands_open_refuses_an_approval(
    checkout: Checkout, old: str, new: str, code: str
) -> None:
    edit(checkout, old, new)
    before = checkout.look()
    with pytest.raises(ProblemsError, match="nothing was approved") as raised:
        agree(checkout, SPEC_PATH)
    assert code in {problem.code for problem in raised.value.problems}
    assert all(problem.place.path == SPEC_PATH for problem in raised.value.problems)
    assert checkout.look() == before


def test_drafted_examples_may_be_accepted(checkout: Checkout) -> None:
    edit(checkout, "doubled.\n\n  | Call", "doubled.\n\n  <!-- drafted: confirm -->\n\n  | Call")
    agree(checkout, SPEC_PATH, accept_drafted=True)
    assert find_standing(checkout) is Standing.APPROVED
    edit(checkout, "  <!-- drafted: confirm -->\n\n", "")
    assert find_standing(checkout) is Standing.APPROVED


def test_uncommitted_changes_and_unknown_documents_are_refused(checkout: Checkout) -> None:
    with pytest.raises(HeadwaterError, match=r"found '002/spec'") as raised:
        agree(checkout, "002/spec")
    assert SPEC_PATH in raised.value.hint
    checkout.write(SPEC_PATH, checkout.read(SPEC_PATH).replace("doubled", "tripled"))
    with pytest.raises(HeadwaterError, match="no uncommitted changes"):
        agree(checkout, SPEC_PATH)


def test_nobody_approves_their_own_change_where_settings_forbid_it(checkout: Checkout) -> None:
    strict = replace(PORTS, settings=ApproveSettings(not_author=True))
    with pytest.raises(HeadwaterError, match="asks for somebody else"):
        approve(checkout.root, [SPEC_PATH], ports=strict)
    checkout.git("config", "user.email", "grace@example.org")
    checkout.git("config", "user.name", "Grace Hopper")
    report = approve(checkout.root, [SPEC_PATH], ports=strict)
    assert report.recorded[0].by == "Grace Hopper <grace@example.org>"


def test_a_build_may_require_approvals(checkout: Checkout) -> None:
    agree(checkout, SPEC_PATH)
    before = checkout.look()
    ports = replace(make_ports(ScriptedModel([])), require_approval=("spec", "plan"))
    with pytest.raises(HeadwaterError, match="never approved") as raised:
        build(checkout.root, BuildRequest(), ports=ports)
    assert PLAN_PATH in raised.value.message
    assert SPEC_PATH not in raised.value.message
    assert f"headwater approve {PLAN_PATH}" in raised.value.hint
    assert checkout.look() == before


def test_a_line_that_cannot_be_read_counts_for_nothing(checkout: Checkout) -> None:
    agree(checkout, SPEC_PATH)
    record = f"{FOLDER}/headwater.lock/approvals.jsonl"
    checkout.write(record, checkout.read(record) + "{}\n")
    checkout.commit()
    assert find_standing(checkout) is Standing.APPROVED
    (code,) = list_codes(checkout)
    assert code == "approval-unreadable"


def test_of_merged_lines_the_latest_counts(checkout: Checkout) -> None:
    """A merge by union may put an older line behind a newer one."""
    agree(checkout, SPEC_PATH)
    later = replace(PORTS, now=datetime(2026, 2, 2, tzinfo=UTC))
    withdraw(checkout.root, [SPEC_PATH], ports=later)
    record = f"{FOLDER}/headwater.lock/approvals.jsonl"
    checkout.write(record, "".join(reversed(checkout.read(record).splitlines(keepends=True))))
    checkout.commit()
    assert find_standing(checkout) is Standing.WITHDRAWN
