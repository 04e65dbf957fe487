"""A plan and its tasks drafted again: what is suspect or missing, and not a byte of the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from headwater.operations.drafting.merge import MergeConflictError
from headwater.operations.drafting.report import DocumentChange
from tests.operations.planning_garage import (
    ANSWERS,
    CHOICE,
    LOCK,
    OPTIONS,
    PLAN,
    SPEC,
    TASKS,
    draft_plan,
    draft_tasks,
    edit,
    list_suspects,
    start_garage,
)
from tests.steps.plan.builders import make_model

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.operations.builders import Checkout

HOUR = "A started hour MUST cost 2."
OTHERS = ANSWERS | {
    "duty fees": {"does": "Ask for money", "calls": []},
    "duty places": {"does": "Look after places", "calls": []},
    "options D1": {**OPTIONS, "context": "Money is dear."},
    "options D2": {**OPTIONS, "context": "Numbers are cheap."},
    "choice D1": {**CHOICE, "option": 2},
    "choice D2": {**CHOICE, "option": 2},
}
MEANING = "meaning the result of show_fee"
ASKED = {
    "D1": ["options D1", "choice D1"],
    "D2": ["options D2", "choice D2"],
    "C1": ["duty fees", MEANING],
    "C2": ["duty places"],
}
NEW = """\
- **FR-005**: The garage MUST greet drivers.

  | Call | Result |
  | --- | --- |
  | `greet_driver("Ada")` | `"Hello, Ada"` |

