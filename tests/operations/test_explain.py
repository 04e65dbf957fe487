from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError, UsageError
from headwater.graph.states import State
from headwater.operations.explain import Answer, ExplainedFile, explain
from headwater.wiring import list_targets
from tests.cli.projects import CODE_PATH, PLAN_PATH, RECORD_PATH, SPEC_PATH, TEST_PATH
from tests.operations.builders import CONSTITUTION_PATH
from tests.operations.wallets import DOCUMENTS, WALLET_PLAN, WALLET_SPEC, WALLET_TASKS

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.explain import ExplainReport
    from headwater.operations.tracing.explain_code import ExplainedDefinition
    from tests.operations.builders import Checkout

AMOUNTS = "src/wallet/amounts.py"


def run_explain(root: Path, path: str, line: int = 0) -> ExplainReport:
    return explain(root, root / path, targets=list_targets(), line=line)


def explain_derived(root: Path, path: str) -> ExplainedFile:
    report = run_explain(root, path)
    assert report.answer is Answer.DERIVED
    assert report.derived is not None
    return report.derived


def line_of(text: str, part: str) -> int:
    """The number of the first line that holds `part`."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def explain_line(checkout: Checkout, path: str, part: str) -> ExplainReport:
    return run_explain(checkout.root, path, line_of(checkout.read(path), part))


def definition_at(checkout: Checkout, path: str, part: str) -> ExplainedDefinition:
    definition = explain_line(checkout, path, part).definition
    assert definition is not None
    return definition


def test_code_is_explained_by_its_component(built: Path) -> None:
    found = explain_derived(built, f"docs/../{CODE_PATH}")

    assert (found.owner, found.name, found.is_code) == ("001/C1", "slugs", True)
    assert found.implements == ("001/FR-001",)
    assert {"001/C1", "001/FR-001"} <= set(found.sources)
    assert found.generator is not None
    assert found.generator.model == "scripted:script.json"
    assert (found.state, found.reasons, found.passed) == (State.FRESH, (), 2)


def test_tests_and_support_are_explained_too(built: Path) -> None:
    own = explain_derived(built, TEST_PATH)
    shared = explain_derived(built, "tests/001_titles/conftest.py")

    assert (own.owner, own.is_code) == ("001/C1", False)
    assert (shared.owner, shared.name, shared.generator) == ("001", "", None)


def test_a_file_that_is_gone_is_still_explained(built: Path) -> None:
    (built / CODE_PATH).unlink()

    found = explain_derived(built, CODE_PATH)

    assert (found.state, found.passed) == (State.MISSING, None)


def test_a_component_that_left_the_plan_has_no_name(built: Path) -> None:
    plan = (built / PLAN_PATH).read_text(encoding="utf-8")
    (built / PLAN_PATH).write_text(plan.partition("### C1")[0], encoding="utf-8")

    found = explain_derived(built, CODE_PATH)

    assert (found.owner, found.name, found.state) == ("001/C1", "", State.ORPHANED)


def test_a_file_of_a_persons_own_may_be_changed(built: Path) -> None:
    (built / "notes.txt").write_text("Mine.\n", encoding="utf-8")

    assert run_explain(built, "notes.txt").answer is Answer.OWN


def test_documents_may_be_changed_and_records_not(built: Path) -> None:
    assert run_explain(built, SPEC_PATH).answer is Answer.SOURCE
    assert run_explain(built, RECORD_PATH).answer is Answer.RECORD


@pytest.mark.parametrize(
    ("path", "message"),
    [("", "found the folder"), ("src", "found the folder"), ("nowhere.py", "found none")],
)
def test_what_is_no_file_is_refused(built: Path, path: str, message: str) -> None:
    with pytest.raises(HeadwaterError, match=message):
        run_explain(built, path)


def test_a_line_beyond_the_end_is_refused(built: Path) -> None:
    lines = len((built / SPEC_PATH).read_text(encoding="utf-8").splitlines())

    assert run_explain(built, SPEC_PATH, lines).line == lines
    with pytest.raises(UsageError, match=f"which has {lines}, found {lines + 1}"):
        run_explain(built, SPEC_PATH, lines + 1)


def test_what_is_planned_and_not_derived_says_so(built: Path) -> None:
    plan = (built / PLAN_PATH).read_text(encoding="utf-8")
    section = plan[plan.index("### C1") :]
    other = section.replace("C1", "C2").replace(CODE_PATH, "src/titles/more.py")
    (built / PLAN_PATH).write_text(plan + "\n" + other, encoding="utf-8")

    found = run_explain(built, "src/titles/more.py")

    assert found.answer is Answer.PLANNED
    assert [ref.ref for ref in found.refs] == ["001/C2", "001/FR-001"]


def test_a_line_of_code_leads_to_its_function_tests_and_requirements(wallets: Checkout) -> None:
    """A helper is run by all that calls it, here through three other components."""
    report = explain_line(wallets, AMOUNTS, "return amount < 0")
    definition = report.definition

    assert definition is not None
    assert definition.name == "_is_wrong"
    assert {test.ref for test in definition.tests} == {
        "001/FR-001",
        "001/FR-002",
        "001/FR-003",
        "001/US1.1",
        "002/FR-001",
    }
    assert {"001/C1 check", "002/C1 summarise", "001/C4 main"} <= set(definition.used_by)
    assert report.refs[0].ref == "001/FR-001"
    assert report.refs[0].decisions == ("001/D1 Whole coins",)


def test_what_does_not_lead_to_a_function_is_left_out(wallets: Checkout) -> None:
    shown = definition_at(wallets, "src/wallet/display.py", "def show")

    assert {test.ref for test in shown.tests} == {"001/FR-003", "001/US1.1"}
    assert definition_at(wallets, AMOUNTS, "def _spare").tests == ()


def test_a_program_is_run_by_command_lines_only(wallets: Checkout) -> None:
    definition = definition_at(wallets, "src/wallet/cli.py", "def main")

    assert [test.ref for test in definition.tests] == ["001/US1.1"]
    assert definition.used_by == ("001/C4 (outside of functions)",)


def test_a_line_outside_of_functions_is_explained_by_its_file(wallets: Checkout) -> None:
    report = explain_line(wallets, "src/wallet/cli.py", "import sys")

    assert report.definition is None
    assert [ref.ref for ref in report.refs] == ["001/US1.1"]


@pytest.mark.parametrize(
    ("path", "part", "item", "leads_to"),
    [
        (WALLET_SPEC, "An amount below zero", "001/FR-001", ["001/FR-001"]),
        (WALLET_SPEC, "`check(-1)`", "001/FR-001", ["001/FR-001"]),
        (WALLET_SPEC, "a wallet with 10", "001/US1.1", ["001/US1.1"]),
        (WALLET_SPEC, "`wallet 10 4`", "001/US1.1", ["001/US1.1"]),
        (WALLET_SPEC, "from the command line", "001/US1", ["001/US1.1"]),
        (WALLET_SPEC, "Receipts", "001/FR-004", []),
        (WALLET_SPEC, "under a second", "001/SC-001", []),
        (WALLET_PLAN, "whole coins", "001/D1", ["001/FR-001", "001/FR-002"]),
        (WALLET_PLAN, "def show", "001/C3", ["001/FR-003"]),
        (WALLET_TASKS, "Take payments", "001/T001", ["001/US1.1", "001/FR-002"]),
        (CONSTITUTION_PATH, "calls.forbidden", "article/I", [f"001/FR-00{n}" for n in (1, 2, 3)]),
        (CONSTITUTION_PATH, "Nothing checks", "article/II", []),
    ],
)
def test_a_line_of_a_document_leads_to_its_item_and_what_came_of_it(
    wallets: Checkout, path: str, part: str, item: str, leads_to: list[str]
) -> None:
    report = run_explain(wallets.root, path, line_of(DOCUMENTS[path], part))

    assert report.answer is Answer.SOURCE
    assert [ref.ref for ref in report.refs] == [item]
    assert set(leads_to) <= {found.ref for found in report.items}
    assert bool(leads_to) == bool(report.items)


def test_a_line_that_belongs_to_no_item_has_none(wallets: Checkout) -> None:
    report = run_explain(wallets.root, WALLET_SPEC, 1)

    assert (report.refs, report.items) == ((), ())
