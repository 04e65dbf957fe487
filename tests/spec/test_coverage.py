"""What of a document was read as something, and what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings

from headwater.spec.coverage import measure_coverage
from headwater.spec.model import Source
from headwater.spec.read_constitution import read_constitution
from headwater.spec.read_plan import read_plan
from headwater.spec.read_spec import read_spec
from headwater.spec.read_tasks import read_tasks
from tests.spec.builders import at, constitution_of, plan_of, source_of, spec_of, tasks_of
from tests.spec.test_any_text import documents

if TYPE_CHECKING:
    from headwater.spec.model import Plan, Problem, Spec, TaskList


def find_unread(read: Spec | Plan | TaskList) -> list[Problem]:
    return [problem for problem in read.problems if problem.code == "passage-not-read"]


def test_every_byte_of_a_spec_is_an_item_structure_prose_or_unknown() -> None:
    spec = spec_of(
        "# Spec\n\n**Status**: x\n\n## Summary\n\nabc\n\n## Requirements\n\nThese:\n\n"
        "- **FR-001**: a\n- without\n\nloose\n\n## Constraints\n\n- none\n- at all\n\n---\n"
    )
    coverage = measure_coverage(spec)
    assert coverage.items == len("-**FR-001**:a")
    assert coverage.reported == len("-without")
    assert coverage.structure == len("#Spec##Summary##Requirements##ConstraintsThese:---")
    assert coverage.prose == {"introduction": len("**Status**:x"), "overview": len("abc")}
    assert [(spec.source.text(p.span), p.section, p.expected) for p in coverage.passages] == [
        ("loose", "Requirements", True),
        ("- none\n- at all", "Constraints", False),
    ]
    assert coverage.unknown == len("loose-none-atall")


def test_what_is_no_item_where_items_are_expected_is_reported_once() -> None:
    spec = spec_of(
        "## Requirements\n\n- **FR-001**: a\n\n| Rule |\n| --- |\n| It MUST |\n\n"
        "It MUST too.\n\n- without an id\n\n## Design\n\nText.\n"
    )
    [problem] = find_unread(spec)
    assert at(problem) == ("passage-not-read", 5, 1)
    assert "these 5 lines were read as nothing" in problem.message
    assert "Requirements" in problem.message


def test_what_each_document_is_made_of() -> None:
    plan = plan_of(
        "## Components\n\nProse.\n\n### C1: a\n\n**File**: `a.py`\n\n## Key Decisions\n\n- b\n"
    )
    assert [problem.place.line for problem in find_unread(plan)] == [3]
    tasks = tasks_of(
        "## Phase 1: Setup\n\n**Goal**: a\n\n- [ ] T001 a\n- b\n- [ ] c\n\n## Dependencies\n\n- d\n"
    )
    assert [problem.place.line for problem in find_unread(tasks)] == [6]
    assert measure_coverage(tasks).reported == len("-[]c")
    constitution = constitution_of("## Core Principles\n\n### I. A\n\nB.\n\n### Loose\n\nC.\n")
    assert [p.place.line for p in measure_coverage(constitution).passages] == [9]


def test_a_task_that_is_reported_counts_as_reported_though_it_names_itself() -> None:
    tasks = tasks_of("## Phase 1: Setup\n\n- [ ] T001 a\n- [~] T002 reverted\n- **Later**\n")
    assert [problem.code for problem in tasks.problems] == ["task-mark-unknown", "passage-not-read"]
    coverage = measure_coverage(tasks)
    assert coverage.reported == len("-[~]T002reverted")
    assert coverage.unknown == len("-**Later**")


def test_a_document_that_cannot_be_read_is_unknown() -> None:
    coverage = measure_coverage(read_spec(Source(path="x.md", data=b"a \xff\n")))
    assert (coverage.total, coverage.unknown, len(coverage.passages)) == (2, 2, 1)


@settings(max_examples=150, deadline=None)
@given(text=documents)
def test_the_numbers_add_up_to_all_that_is_not_blank(text: str) -> None:
    source = source_of(text.encode(errors="replace").decode())
    for read in (read_spec, read_plan, read_tasks, read_constitution):
        coverage = measure_coverage(read(source))
        assert coverage.total == len(b"".join(source.data.split()))
        for passage in coverage.passages:
            assert source.data[passage.span.start : passage.span.end].strip()