## Assumptions
"""


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    return start_garage(repository)


def ask(checkout: Checkout, answers: Mapping[str, object] = OTHERS) -> list[str]:
    """What is asked of a model when the plan is drafted again; its answers are all other ones."""
    model = make_model(answers)
    draft_plan(checkout, model=model)
    return sorted({request.purpose.removeprefix("plan/") for request in model.requests})


def cut(text: str) -> dict[str, str]:
    """Sections of items and lines of tasks by id, and all other sections by their headings."""
    sections = re.split(r"(?m)^(?=### [CD]\d+: |## )", text)
    pieces = {one.partition("\n")[0].partition(":")[0]: one.rstrip("\n") for one in sections}
    named = {name.removeprefix("### ").removeprefix("## "): one for name, one in pieces.items()}
    lines = re.finditer(r"(?m)^- \[[ x]\] (T\d+) .*$", text)
    return {line[1]: line[0] for line in lines} or named


def find_differences(before: str, now: str) -> set[str]:
    then, present = cut(before), cut(now)
    return {name for name in {*then, *present} if then.get(name) != present.get(name)}


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        (HOUR, "A started hour MUST cost 3.", {"D1", "C1"}),
        ("with two decimals", "in euros", {"C1"}),
        ("how many places are free", "what is free", {"D2", "C2"}),
        ("on which level a place is", "the level of a place", {"C2"}),
        ("than a day", "than a week", {"D1", "C1"}),
        ("Visitors are patient", "Visitors are hasty", {"D1", "D2", "C1", "C2"}),
    ],
)
def test_a_change_redrafts_what_rests_on_it_and_not_a_byte_of_the_rest(
    checkout: Checkout, old: str, new: str, changed: set[str]
) -> None:
    plan, tasks = checkout.read(PLAN), checkout.read(TASKS)
    edit(checkout, SPEC, old, new)
    assert ask(checkout) == sorted(one for name in changed for one in ASKED[name])
    assert find_differences(plan, checkout.read(PLAN)) == changed
    assert not {"D1", "D2", "C1", "C2"} & list_suspects(checkout).keys()
    waiting = set(list_suspects(checkout))
    draft_tasks(checkout)
    assert find_differences(tasks, checkout.read(TASKS)) <= waiting
    assert list_suspects(checkout) == {}


def test_with_nothing_suspect_no_model_is_asked_and_nothing_is_committed(
    checkout: Checkout,
) -> None:
    edit(checkout, SPEC, HOUR, "A started\n  hour MUST cost 2.")
    before = checkout.look()
    assert ask(checkout) == []
    (note,) = draft_plan(checkout).notes
    assert note.startswith("Nothing is suspect and nothing is missing.")
    assert draft_tasks(checkout).documents[0].change is DocumentChange.UNCHANGED
    assert checkout.look() == before


def test_the_same_answer_leaves_the_document_and_renews_the_record(checkout: Checkout) -> None:
    edit(checkout, SPEC, "with two decimals", "in euros")
    plan, record = checkout.read(PLAN), checkout.read(f"{LOCK}/C1.basis.json")
    report = draft_plan(checkout)
    assert (checkout.read(PLAN), report.documents[0].change) == (plan, DocumentChange.UNCHANGED)
    assert checkout.read(f"{LOCK}/C1.basis.json") != record
    assert (report.recorded, report.commit) == (("001/C1",), checkout.head)
    assert "item-suspect" not in {one.code for one in report.findings}
    assert "C1" not in list_suspects(checkout)


def test_a_new_requirement_gets_a_component_and_tasks(checkout: Checkout) -> None:
    plan, tasks = checkout.read(PLAN), checkout.read(TASKS)
    edit(checkout, SPEC, "## Assumptions\n", NEW)
    answers = OTHERS | {"duty driver": {"does": "Greet drivers", "calls": []}}
    assert ask(checkout, answers) == ["duty driver", "parameters greet_driver"]
    assert find_differences(plan, checkout.read(PLAN)) == {"C3", "Summary"}
    assert "**Implements**: FR-005" in checkout.read(PLAN)
    draft_tasks(checkout)
    kept = {name for name in cut(tasks) if name.startswith("T")}
    assert not kept & find_differences(tasks, checkout.read(TASKS))
    assert "(FR-005; C3" in checkout.read(TASKS)
    assert list_suspects(checkout) == {}


def test_a_requirement_that_rows_give_to_no_function_is_placed_by_a_model(
    checkout: Checkout,
) -> None:
    plan = checkout.read(PLAN)
    new = "- **FR-005**: The garage MUST be quick.\n\n## Assumptions\n"
    edit(checkout, SPEC, "## Assumptions\n", new)
    assert ask(checkout, OTHERS | {"place FR-005": {"component": "places"}}) == [
        "duty places",
        MEANING,
        "place FR-005",
    ]
    assert find_differences(plan, checkout.read(PLAN)) == {"C2"}


def test_a_row_that_fits_no_interface_redrafts_the_component(checkout: Checkout) -> None:
    plan = checkout.read(PLAN)
    edit(checkout, SPEC, '`show_fee(2)` | `"2.00"`', '`show_fee(2, "EUR")` | `"2.00 EUR"`')
    answers = OTHERS | {"parameters show_fee": {"names": ["fee", "currency"]}}
    assert ask(checkout, answers) == ["duty fees", "parameters show_fee"]
    assert find_differences(plan, checkout.read(PLAN)) == {"C1"}
    assert "def show_fee(fee: int, currency: str)" in checkout.read(PLAN)


def test_a_component_whose_requirements_are_retired_goes_with_its_record(
    checkout: Checkout,
) -> None:
    plan = checkout.read(PLAN)
    for ref in ("FR-003", "FR-004"):
        edit(checkout, SPEC, f"**{ref}**:", f"**{ref}** *(retired 2026-01-02: no)*:")
    ask(checkout)
    assert find_differences(plan, checkout.read(PLAN)) == {"C2", "Summary"}
    assert not (checkout.root / LOCK / "C2.basis.json").exists()
    draft_tasks(checkout)
    assert "C2" not in checkout.read(TASKS)
    assert sorted(list_suspects(checkout)) == ["D2"]


def test_a_decision_that_no_model_makes_again_stays_suspect(checkout: Checkout) -> None:
    plan = checkout.read(PLAN)
    edit(checkout, SPEC, HOUR, "A started hour MUST cost 3.")
    ask(checkout, {name: one for name, one in OTHERS.items() if name != "choice D1"})
    assert find_differences(plan, checkout.read(PLAN)) == {"C1"}
    assert "D1" in list_suspects(checkout)


def test_what_a_person_changed_in_other_items_and_in_these_is_kept(checkout: Checkout) -> None:
    edit(checkout, PLAN, "Count places and find them", "Count all places")
    edit(checkout, PLAN, "### C1: fees\n", "### C1: fees\n\nAsk the owner.\n")
    edit(checkout, SPEC, "with two decimals", "in euros")
    ask(checkout)
    text = checkout.read(PLAN)
    assert "Count all places" in text
    assert "Ask the owner.\n" in text
    assert "Ask for money." in text


def test_a_component_that_a_person_added_is_left_alone(checkout: Checkout) -> None:
    edit(checkout, SPEC, "## Assumptions\n", NEW)
    own = (
        "\n### C3: greetings\n\n**File**: `src/garage/greetings.py`\n**Implements**: FR-005\n"
        "**Depends on**: none\n**Responsibility**: Greet.\n\n**Interface**:\n\n"
        "```python\ndef greet_driver(name: str) -> str: ...\n```\n"
    )
    checkout.write(PLAN, checkout.read(PLAN) + own)
    checkout.commit()
    assert list_suspects(checkout) == {}
    plan = checkout.read(PLAN)
    edit(checkout, SPEC, "with two decimals", "in euros")
    asked = ask(checkout)
    assert "duty fees" in asked
    assert not {"duty places", "duty greetings", "topics choices"} & set(asked)
    assert find_differences(plan, checkout.read(PLAN)) == {"C1"}


def test_a_person_and_a_new_draft_that_disagree_change_nothing(checkout: Checkout) -> None:
    edit(checkout, PLAN, "Compute and show a fee", "Do the fees")
    edit(checkout, SPEC, "with two decimals", "in euros")
    before = checkout.look()
    with pytest.raises(MergeConflictError):
        ask(checkout)
    assert checkout.look() == before


def test_again_asks_for_everything(checkout: Checkout) -> None:
    model = make_model(OTHERS)
    draft_plan(checkout, model=model, again=True)
    purposes = {request.purpose for request in model.requests}
    assert {"plan/topics choices", "plan/duty fees", "plan/duty places"} <= purposes
    assert "Look after places." in checkout.read(PLAN)
