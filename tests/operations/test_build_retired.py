"""Requirements that are retired or superseded: what a build removes, derives anew, and leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from headwater.operations.building.report import Action
from headwater.testing.scripted_model import ScriptedModel
from tests.operations.build_actions import actions
from tests.operations.builders import (
    FOLDER,
    PLAN_PATH,
    SPEC_PATH,
    SUMS,
    Checkout,
    answer,
    answer_all,
    start_checkout,
)

if TYPE_CHECKING:
    from pathlib import Path

TASKS = f"{FOLDER}/tasks.md"
RETIRED = "*(retired 2026-11-22: nobody shouts)*"
TASK_LIST = """\
# Tasks: Sums

- [ ] T001 Implement doubles in src/sums/doubles.py (FR-001; C1)
- [ ] T002 Implement shouts in src/sums/shouts.py (FR-004; C4)
  with all that it needs
- [ ] T003 [P] See to the tests of C4
- [ ] T004 See to doubles and shouts (C1, C4)
- [ ] T005 Tell everybody about src/sums/shouts.py and README.md
- [ ] T006 Write a letter to a friend
"""
REMAINING = """\
# Tasks: Sums

- [x] T001 Implement doubles in src/sums/doubles.py (FR-001; C1)
- [ ] T004 See to doubles and shouts (C1, C4)
- [ ] T005 Tell everybody about src/sums/shouts.py and README.md
- [ ] T006 Write a letter to a friend
"""


def retire(checkout: Checkout, number: int, mark: str = RETIRED) -> None:
    spec = checkout.read(SPEC_PATH)
    checkout.write(SPEC_PATH, spec.replace(f"**FR-00{number}**: ", f"**FR-00{number}** {mark}: "))
    checkout.commit()


def list_changed(checkout: Checkout, revision: str) -> dict[str, str]:
    """Path to `A`, `M` or `D`, of one commit."""
    lines = checkout.git("show", "--name-status", "--format=", revision).splitlines()
    return {path: sign for sign, path in (line.split("\t") for line in lines)}


@pytest.fixture
def tasked(repository: Path) -> Checkout:
    """`SUMS` with tasks, derived."""
    checkout = start_checkout(repository, replace(SUMS, tasks=TASK_LIST))
    assert checkout.build(ScriptedModel(answer_all(SUMS))).succeeded
    checkout.write(TASKS, TASK_LIST)  # nothing is ticked, so that it can be seen what is
    checkout.commit()
    return checkout


def test_a_retired_requirement_takes_its_component_along(tasked: Checkout) -> None:
    """Files, tests, record and tasks go in one commit that does nothing else."""
    retire(tasked, 4)
    others = {path: data for path, data in tasked.look()[3].items() if "C4" not in path}
    report = tasked.build()
    assert report.succeeded
    assert report.usage.calls == 0
    assert actions(report) == {
        "001/C1": Action.FRESH,
        "001/C2": Action.FRESH,
        "001/C3": Action.FRESH,
        "001/C4": Action.REMOVED,
    }
    subject = tasked.git("log", "-1", "--format=%s", "HEAD~1")
    assert subject == "Remove what nothing asks for any more (001/C4)"
    assert list_changed(tasked, "HEAD~1") == {
        "src/sums/shouts.py": "D",
        "tests/001_sums/test_c4.py": "D",
        f"{FOLDER}/headwater.lock/C4.json": "D",
        f"{FOLDER}/headwater.lock/C4.verified.jsonl": "D",
        TASKS: "M",
    }
    assert tasked.read(TASKS) == REMAINING
    for path, data in others.items():
        if path.startswith(("src/", "README")) and "shouts" not in path:
            assert (tasked.root / path).read_bytes() == data


def test_a_second_build_after_a_removal_does_nothing(tasked: Checkout) -> None:
    retire(tasked, 4)
    assert tasked.build().succeeded
    before = tasked.look()
    report = tasked.build()
    assert report.succeeded
    assert report.tests == 0
    assert tasked.look() == before


def test_a_task_that_another_depends_on_stays(repository: Path) -> None:
    tasks = TASK_LIST.replace("friend\n", "friend (depends on T002)\n")
    checkout = start_checkout(repository, replace(SUMS, tasks=tasks))
    assert checkout.build(ScriptedModel(answer_all(SUMS))).succeeded
    retire(checkout, 4)
    assert checkout.build().succeeded
    left = checkout.read(TASKS)
    assert "T002 Implement shouts" in left
    assert "T003" not in left


def test_two_components_go_in_a_commit_each(repository: Path) -> None:
    tasks = TASK_LIST + "- [ ] T007 Implement labels (C3)\n"
    checkout = start_checkout(repository, replace(SUMS, tasks=tasks))
    assert checkout.build(ScriptedModel(answer_all(SUMS))).succeeded
    retire(checkout, 3)
    retire(checkout, 4)
    assert checkout.build().succeeded
    assert checkout.git("log", "-2", "--format=%s").splitlines() == [
        "Remove what nothing asks for any more (001/C4)",
        "Remove what nothing asks for any more (001/C3)",
    ]
    assert "T007" in checkout.git("show", f"HEAD~2:{TASKS}")
    assert "T007" not in checkout.git("show", f"HEAD~1:{TASKS}")
    assert "T002" in checkout.git("show", f"HEAD~1:{TASKS}")
    assert "T002" not in checkout.git("show", f"HEAD:{TASKS}")


def test_what_another_still_needs_is_not_touched(sums: Checkout) -> None:
    """C2 and C3 depend on C1, whose own requirement is retired."""
    retire(sums, 1)
    report = sums.build()
    assert report.succeeded
    assert actions(report)["001/C1"] is not Action.REMOVED
    assert (sums.root / "src/sums/doubles.py").is_file()
    assert sums.build().tests == 0


def test_a_component_of_two_requirements_stays_and_is_derived_anew(repository: Path) -> None:
    """One of them still holds: the other one's rows and text are gone from prompt and tests."""
    sketch = SUMS.change(4, refs=("FR-001",))
    checkout = start_checkout(repository, sketch)
    assert checkout.build(ScriptedModel(answer_all(sketch))).succeeded
    retire(checkout, 4)
    model = ScriptedModel({"implement 001/C4": [answer(SUMS.part(4).code)]})
    report = checkout.build(model)
    assert report.succeeded
    assert actions(report)["001/C4"] is Action.GENERATED
    (request,) = model.requests
    assert "A text MUST be shouted." not in request.prompt
    assert "A number MUST be doubled." in request.prompt
    assert (checkout.root / "src/sums/shouts.py").is_file()


