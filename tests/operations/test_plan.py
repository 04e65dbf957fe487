"""`headwater plan` in a repository: what is drafted, committed and recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from headwater.operations.building.report import Action
from headwater.operations.check import check
from headwater.operations.drafting.report import DocumentChange
from headwater.operations.plan import PlanRequest, plan
from headwater.operations.tasks import tasks
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import TARGETS, Checkout, answer
from tests.operations.planning_parking import (
    ANSWERS,
    FOLDER,
    PLAN,
    SPEC,
    TEXT,
    change_spec,
    draft,
    make_ports,
    start_parking,
)
from tests.steps.plan.builders import make_model

if TYPE_CHECKING:
    from pathlib import Path


CODE = """\
def park_fee(minutes: int) -> int:
    if minutes < 0:
        raise ValueError(minutes)
    return -(-minutes // 60) * 2


def show_fee(fee: int) -> str:
    return f"{fee}.00"
"""
COMMAND = """\
import sys

from parking_fees.fees import park_fee, show_fee


def main() -> int:
    print(show_fee(park_fee(int(sys.argv[1]))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
"""


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    return start_parking(repository)


def test_a_plan_is_committed_and_check_finds_nothing_wrong(checkout: Checkout) -> None:
    report = draft(checkout)
    (document,) = report.documents
    assert (document.path, document.change) == (PLAN, DocumentChange.CREATED)
    assert 0 < document.words <= document.budget
    assert report.findings == ()
    assert report.commit == checkout.head
    assert checkout.git("status", "--porcelain") == ""
    assert "Draft: plan" in checkout.git("log", "-1", "--format=%B")
    checked = check(checkout.root, targets=TARGETS)
    assert (checked.components, checked.findings) == (2, ())


def test_a_drafted_plan_and_its_tasks_can_be_built(checkout: Checkout) -> None:
    draft(checkout)
    tasks(checkout.root, "", ports=make_ports())
    assert check(checkout.root, targets=TARGETS).findings == ()
    model = ScriptedModel(
        {"implement 001/C1": [answer(CODE)], "implement 001/C2": [answer(COMMAND)]}
    )
    report = checkout.build(model)
    assert {one.component: one.action for one in report.components} == {
        "001/C1": Action.GENERATED,
        "001/C2": Action.GENERATED,
    }
    assert check(checkout.root, targets=TARGETS).passed


@pytest.mark.parametrize("useless", ["{}", "", '{"names": ['])
def test_answers_that_fit_nothing_make_a_plain_plan_with_a_note(
    checkout: Checkout, useless: str
) -> None:
    model = ScriptedModel([useless] * 100)
    report = plan(checkout.root, PlanRequest(), ports=make_ports(model))
    assert any("named by their types alone" in note for note in report.notes)
    assert report.refused > 0
    assert check(checkout.root, targets=TARGETS).errors == 0


def test_a_changed_example_is_no_reason_to_refuse_a_new_plan(checkout: Checkout) -> None:
    """The plan that is there does not know the function, which is why it is drafted again."""
    draft(checkout)
    change_spec(checkout, '`show_fee(2)` | `"2.00"`', '`print_fee(2)` | `"2.00"`')
    change_spec(checkout, '`show_fee(4)` | `"4.00"`', '`print_fee(4)` | `"4.00"`')
    assert check(checkout.root, targets=TARGETS).errors
    renamed = {
        "parameters print_fee": {"names": ["fee"]},
        "meaning the result of print_fee": {"kind": "text"},
        "duty cli": {"does": "Print the fee of a stay", "calls": ["park_fee", "print_fee"]},
    }
    draft(checkout, ANSWERS | renamed)
    assert "def print_fee(fee: int) -> str: ..." in checkout.read(PLAN)
    assert check(checkout.root, targets=TARGETS).errors == 0


def test_entities_that_a_type_stands_for_have_their_fields_in_the_data_model(
    checkout: Checkout,
) -> None:
    change_spec(checkout, "`show_fee(2)` |", '`show_fee(Fee(2, "EUR"))` |')
    change_spec(checkout, "`show_fee(4)` |", '`show_fee(Fee(4, "EUR"))` |')
    draft(checkout, ANSWERS | {"parameters Fee": {"names": ["amount", "currency"]}})
    assert checkout.read(f"{FOLDER}/data-model.md") == (
        "# Data Model: Parking fees\n\n## Entity: Fee\n\nType `Fee` of C1.\n\n"
        "| Field | Value |\n| --- | --- |\n| `amount` | integer |\n| `currency` | text |\n"
    )
    assert check(checkout.root, targets=TARGETS).findings == ()


def test_a_second_feature_uses_what_the_first_declares(checkout: Checkout) -> None:
    draft(checkout)
    folder = "specs/002-receipts"
    spec = TEXT.partition("## User")[0] + (
        "## Requirements\n\n- **FR-001**: A receipt MUST show the fee.\n\n"
        "  | Call | Result |\n  | --- | --- |\n"
        '  | `receipt(park_fee(61))` | `"Fee: 4.00"` |\n'
    )
    checkout.write(f"{folder}/spec.md", spec)
    checkout.commit()
    ports = make_ports(make_model({"parameters receipt": {"names": ["fee"]}}))
    report = plan(checkout.root, PlanRequest(feature="002"), ports=ports)
    assert not any("An example fits" in note for note in report.notes)
    text = checkout.read(f"{folder}/plan.md")
    assert "**Depends on**: 001/C1" in text
    assert "def park_fee" not in text
    assert "def receipt(fee: object) -> str: ..." in text
    assert check(checkout.root, targets=TARGETS).findings == ()


def test_http_calls_make_a_contract_that_the_plan_names(checkout: Checkout) -> None:
    """`check` says of the table that no build runs it; nothing else is wrong."""
    calls = "\n  | Request | Status |\n  | --- | --- |\n  | `GET /fees/90` | `200` |\n"
    checkout.write(SPEC, checkout.read(SPEC).replace("two decimals.\n", f"two decimals.\n{calls}"))
    checkout.commit()
    report = draft(checkout)
    assert "/fees/{fee}:" in checkout.read(f"{FOLDER}/contracts/openapi.yaml")
    assert "**Contracts**: [contracts/openapi.yaml]" in checkout.read(PLAN)
    assert any("No build runs Request tables yet" in note for note in report.notes)
    findings = check(checkout.root, targets=TARGETS).findings
    assert {one.code for one in findings} == {"table-kind-unsupported"}
    before = checkout.look()
    draft(checkout, again=True)
    assert checkout.look() == before


def test_the_record_says_what_the_plan_was_made_from(checkout: Checkout) -> None:
    draft(checkout)
    line = checkout.read(f"{FOLDER}/headwater.lock/drafts.jsonl").splitlines()[-1]
    record = json.loads(line)
    assert record["step"] == "plan"
    assert set(record["sources"]) == {"spec.md", "settings"}
    assert (record["model"], record["calls"]) == ("scripted:model", len(ANSWERS))
