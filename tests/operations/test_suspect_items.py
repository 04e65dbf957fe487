"""Each edit makes exactly those items suspect that rest on what it changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.graph.lock import Settled
from headwater.operations.build import BuildRequest, build
from headwater.operations.check import check
from headwater.operations.checking.suspect_items import find_suspect_items
from headwater.operations.impact import report_impact
from headwater.operations.revert import revert
from headwater.operations.standing.basis_records import write_basis_records
from headwater.operations.standing.survey import take_survey
from headwater.operations.status import report_status
from headwater.operations.trace import trace
from headwater.spec.model import Severity
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import CONSTITUTION_PATH, TARGETS, make_ports
from tests.operations.planning_garage import (
    LOCK,
    PLAN,
    POLICY,
    QUOTE,
    SPEC,
    TASKS,
    edit,
    list_suspects,
    start_garage,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.builders import Checkout

FEES = {"C1", "T001", "T003"}
PLACES = {"C2", "T002", "T004"}
HOUR = "A started hour MUST cost 2."


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    """A garage that is drafted, with nothing suspect in it."""
    checkout = start_garage(repository)
    assert list_suspects(checkout) == {}
    return checkout


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        pytest.param(SPEC, HOUR, "A started hour MUST cost 3.", {"D1", *FEES}, id="requirement"),
        pytest.param(SPEC, "with two decimals", "in euros", FEES, id="served-by-no-decision"),
        pytest.param(SPEC, "**FR-002**:", "**FR-002** *(retired 2026-01-02: no)*:", FEES, id="out"),
        pytest.param(SPEC, "than a day", "than a week", {"D1", *FEES}, id="assumption-with-ref"),
        pytest.param(
            SPEC,
            "Visitors are patient",
            "Visitors are hasty",
            {"D1", "D2", "C1", "C2"},
            id="assumption-about-all",
        ),
        pytest.param(SPEC, "A: No.", "A: Yes.", {"D2", *PLACES}, id="answer"),
        pytest.param(CONSTITUTION_PATH, "[eval]", "[exec]", {"D2", "C2"}, id="article"),
        pytest.param(POLICY, QUOTE, "Code may do as it likes.", {"D2", "C2"}, id="policy"),
        pytest.param(PLAN, "Compute and show a fee", "Compute fees", {"T001", "T003"}, id="part"),
    ],
)
def test_an_edit_makes_exactly_what_rests_on_it_suspect(
    checkout: Checkout, path: str, old: str, new: str, expected: set[str]
) -> None:
    edit(checkout, path, old, new)
    assert set(list_suspects(checkout)) == expected


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        pytest.param(SPEC, HOUR, "A started\n  hour MUST cost 2.", id="wrapped"),
        pytest.param(SPEC, "`park_fee(61)` | `4`", "`park_fee(62)` | `4`", id="row-that-fits"),
        pytest.param(SPEC, "(open)", "(confirmed 2026-01-02)", id="assumption-confirmed"),
        pytest.param(
            SPEC,
            "- Nobody stays longer than a day (FR-001). (open)\n- Visitors are patient.\n",
            "* Visitors are patient.\n* Nobody stays longer than a day (FR-001).\n",
            id="list-in-another-order",
        ),
        pytest.param(POLICY, "# Code\n", "# Code\n\nRead this.\n", id="policy-words-moved"),
        pytest.param(CONSTITUTION_PATH, "l. 3", "l. 4", id="article-cites-another-line"),
        pytest.param(TASKS, "- [ ] T001", "- [x] T001", id="task-ticked"),
        pytest.param(PLAN, "**Serves**: FR-003", "**Serves**: none", id="serves-less"),
    ],
)
def test_what_changes_no_meaning_below_an_item_leaves_it_alone(
    checkout: Checkout, path: str, old: str, new: str
) -> None:
    edit(checkout, path, old, new)
    assert list_suspects(checkout) == {}


def test_requirements_in_another_order_leave_all_alone(checkout: Checkout) -> None:
    head, first, rest = checkout.read(SPEC).partition("- **FR-001**")
    own, second, rest = (first + rest).partition("- **FR-002**")
    body, heading, tail = (second + rest).partition("## Assumptions")
    checkout.write(SPEC, head + body + own + heading + tail)
    checkout.commit()
    assert list_suspects(checkout) == {}


def test_a_decision_counts_for_the_components_that_name_it(checkout: Checkout) -> None:
    edit(checkout, PLAN, "Compute and show a fee.", "Compute and show a fee as D2 says.")
    assert list_suspects(checkout)["C1"] == "001/D2 added since it was drafted"


def test_an_item_that_names_more_has_to_be_confirmed_against_it(checkout: Checkout) -> None:
    edit(checkout, PLAN, "**Serves**: FR-001", "**Serves**: FR-001, FR-002")
    assert list_suspects(checkout) == {"D1": "001/FR-002 added since it was drafted"}


def test_documents_that_a_person_wrote_are_never_suspect(repository: Path) -> None:
    checkout = start_garage(repository)
    for record in (repository / LOCK).glob("*.basis.json"):
        record.unlink()
    checkout.commit()
    edit(checkout, SPEC, HOUR, "A started hour MUST cost 3.")
    assert list_suspects(checkout) == {}


def test_check_warns_at_the_item_and_says_what_to_do(checkout: Checkout) -> None:
    edit(checkout, SPEC, HOUR, "A started hour MUST cost 3.")
    found = [one for one in check(checkout.root, targets=TARGETS).findings if one.ref == "001/D1"]
    (problem,) = found
    assert (problem.code, problem.severity) == ("item-suspect", Severity.WARNING)
    assert problem.message == "001/D1 is suspect: 001/FR-001 changed since it was drafted"
    assert problem.excerpt == "### D1: How money is kept"
    assert "headwater confirm 001/D1" in problem.hint
    assert "headwater plan 001" in problem.hint


def test_status_tells_what_is_suspect_and_why(checkout: Checkout) -> None:
    edit(checkout, SPEC, HOUR, "A started hour MUST cost 3.")
    (feature,) = report_status(checkout.root, targets=TARGETS).features
    assert [one.ref for one in feature.suspect] == ["001/D1", "001/C1", "001/T001", "001/T003"]
    assert feature.suspect[0].reasons[0].subject == "001/FR-001"


def test_premises_of_another_feature_count_for_what_implements_its_requirements(
    checkout: Checkout,
) -> None:
    folder = "specs/002-signs"
    checkout.write(f"{folder}/spec.md", checkout.read(SPEC).replace("Garage", "Signs"))
    served = (
        checkout.read(PLAN).replace("garage/", "signs/").replace(": FR-001\n", ": 001/FR-001\n")
    )
    checkout.write(f"{folder}/plan.md", served)
    survey = take_survey(checkout.root, targets=TARGETS)
    records = write_basis_records(
        survey, ["002/D1"], features=(), settled=Settled.DRAFTED, kept=None
    )
    for path, data in records.items():
        checkout.write(path, (data or b"").decode())
    checkout.commit()
    edit(checkout, SPEC, "than a day", "than a week")
    suspects = find_suspect_items(take_survey(checkout.root, targets=TARGETS), feature="002")
    assert [one.ref for one in suspects] == ["002/D1"]


def test_trace_tells_what_of_a_requirement_is_suspect(checkout: Checkout) -> None:
    edit(checkout, SPEC, HOUR, "A started hour MUST cost 3.")
    (item,) = trace(checkout.root, ref="001/FR-001", targets=TARGETS).items
    assert {one.ref for one in item.suspect} == {"001/D1", "001/C1", "001/T001", "001/T003"}
    (other,) = trace(checkout.root, ref="001/FR-003", targets=TARGETS).items
    assert other.suspect == ()


def test_impact_leads_from_a_decision_to_the_components_that_name_it(checkout: Checkout) -> None:
    edit(checkout, PLAN, "Compute and show a fee.", "Compute and show a fee as D2 says.")
    touched = {
        one.node for one in report_impact(checkout.root, ["001/D2"], targets=TARGETS).touched
    }
    assert "001/C1" in touched


def test_a_build_is_refused_only_where_settings_say_so(checkout: Checkout) -> None:
    edit(checkout, SPEC, HOUR, "A started hour MUST cost 3.")
    ports = replace(make_ports(ScriptedModel([])), block_suspect=True)
    with pytest.raises(HeadwaterError, match="001/C1: 001/FR-001 changed since") as raised:
        build(checkout.root, BuildRequest(), ports=ports)
    assert "headwater confirm 001/C1" in raised.value.hint
    assert "C2" not in raised.value.message


def test_a_suspect_decision_alone_blocks_no_build(checkout: Checkout) -> None:
    edit(checkout, PLAN, "**Serves**: FR-001", "**Serves**: FR-001, FR-002")
    ports = replace(make_ports(ScriptedModel({"*": ["no code"] * 200})), block_suspect=True)
    assert not build(checkout.root, BuildRequest(), ports=ports).succeeded


def test_a_record_with_merge_markers_is_an_error_and_revert_restores_it(checkout: Checkout) -> None:
    path = f"{LOCK}/D1.basis.json"
    whole = checkout.read(path)
    checkout.write(path, whole.replace('  "item"', '<<<<<<< ours\n  "item"'))
    found = {one.code: one for one in check(checkout.root, targets=TARGETS).findings}
    assert found["lock-conflicted"].place.path == path
    revert(checkout.root, checkout.root / path)
    assert checkout.read(path) == whole


def test_a_record_edited_by_hand_is_not_believed(checkout: Checkout) -> None:
    path = f"{LOCK}/D1.basis.json"
    checkout.write(path, checkout.read(path).replace('"drafted"', '"confirmed"'))
    codes = {one.code for one in check(checkout.root, targets=TARGETS).findings}
    assert "lock-damaged" in codes