def test_a_superseded_requirement_derives_what_implemented_it_anew(sums: Checkout) -> None:
    """FR-005 takes the place of FR-004, in the same component."""
    retire(sums, 4, "*(superseded by FR-005)*")
    spec = sums.read(SPEC_PATH)
    sums.write(
        SPEC_PATH,
        f"{spec}\n- **FR-005**: A text MUST be shouted twice.\n\n"
        '  | Call | Result |\n  | --- | --- |\n  | `shout("a")` | `"AA"` |\n',
    )
    sums.write(PLAN_PATH, sums.read(PLAN_PATH).replace("FR-004", "FR-005"))
    sums.commit()
    twice = "def shout(text: str) -> str:\n    return 2 * text.upper()\n"
    model = ScriptedModel({"implement 001/C4": [answer(twice)]})
    report = sums.build(model)
    assert report.succeeded
    assert {ref for ref, did in actions(report).items() if did is not Action.FRESH} == {"001/C4"}
    (built,) = [built for built in report.components if built.component == "001/C4"]
    assert "001/FR-004 removed" in built.reasons
    assert "001/FR-005 added" in built.reasons
    assert "2 * text.upper()" in sums.read("src/sums/shouts.py")
    tests = sums.read("tests/001_sums/test_c4.py")
    assert '"AA"' in tests or "'AA'" in tests
    assert "FR-004" not in tests


def test_a_superseded_requirement_whose_successor_is_another_components(sums: Checkout) -> None:
    """The old component goes, the one that implements the successor is derived anew."""
    retire(sums, 4, "*(superseded by FR-003)*")
    spec = sums.read(SPEC_PATH)
    sums.write(SPEC_PATH, spec.replace("shown with a bang.", "shown with a bang, loudly."))
    sums.commit()
    model = ScriptedModel({"implement 001/C3": [answer(SUMS.part(3).code)]})
    report = sums.build(model)
    assert report.succeeded
    assert actions(report)["001/C4"] is Action.REMOVED
    assert actions(report)["001/C3"] is Action.GENERATED


def test_another_feature_is_left_alone(wallets: Checkout) -> None:
    """FR-003 goes; C3 stays, since C4 calls it, and so does all of the other feature."""
    path = "specs/001-wallet/spec.md"
    spec = wallets.read(path)
    wallets.write(path, spec.replace("**FR-003**: ", "**FR-003** *(retired 2026-11-22: x)*: "))
    wallets.commit()
    before = wallets.look()[3]
    report = wallets.build()
    assert report.succeeded
    assert report.usage.calls == 0
    after = wallets.look()[3]
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    assert not {path for path in changed if "report" in path or path.startswith("src/")}
