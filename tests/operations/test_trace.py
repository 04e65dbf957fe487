from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.graph.states import State
from headwater.graph.trace import Coverage
from headwater.operations.trace import trace
from headwater.wiring import list_targets
from tests.cli.projects import CODE_PATH, SPEC_PATH

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.tracing.trace_report import TraceReport
    from tests.operations.builders import Checkout

MORE = """
- **FR-002**: A title MUST NOT be empty.
- **FR-003** *(retired 2026-01-01: nobody asked)*: Titles are short.

## Success Criteria

- **SC-001**: Everybody is glad.
"""


def run_trace(root: Path, ref: str = "") -> TraceReport:
    return trace(root, ref=ref, targets=list_targets())


@pytest.fixture
def grown(built: Path) -> Path:
    """The built repository with a requirement more, one that is retired, and a criterion."""
    with (built / SPEC_PATH).open("a", encoding="utf-8") as spec:
        spec.write(MORE)
    return built


@pytest.mark.parametrize("ref", ["", "001/FR-001", "FR-001", "C1", "001/C1", "001", "titles"])
def test_follows_a_requirement_to_its_last_results(built: Path, ref: str) -> None:
    (item,) = run_trace(built, ref).items
    (component,) = item.components

    assert (item.ref, item.coverage) == ("001/FR-001", Coverage.VERIFIED)
    assert (component.ref, component.name) == ("001/C1", "slugs")
    assert (component.state, component.passed) == (State.FRESH, 2)
    assert item.files == (CODE_PATH,)
    assert len(item.tests) == 2


def test_a_verification_of_other_code_counts_for_nothing(built: Path) -> None:
    code = (built / CODE_PATH).read_text(encoding="utf-8")
    (built / CODE_PATH).write_text(code + "\nx = 1\n", encoding="utf-8")

    (item,) = run_trace(built).items

    assert item.coverage is Coverage.PENDING
    assert item.components[0].passed is None


def test_what_nothing_implements_comes_first(grown: Path) -> None:
    items = run_trace(grown).items

    assert [(one.ref, one.coverage) for one in items] == [
        ("001/FR-002", Coverage.UNIMPLEMENTED),
        ("001/FR-001", Coverage.VERIFIED),
    ]


@pytest.mark.parametrize(
    ("ref", "message", "hint"),
    [
        ("001/FR-004", "there is no `001/FR-004`", "001/FR-00"),
        ("FR-4711", "there is no `FR-4711`", ""),
        ("SC-001", "of the kind criterion", "requirement"),
        ("FR-003", "`001/FR-003` is retired", ""),
    ],
)
def test_what_cannot_be_traced_is_refused(grown: Path, ref: str, message: str, hint: str) -> None:
    with pytest.raises(HeadwaterError) as caught:
        run_trace(grown, ref)

    assert message in caught.value.message
    assert hint in caught.value.hint


def test_a_ref_that_two_features_have_needs_its_number(grown: Path) -> None:
    other = grown / "specs/002-other/spec.md"
    other.parent.mkdir()
    other.write_text("# Spec\n\n- **FR-001**: Nothing MUST happen.\n", encoding="utf-8")

    with pytest.raises(HeadwaterError) as caught:
        run_trace(grown, "FR-001")

    assert caught.value.hint == "Choose one of: 001/FR-001, 002/FR-001."
    assert run_trace(grown, "002/FR-001").ref == "002/FR-001"


@pytest.mark.parametrize(
    ("ref", "leads_to"),
    [
        ("D1", {"001/FR-001", "001/FR-002"}),
        ("T001", {"001/FR-002", "001/US1.1"}),
        ("001/T002", {"001/US1.1"}),
        ("T003", set()),
        ("001/C1", {"001/FR-001"}),
        ("article/I", {"001/FR-001", "001/FR-002", "001/FR-003", "001/US1.1"}),
        ("article/II", set()),
        ("src/report/summary.py", {"002/FR-001"}),
        ("tests/001_wallet/test_feature.py", {"001/US1.1"}),
        ("tests/001_wallet/test_c2.py::test_fr_002", {"001/FR-002"}),
        ("US1", {"001/US1.1"}),
        ("002", {"002/FR-001"}),
    ],
)
def test_everything_leads_back_to_requirements(
    wallets: Checkout, ref: str, leads_to: set[str]
) -> None:
    assert {item.ref for item in run_trace(wallets.root, ref).items} == leads_to


def test_a_path_is_relative_to_the_folder_that_one_works_in(wallets: Checkout) -> None:
    report = run_trace(wallets.root / "src/report", "../wallet/cli.py")

    assert report.ref == "src/wallet/cli.py"
    assert [item.ref for item in report.items] == ["001/US1.1"]


def test_a_requirement_leads_to_decisions_tasks_and_results(wallets: Checkout) -> None:
    (item,) = run_trace(wallets.root, "001/FR-002").items

    assert [decision.ref for decision in item.decisions] == ["001/D1"]
    assert [task.ref for task in item.tasks] == ["001/T001"]
    assert [(test.file, test.passed) for test in item.tests] == [
        ("tests/001_wallet/test_c2.py", True)
    ]


def test_a_test_has_passed_only_while_all_that_it_runs_stands(wallets: Checkout) -> None:
    code = wallets.read("src/wallet/cli.py")
    wallets.write("src/wallet/cli.py", f"{code}# by hand\n")

    items = run_trace(wallets.root).items

    assert {item.ref: [test.passed for test in item.tests] for item in items} == {
        "001/US1.1": [False],
        "001/FR-001": [True, True],
        "001/FR-002": [True],
        "001/FR-003": [True],
        "002/FR-001": [True],
    }
