"""User stories and their scenarios, as real files write them."""

from __future__ import annotations

import pytest

from tests.spec.builders import at, spec_of


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("### User Story 1 - Title (Priority: P1)", ("US1", "Title", "P1")),
        ("### User Story 12: A - b (Priority: P3) 🎯 MVP", ("US12", "A - b 🎯 MVP", "P3")),
        ("### US1 (P1) — Title", ("US1", "Title", "P1")),
        ("### US-2: Title", ("US2", "Title", "")),
        ("#### **User Story 3** — `Title`", ("US3", "`Title`", "")),
        ("## Story 4", ("US4", "", "")),
        ("### 用户故事 1 - 标题 (优先级: P1)", ("US1", "标题", "P1")),
        ("### Historia de usuario 2 - Título (Prioridad: P2)", ("US2", "Título", "P2")),
    ],
)
def test_story_headings(heading: str, expected: tuple[str, str, str]) -> None:
    spec = spec_of(f"# Title\n\n{heading}\n\nText\n")
    assert [(s.id, s.title, s.priority) for s in spec.stories] == [expected]


@pytest.mark.parametrize(
    "heading",
    [
        "# User Story 1",
        "### User Stories",
        "### Story of 1 day",
        "### Phase 1 - A (P1)",
        "User Story 1",
    ],
)
def test_other_headings_are_no_stories(heading: str) -> None:
    assert spec_of(f"{heading}\n\nText\n").stories == ()


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ("1. **Given** a\n2. **Given** b", ["US1.1", "US1.2"]),
        ("3. Given a\n3. When b", ["US1.3", "US1.4"]),
        ("**Acceptance Scenarios**:\n\n1. one\n2. two", ["US1.1", "US1.2"]),
        ("**Acceptance**\n- one\n- two", ["US1.1", "US1.2"]),
        ("- **Acceptance Scenarios**:\n  1. one\n  2. two", ["US1.1", "US1.2"]),
        ("- **Given** a\n- **Given** b", ["US1.1", "US1.2"]),
        ("#### Acceptance Scenarios\n\n- one\n\n#### Notes\n\n- two", ["US1.1"]),
        ("**验收场景**:\n\n1. 一\n2. 二", ["US1.1", "US1.2"]),
        ("Steps:\n\n1. one\n\n**Scenarios**:\n\n1. two", ["US1.1"]),
        (
            "**Acceptance**:\n\n1. one\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n2. two",
            ["US1.1", "US1.2"],
        ),
        ("- one\n- two", []),
        ("1. **FR-001**: a requirement", []),
        ("**Acceptance**:\n\n1. Given a\n   - and b\n   - and c", ["US1.1"]),
    ],
)
def test_scenario_lists(body: str, ids: list[str]) -> None:
    spec = spec_of(f"### User Story 1 - T\n\n{body}\n")
    assert [s.id for s in spec.stories[0].scenarios] == ids
    assert spec.problems == ()


def test_scenarios_that_start_over_count_on() -> None:
    spec = spec_of("### US1 - T\n\n1. Given a\n2. Given b\n\nAlso:\n\n1. Given c\n")
    assert [s.id for s in spec.stories[0].scenarios] == ["US1.1", "US1.2", "US1.3"]
    assert [at(p) for p in spec.problems] == [("scenarios-start-over", 8, 1)]


def test_a_story_inside_another_keeps_its_own_scenarios() -> None:
    spec = spec_of("## User Story 1\n\n1. Given a\n\n### User Story 2\n\n1. Given b\n2. Given c\n")
    assert [[s.id for s in story.scenarios] for story in spec.stories] == [
        ["US1.1"],
        ["US2.1", "US2.2"],
    ]


def test_a_spec_with_one_unnumbered_story_has_the_scenarios_beside_it() -> None:
    """As in Spec Kit's first templates."""
    spec = spec_of(
        "## User Scenarios & Testing\n\n### Primary User Story\n\nA clerk pays.\n\n"
        "### Acceptance Scenarios\n\n1. **Given** a, **When** b, **Then** c.\n\n"
        "### Edge Cases\n\n- What of nothing?\n"
    )
    [story] = spec.stories
    assert (story.id, story.text) == ("US1", "A clerk pays.")
    assert [scenario.id for scenario in story.scenarios] == ["US1.1"]
    assert spec.source.text(story.span).endswith("**Then** c.")
    assert [case.text for case in spec.edge_cases] == ["What of nothing?"]
    assert spec.problems == ()


def test_scenarios_without_a_story_are_kept_and_reported() -> None:
    spec = spec_of(
        "## Scenarios\n\n- **Given** a, **When** b, **Then** c.\n- a remark\n\n### Pay\n\n"
        "**When** d\n**Then** e\n\n### Why\n\nText.\n\n## ADDED Requirements\n\n### It pays\n\n"
        "It MUST pay.\n\n#### Scenario: paying\n\n- **WHEN** f\n- **THEN** g\n"
    )
    assert [(s.title, s.place.line) for s in spec.loose_scenarios] == [
        ("", 3),
        ("Pay", 6),
        ("paying", 21),
    ]
    assert spec.loose_scenarios[2].text == "- **WHEN** f\n- **THEN** g"
    assert [item.text for item in spec.unnumbered] == ["It pays\n\nIt MUST pay."]
    assert [problem.code for problem in spec.problems] == [
        "scenario-without-story",
        "passage-not-read",
        "scenario-without-story",
        "item-without-id",
        "scenario-without-story",
    ]
