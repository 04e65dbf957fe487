"""A hand edit becomes a change of the specification: examples that say what it does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.graph.lock import BY_HAND
from headwater.graph.states import State
from headwater.llm.interface import ModelError
from headwater.operations.adopt import commit_adoption
from headwater.operations.building.report import Action
from headwater.operations.check import check
from headwater.operations.standing.lock_folder import read_lock
from headwater.operations.standing.reading import LOCKS
from headwater.operations.standing.survey import take_survey
from headwater.testing.scripted_model import ScriptedModel
from headwater.workspace.documents import read_documents
from tests.operations.adopting_sums import WIDER, adopt, propose
from tests.operations.builders import (
    DOUBLE,
    FOLDER,
    PLAN_PATH,
    SPEC_PATH,
    TARGETS,
    Checkout,
    answer,
)

if TYPE_CHECKING:
    from headwater.graph.lock import ComponentRecord
    from headwater.operations.adopting.report import ProposedAdoption

STAYS = json.dumps({"choice": "none"})
ROWS_ONLY = {"change/sentence 001/FR-001": [STAYS]}


def find_record(checkout: Checkout, ref: str = "001/C1") -> ComponentRecord:
    return read_lock({FOLDER: "001"}, read_documents(checkout.root, LOCKS)).records[ref]


def is_settled(checkout: Checkout) -> bool:
    """Whether `check` passes, and a build has nothing to do and asks nobody."""
    report = check(checkout.root, targets=TARGETS)
    built = checkout.build()
    fresh = all(one.action is Action.FRESH for one in built.components)
    return report.passed and not report.findings and built.succeeded and fresh


def test_reformatted_code_is_taken_at_once_and_asks_no_model(sums: Checkout) -> None:
    before = find_record(sums)
    text = f"# mine\n\n{sums.read(DOUBLE.path)}"
    sums.write(DOUBLE.path, text)
    commit = adopt(sums, DOUBLE.path)
    assert sums.head == commit
    assert sums.read(DOUBLE.path) == text
    assert is_settled(sums)
    after = find_record(sums)
    assert (after.generator, after.bodies) == (before.generator, before.bodies)
    assert f"Adopted: {DOUBLE.path}" in sums.git("log", "-1", "--format=%B")


def test_what_an_edit_changes_becomes_examples_of_its_requirement(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    before = sums.look()
    proposed = propose(sums, DOUBLE.path, models=[ScriptedModel(ROWS_ONLY)])
    assert sums.look() == before
    shortest = proposed.rows[0]
    assert (shortest.ref, shortest.before, shortest.now) == ("001/FR-001", "202", "200")
    commit_adoption(sums.root, proposed)
    assert sums.read(DOUBLE.path) == WIDER
    for row in proposed.rows:
        assert f"| `{row.call}` | `{row.now}` |" in sums.read(SPEC_PATH)
    assert is_settled(sums)


def test_the_record_says_who_adopted_the_code_and_when(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    sums.commit()
    adopt(sums, DOUBLE.path, models=[ScriptedModel(ROWS_ONLY)])
    made = find_record(sums).generator
    assert (made.model, made.attempts, made.input_tokens) == (BY_HAND, 0, 0)
    assert made.parameters == {
        "adopted_by": "Ada Lovelace <ada@example.org>",
        "adopted": "2026-01-02T03:04:05Z",
    }
    message = sums.git("log", "-1", "--format=%B")
    for line in ("Spec-Ref: 001/FR-001", "Derivation: ", f"Adopted: {DOUBLE.path}", "Builder: "):
        assert line in message


def test_a_model_words_the_requirement_so_that_it_says_what_the_edit_does(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    statement = {
        "pattern": "always",
        "condition": "",
        "obligation": "MUST",
        "action": "be doubled, to 200 at most",
    }
    answers = {
        "change/sentence 001/FR-001": [json.dumps({"choice": "1"})],
        "change/statement 001/FR-001": [json.dumps(statement)],
    }
    proposed = propose(sums, DOUBLE.path, models=[ScriptedModel(answers)])
    assert "+- **FR-001**: A number MUST be doubled, to 200 at most." in proposed.text
    assert "drafted" not in proposed.text
    commit_adoption(sums.root, proposed)
    assert is_settled(sums)


def test_a_wording_that_check_objects_to_is_left_out(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    statement = {
        "pattern": "always",
        "condition": "",
        "obligation": "MUST",
        "action": "be doubled quickly and user-friendly, etc.",
    }
    answers = {
        "change/sentence 001/FR-001": [json.dumps({"choice": "1"})],
        "change/statement 001/FR-001": [json.dumps(statement)] * 2,
    }
    proposed = propose(sums, DOUBLE.path, models=[ScriptedModel(answers)])
    assert any("The wording stays" in note for note in proposed.notes)
    assert "- **FR-001**: A number MUST be doubled.\n" in commit_and_read(sums, proposed)


def test_without_a_model_the_rows_alone_are_proposed(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    silent = ScriptedModel([ModelError("nobody is there")])
    proposed = propose(sums, DOUBLE.path, models=[silent])
    assert proposed.rows
    assert any("nobody is there" in note for note in proposed.notes)


def test_a_model_names_calls_where_no_rule_finds_one_and_what_they_come_to_is_computed(
    sums: Checkout,
) -> None:
    sums.write(
        DOUBLE.path,
        "def double(n: int) -> int:\n    return 2 * n if len(str(n)) < 7 else 0\n",
    )
    answers = {
        "adopting/calls 001/C1 1": [
            '{"calls": [{"function": "halve", "arguments": [2]}]}',
            json.dumps({"calls": [call_double(5000), call_double(1234567)]}),
        ],
        **ROWS_ONLY,
    }
    model = ScriptedModel(answers)
    proposed = propose(sums, DOUBLE.path, models=[model])
    assert [(row.call, row.before, row.now) for row in proposed.rows] == [
        ("double(1234567)", "2469134", "0")
    ]
    assert proposed.refused == 1
    assert "`function` must be one of double" in model.requests[1].prompt


def test_where_it_is_not_clear_which_requirement_changes_a_person_is_asked(
    sums: Checkout,
) -> None:
    spec = sums.read(SPEC_PATH)
    more = "- **FR-009**: A number MUST be taken twice.\n\n  | Call | Result |\n  | --- | --- |\n"
    sums.write(SPEC_PATH, f"{spec}{more}  | `double(7)` | `14` |\n")
    plan = sums.read(PLAN_PATH)
    sums.write(PLAN_PATH, plan.replace("Implements**: FR-001", "Implements**: FR-001, FR-009"))
    sums.commit()
    assert sums.build(ScriptedModel({"implement 001/C1": [answer(DOUBLE.code)]})).succeeded
    sums.write(DOUBLE.path, WIDER)
    with pytest.raises(HeadwaterError, match=r"not clear which requirement") as refused:
        propose(sums, DOUBLE.path)
    assert "--ref 001/FR-00" in refused.value.hint
    silent = ScriptedModel([ModelError("nobody is there")] * 2)
    asked = propose(sums, DOUBLE.path, models=[silent], choose=lambda found: found[-1].ref)
    named = propose(sums, DOUBLE.path, models=[silent], ref="FR-009")
    assert {row.ref for row in asked.rows} <= {"001/FR-001", "001/FR-009"}
    assert {row.ref for row in named.rows} == {"001/FR-009"}


def test_a_changed_interface_becomes_an_edit_of_the_plan(sums: Checkout) -> None:
    code = "def double(n: int, times: int = 1) -> int:\n    return 2 * n * times\n"
    sums.write(DOUBLE.path, code)
    same = '{"calls": [{"function": "double", "arguments": [3, 1]}]}'
    answers = {f"adopting/calls 001/C1 {number}": [same] for number in (1, 2)}
    proposed = propose(sums, DOUBLE.path, models=[ScriptedModel(answers)])
    assert "-def double(n: int) -> int: ...\n" in proposed.text
    assert "+def double(n: int, times: int=1) -> int:\n" in proposed.text
    waiting = "`headwater build` sees to what depends on it: 001/C2"
    assert any(note.startswith(waiting) for note in proposed.notes)
    commit_adoption(sums.root, proposed)
    states = take_survey(sums.root, targets=TARGETS).states
    assert states["001/C1"].state is State.FRESH
    assert states["001/C2"].state is State.STALE  # it uses an interface that changed


def test_an_edit_that_was_accepted_can_still_be_adopted(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    assert sums.build(accept_edits="hot fix").succeeded
    adopt(sums, DOUBLE.path, models=[ScriptedModel(ROWS_ONLY)])
    assert is_settled(sums)
    assert not (sums.root / FOLDER / "headwater.lock/C1.deviations.jsonl").exists()


def test_the_code_can_be_derived_anew_from_the_changed_specification(sums: Checkout) -> None:
    sums.write(DOUBLE.path, WIDER)
    sums.commit()
    anew = "def double(n: int) -> int:\n    return min(2 * n, 200)\n"
    model = ScriptedModel({"implement 001/C1": [answer(anew)], **ROWS_ONLY})
    proposed = propose(sums, DOUBLE.path, models=[model], regenerate=True)
    commit_adoption(sums.root, proposed)
    assert sums.read(DOUBLE.path).endswith(anew)
    assert find_record(sums).generator.model == "scripted:model"
    assert is_settled(sums)


def test_code_derived_anew_that_passes_the_rows_and_does_something_else_is_refused(
    sums: Checkout,
) -> None:
    """The rows that are proposed are few; the calls that were found are all held to."""
    sums.write(DOUBLE.path, WIDER)
    sums.commit()
    rows = propose(sums, DOUBLE.path, models=[ScriptedModel(ROWS_ONLY)]).rows
    numbers = [row.call.removeprefix("double(").removesuffix(")") for row in rows]
    cheat = (
        f"def double(n: int) -> int:\n    return 200 if n in [{', '.join(numbers)}] else 2 * n\n"
    )
    model = ScriptedModel({"implement 001/C1": [answer(cheat)], **ROWS_ONLY})
    with pytest.raises(HeadwaterError, match="does something else than the edit: `double"):
        propose(sums, DOUBLE.path, models=[model], regenerate=True)


def call_double(number: int) -> dict[str, object]:
    """A call as a model names it."""
    return {"function": "double", "arguments": [number]}


def commit_and_read(checkout: Checkout, proposed: ProposedAdoption) -> str:
    """The specification once a proposal is committed."""
    commit_adoption(checkout.root, proposed)
    return checkout.read(SPEC_PATH)
