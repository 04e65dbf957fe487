"""Hand edits that only sequences of calls, or commands, show: tables of their own are proposed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.llm.interface import ModelError
from headwater.operations.adopt import commit_adoption
from headwater.operations.building.refusals import ProblemsError
from headwater.operations.building.report import Action
from headwater.operations.check import check
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.adopting_sums import propose
from tests.operations.adopting_till import SPEC_PATH, STORY, TILL, build_till
from tests.operations.builders import TARGETS, answer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.builders import Checkout


def edit(checkout: Checkout, old: str, new: str) -> None:
    text = checkout.read(TILL)
    assert old in text
    checkout.write(TILL, text.replace(old, new))


def silent() -> ScriptedModel:
    return ScriptedModel([ModelError("nobody is there")] * 3)


def is_settled(checkout: Checkout) -> bool:
    """Whether `check` passes, and a build has nothing to do and asks nobody."""
    report = check(checkout.root, targets=TARGETS)
    built = checkout.build()
    return report.passed and all(one.action is Action.FRESH for one in built.components)


def test_a_command_that_prints_something_else_becomes_a_table_of_its_requirement(
    till: Checkout,
) -> None:
    edit(till, '"coins")', '"coins" if left != 1 else "coin")')
    proposed = propose(till, TILL, models=[silent()])

    assert {(row.ref, row.now) for row in proposed.rows} == {
        ("001/FR-002", 'printed "1 coin\\n" on stdout, and exited with 0')
    }
    added = [line[1:].strip() for line in proposed.text.splitlines() if line.startswith("+ ")]
    assert "| Run | Stdout | Exit |" in added
    assert any(line.endswith('| `"1 coin\\n"` | `0` |') for line in added)
    commit_adoption(till.root, proposed)
    assert is_settled(till)


def test_what_a_command_complains_about_is_stated_where_it_does(till: Checkout) -> None:
    edit(till, "too little", "not enough")
    proposed = propose(till, TILL, models=[silent()])

    assert "| Run | Stdout | Stderr | Exit |" in proposed.text
    assert '`"not enough\\n"` | `1` |' in proposed.text
    commit_adoption(till.root, proposed)
    assert is_settled(till)


def test_a_method_that_does_something_else_becomes_a_sequence(till: Checkout) -> None:
    edit(till, "        self.coins -= coins\n", "        self.coins -= max(coins, 1)\n")
    proposed = propose(till, TILL, models=[silent()])

    assert {row.ref for row in proposed.rows} == {"001/FR-001", "001/FR-002"}
    added = [line[1:].strip() for line in proposed.text.splitlines() if line.startswith("+ ")]
    assert added.index("| `purse = Purse(10)` | — |") + 1 == added.index("| `purse.pay(0)` | `9` |")
    commit_adoption(till.root, proposed)
    assert is_settled(till)


def test_a_scenario_gains_a_table_behind_its_own(repository: Path) -> None:
    till = build_till(repository, spec=STORY, implements="US1.1, US1.2")
    edit(till, '"coins")', '"coins" if left != 1 else "coin")')
    proposed = propose(till, TILL, models=[silent()])

    assert {row.ref for row in proposed.rows} <= {"001/US1.1", "001/US1.2"}
    assert '+   | `till 3 2` | `"1 coin\\n"` | `0` |' in proposed.text
    commit_adoption(till.root, proposed)
    assert is_settled(till)


def test_commands_before_the_one_that_differs_are_left_out_where_they_do_not_matter(
    till: Checkout,
) -> None:
    edit(till, "too little", "not enough")
    proposed = propose(till, TILL, models=[silent()])

    assert {row.call.count(";") for row in proposed.rows} == {0}


def test_a_model_names_commands_and_what_they_print_is_computed(till: Checkout) -> None:
    edit(till, "    print(left", '    print(left if len(sys.argv[2]) < 7 else "no"')
    asked = [
        {"function": "main", "arguments": []},
        {"function": "till", "arguments": [9999999, "1234567"]},
    ]
    model = ScriptedModel(
        {
            "adopting/calls 001/C1 1": [json.dumps({"calls": asked})],
            "change/sentence 001/FR-002": [json.dumps({"choice": "none"})],
        }
    )
    proposed = propose(till, TILL, models=[model], ref="FR-002")

    assert [(row.ref, row.call) for row in proposed.rows] == [
        ("001/FR-002", "till 9999999 1234567")
    ]
    assert "till, a command with its words" in model.requests[0].prompt
    commit_adoption(till.root, proposed)
    assert is_settled(till)


def test_a_command_that_breaks_a_row_is_refused_with_its_line(till: Checkout) -> None:
    edit(till, '"coins")', '"coins!")')
    with pytest.raises(ProblemsError) as refused:
        propose(till, TILL)
    (problem,) = refused.value.problems
    assert "001/FR-002" in problem.message
    assert str(problem.place).startswith(f"{SPEC_PATH}:")


def test_code_derived_anew_is_held_to_the_commands(till: Checkout) -> None:
    edit(till, '"coins")', '"coins" if left != 1 else "coin")')
    till.commit()
    right = till.read(TILL)
    models = [ScriptedModel({"implement 001/C1": [answer(right)]})]
    proposed = propose(till, TILL, models=models, regenerate=True)
    commit_adoption(till.root, proposed)
    assert is_settled(till)


def test_only_a_crash_is_no_specification(till: Checkout) -> None:
    edit(till, "    left = ", "    if sys.argv[2] == '5':\n        print(sys.argv[3])\n    left = ")
    choices = json.dumps({"calls": [{"function": "main", "arguments": []}]})
    models = [ScriptedModel({f"adopting/calls 001/C1 {n}": [choices] for n in (1, 2)})]
    with pytest.raises(HeadwaterError, match="found only what fails by accident"):
        propose(till, TILL, models=models)


def test_each_scenario_gains_the_table_that_is_like_its_own(repository: Path) -> None:
    till = build_till(repository, spec=STORY, implements="US1.1, US1.2")
    edit(
        till, '    print(left, "coins")', '    print(left, "coins" if left % 2 == 0 else "coin(s)")'
    )
    proposed = propose(till, TILL, models=[silent()])

    assert {row.ref for row in proposed.rows} == {"001/US1.1", "001/US1.2"}
    commit_adoption(till.root, proposed)
    assert is_settled(till)
