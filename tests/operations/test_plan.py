"""`headwater plan` in a repository: what is committed, kept, refused, and left as it was."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import pytest

from headwater.engine.progress import SilentObserver
from headwater.errors import HeadwaterError, UsageError
from headwater.llm.interface import ModelError
from headwater.operations.check import check
from headwater.operations.drafting.ports import DraftPorts
from headwater.operations.drafting.publish import MergeConflictError
from headwater.operations.drafting.report import DocumentChange
from headwater.operations.plan import PlanRequest, plan
from headwater.operations.refusals import ProblemsError
from headwater.operations.report import Action
from headwater.operations.tasks import tasks
from headwater.steps.drafting.drafter import Drafter
from headwater.steps.drafting.settings import DraftSettings
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.builders import CONSTITUTION_PATH, TARGETS, Checkout, answer
from tests.steps.plan.builders import make_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from headwater.operations.drafting.report import DraftReport

FOLDER = "specs/001-parking-fees"
SPEC = f"{FOLDER}/spec.md"
PLAN = f"{FOLDER}/plan.md"

TEXT = """\
# Feature Specification: Parking fees

## User Scenarios & Testing

### User Story 1 - Pay at the gate (Priority: P1)

**Acceptance Scenarios**:

1. **Given** a stay of 90 minutes, **When** the driver pays, **Then** the fee is printed.

   | Run | Stdout | Exit |
   | --- | --- | --- |
   | `parking 90` | `"4.00\\n"` | `0` |

## Requirements

### Functional Requirements

- **FR-001**: A started hour MUST cost 2.

  | Call | Result |
  | --- | --- |
  | `park_fee(30)` | `2` |
  | `park_fee(61)` | `4` |
  | `park_fee(-1)` | raises `invalid_argument` |

- **FR-002**: A fee MUST be shown with two decimals.

  | Call | Result |
  | --- | --- |
  | `show_fee(2)` | `"2.00"` |
  | `show_fee(4)` | `"4.00"` |

### Key Entities

- **Fee**: what a driver pays
"""
ANSWERS: dict[str, object] = {
    "parameters park_fee": {"names": ["minutes"]},
    "parameters show_fee": {"names": ["fee"]},
    "meaning the result of show_fee": {"kind": "text"},
    "duty fees": {"does": "Compute and show a fee", "calls": []},
    "duty cli": {"does": "Print the fee of a stay", "calls": ["park_fee", "show_fee"]},
    "topics choices": {"choices": []},
}
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


def make_ports(model: ScriptedModel | None = None) -> DraftPorts:
    """Ports with this model; without one none may be opened."""

    @contextmanager
    def open_drafter() -> Iterator[Drafter]:
        assert model is not None, "no model is opened here"
        settings = DraftSettings(attempts=2)
        yield Drafter(models=(model,), settings=settings, observer=SilentObserver())

    return DraftPorts(targets=TARGETS, open_drafter=open_drafter, today=date(2026, 1, 2))


def draft(
    checkout: Checkout,
    answers: Mapping[str, object] | None = ANSWERS,
    *,
    again: bool = False,
    allow_open: bool = False,
    exceptions: Mapping[str, str] | None = None,
) -> DraftReport:
    """Plan the one feature; None for answers means that no model may be opened."""
    request = PlanRequest(again=again, allow_open=allow_open, exceptions=exceptions or {})
    model = None if answers is None else make_model(answers)
    return plan(checkout.root, request, ports=make_ports(model))


@pytest.fixture
def checkout(repository: Path) -> Checkout:
    checkout = Checkout(root=repository)
    checkout.write(".gitignore", ".headwater/\n")
    checkout.write(SPEC, TEXT)
    checkout.commit()
    return checkout


def change_spec(checkout: Checkout, old: str, new: str) -> None:
    text = checkout.read(SPEC)
    assert old in text
    checkout.write(SPEC, text.replace(old, new))
    checkout.commit()


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


@pytest.mark.parametrize("useless", ["{}", "", '{"names": ['])
def test_answers_that_fit_nothing_make_a_plain_plan_with_a_note(
    checkout: Checkout, useless: str
) -> None:
    model = ScriptedModel([useless] * 100)
    report = plan(checkout.root, PlanRequest(), ports=make_ports(model))
    assert any("named by their types alone" in note for note in report.notes)
    assert report.refused > 0
    assert check(checkout.root, targets=TARGETS).errors == 0


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


FORBIDS = """\
# Constitution

### I. Works alone

```yaml
enforce:
  - {check: imports.forbidden, scope: "src/**", modules: [decimal]}
```

### II. Be kind

Nobody checks this.
"""


def adopt_article(checkout: Checkout) -> dict[str, object]:
    """An article that no interface with `Decimal` keeps, and answers that ask for one."""
    checkout.write(CONSTITUTION_PATH, FORBIDS)
    change_spec(checkout, "`show_fee(2)` |", '`show_fee("2.10")` |')
    change_spec(checkout, "`show_fee(4)` |", '`show_fee("4.10")` |')
    return ANSWERS | {"meaning fee of show_fee": {"kind": "decimal"}}


def test_a_plan_that_would_break_an_article_is_refused(checkout: Checkout) -> None:
    answers = adopt_article(checkout)
    before = checkout.look()
    with pytest.raises(ProblemsError) as raised:
        draft(checkout, answers)
    problem = raised.value.problems[0]
    assert "decimal" in problem.message
    assert '--except I="…"' in problem.hint
    assert checkout.look() == before


def test_an_exception_with_a_reason_lets_it_and_is_written_down(checkout: Checkout) -> None:
    answers = adopt_article(checkout)
    report = draft(checkout, answers, exceptions={"I": "Money must be exact."})
    text = checkout.read(PLAN)
    assert "| I. Works alone | imports.forbidden | exception, see Complexity Tracking |" in text
    assert "| II. Be kind | — | prose: for the reviewer |" in text
    assert "| article I | Money must be exact. |" in text
    assert report.findings == ()
    assert check(checkout.root, targets=TARGETS).findings == ()


def test_a_constitution_that_cannot_be_read_is_refused(checkout: Checkout) -> None:
    checkout.write(CONSTITUTION_PATH, FORBIDS.replace("imports.forbidden", "imports.forbiden"))
    checkout.commit()
    with pytest.raises(ProblemsError, match="no plan was drafted") as raised:
        draft(checkout, None)
    assert raised.value.problems[0].place.path == CONSTITUTION_PATH


def test_an_exception_that_is_not_needed_is_said_to_be_none(checkout: Checkout) -> None:
    checkout.write(CONSTITUTION_PATH, FORBIDS)
    checkout.commit()
    report = draft(checkout, exceptions={"I": "To be safe."})
    assert any("No exception from article I is needed" in note for note in report.notes)
    assert "Complexity Tracking" not in checkout.read(PLAN)
    with pytest.raises(UsageError, match="article IX"):
        draft(checkout, None, exceptions={"IX": "x"})


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
