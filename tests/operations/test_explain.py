from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.errors import HeadwaterError
from headwater.graph.states import State
from headwater.operations.explain import explain
from headwater.wiring import list_targets
from tests.cli.projects import CODE_PATH, PLAN_PATH, RECORD_PATH, SPEC_PATH, TEST_PATH

if TYPE_CHECKING:
    from pathlib import Path

    from headwater.operations.explain import ExplainReport


def run_explain(root: Path, path: str) -> ExplainReport:
    return explain(root, root / path, targets=list_targets())


def test_code_is_explained_by_its_component(built: Path) -> None:
    found = run_explain(built, f"docs/../{CODE_PATH}")

    assert (found.path, found.owner, found.name, found.is_code) == (
        CODE_PATH,
        "001/C1",
        "slugs",
        True,
    )
    assert found.implements == ("001/FR-001",)
    assert {"001/C1", "001/FR-001"} <= set(found.sources)
    assert found.generator is not None
    assert found.generator.model == "scripted:script.json"
    assert (found.state, found.reasons, found.passed) == (State.FRESH, (), 2)


def test_tests_and_support_are_explained_too(built: Path) -> None:
    own = run_explain(built, TEST_PATH)
    shared = run_explain(built, "tests/001_titles/conftest.py")

    assert (own.owner, own.is_code) == ("001/C1", False)
    assert (shared.owner, shared.name, shared.generator) == ("001", "", None)


def test_a_file_that_is_gone_is_still_explained(built: Path) -> None:
    (built / CODE_PATH).unlink()

    found = run_explain(built, CODE_PATH)

    assert (found.state, found.passed) == (State.MISSING, None)


def test_a_component_that_left_the_plan_has_no_name(built: Path) -> None:
    plan = (built / PLAN_PATH).read_text(encoding="utf-8")
    (built / PLAN_PATH).write_text(plan.partition("### C1")[0], encoding="utf-8")

    found = run_explain(built, CODE_PATH)

    assert (found.owner, found.name, found.state) == ("001/C1", "", State.ORPHANED)


@pytest.mark.parametrize("path", ["README.md", SPEC_PATH, RECORD_PATH, "", "src"])
def test_what_no_record_names_is_refused(built: Path, path: str) -> None:
    with pytest.raises(HeadwaterError, match="no lock record names"):
        run_explain(built, path)


def test_what_is_planned_and_not_derived_says_so(built: Path) -> None:
    plan = (built / PLAN_PATH).read_text(encoding="utf-8")
    section = plan[plan.index("### C1") :]
    other = section.replace("C1", "C2").replace(CODE_PATH, "src/titles/more.py")
    (built / PLAN_PATH).write_text(plan + "\n" + other, encoding="utf-8")

    with pytest.raises(HeadwaterError, match="planned for 001/C2 and not derived yet"):
        run_explain(built, "src/titles/more.py")
