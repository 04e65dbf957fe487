"""Phases: what several stories stand on first, then story by story, then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.spec.model import Source
from headwater.spec.read_plan import read_plan
from headwater.spec.read_spec import read_spec
from headwater.steps.tasks.phases import cut_phases

if TYPE_CHECKING:
    from headwater.spec.model import Component, Spec

SPEC = """\
# Feature Specification: Sums

### User Story 1 - Look (Priority: P2)

**Acceptance Scenarios**:

1. **Given** a, **When** b, **Then** c.

### User Story 2 - Pay (Priority: P1)

**Acceptance Scenarios**:

1. **Given** a, **When** b, **Then** c.

- **FR-001**: It MUST hold.
"""


def read(spec: str = SPEC) -> Spec:
    return read_spec(Source(path="specs/001-sums/spec.md", data=spec.encode()))


def plan(*parts: tuple[str, str]) -> tuple[Component, ...]:
    """Components C1, C2 …: what each implements and depends on."""
    lines = ["# Implementation Plan: Sums", "", "## Components", ""]
    for number, (refs, needs) in enumerate(parts, 1):
        lines += [f"### C{number}: part", "", f"**File**: `src/sums/p{number}.py`"]
        lines += [f"**Implements**: {refs}", f"**Depends on**: {needs}", ""]
    return read_plan(Source(path="plan.md", data="\n".join(lines).encode())).components


def cut(*parts: tuple[str, str], spec: str = SPEC) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    return [(one.title, one.levels) for one in cut_phases(plan(*parts), read(spec))]


PAY = "User Story 2 - Pay (Priority: P1)"
LOOK = "User Story 1 - Look (Priority: P2)"


def test_what_two_stories_stand_on_comes_before_both_and_the_first_priority_first() -> None:
    assert cut(("FR-001", "none"), ("US1.1", "C1"), ("US2.1", "C1")) == [
        ("Foundational", (("C1",),)),
        (PAY, (("C3",),)),
        (LOOK, (("C2",),)),
    ]


def test_what_one_story_stands_on_is_part_of_it() -> None:
    assert cut(("FR-001", "none"), ("FR-001", "C1"), ("US2.1", "C2")) == [
        (PAY, (("C1",), ("C2",), ("C3",)))
    ]


def test_what_no_story_asks_for_comes_last() -> None:
    assert cut(("FR-001", "C2"), ("US2.1", "none")) == [
        (PAY, (("C2",),)),
        ("Other requirements", (("C1",),)),
    ]


def test_a_story_s_component_that_an_earlier_story_needs_moves_there() -> None:
    assert cut(("US1.1", "none"), ("US2.1", "C1")) == [(PAY, (("C1",), ("C2",)))]


def test_without_stories_there_is_one_phase() -> None:
    bare = "# Feature Specification: Sums\n\n- **FR-001**: It MUST hold.\n"
    assert cut(("FR-001", "none"), ("FR-001", "none"), spec=bare) == [
        ("Other requirements", (("C1", "C2"),))
    ]


def test_the_first_phase_never_needs_a_later_one() -> None:
    """C1 serves both stories through C2, which is of no story itself."""
    found = cut(("FR-001", "none"), ("FR-001", "C1"), ("US1.1", "C2"), ("US2.1", "C2"))
    assert found[0] == ("Foundational", (("C1",), ("C2",)))
