"""Specs: stories, scenarios, requirements, criteria, questions."""

from __future__ import annotations

import pytest

from headwater.spec.marks import Retirement
from headwater.spec.model import Place
from tests.spec.builders import at, spec_of

SPEC = """\
# Feature Specification: Wallet

**Status**: Draft

## User Scenarios & Testing *(mandatory)*

### User Story 1 - Pay in (Priority: P1)

A person pays in.

**Why this priority**: nothing works without.

**Acceptance Scenarios**:

1. **Given** an account, **When** 5 is paid in,
   **Then** its balance is 5.
2. **Given** none, **When** 5 is paid in, **Then** it fails.

---

### User Story 2 - Pay out (Priority: P2)

A person pays out. [NEEDS CLARIFICATION: how much [in cents]
at most?]

### Edge Cases

- What of nothing?

## Requirements *(mandatory)*

### Functional Requirements

- **FR-001**: Wallet MUST keep
  a balance.
  - in cents
- **FR-002**: Wallet MUST refuse `[NEEDS CLARIFICATION: no question]`.

### Key Entities

- **Account**: has a balance.

## Success Criteria

### Measurable Outcomes

- **SC-001**: A payment takes a second.
"""


def test_a_spec_kit_spec() -> None:
    spec = spec_of(SPEC)
    assert spec.title == "Wallet"
    assert spec.problems == ()
    assert [(s.id, s.title, s.priority) for s in spec.stories] == [
        ("US1", "Pay in", "P1"),
        ("US2", "Pay out", "P2"),
    ]
    first, second = spec.stories
    assert first.text == "A person pays in.\n\n**Why this priority**: nothing works without."
    assert [(s.id, s.text) for s in first.scenarios] == [
        ("US1.1", "**Given** an account, **When** 5 is paid in,\n**Then** its balance is 5."),
        ("US1.2", "**Given** none, **When** 5 is paid in, **Then** it fails."),
    ]
    assert second.scenarios == ()
    assert [(r.id, r.text) for r in spec.requirements] == [
        ("FR-001", "Wallet MUST keep\na balance.\n- in cents"),
        ("FR-002", "Wallet MUST refuse `[NEEDS CLARIFICATION: no question]`."),
    ]
    assert [(c.id, c.text) for c in spec.criteria] == [("SC-001", "A payment takes a second.")]
    assert [c.text for c in spec.clarifications] == ["how much [in cents] at most?"]


def test_places_and_spans_are_exact() -> None:
    spec = spec_of(SPEC)
    requirement = spec.requirements[0]
    assert requirement.place == Place(path="specs/001-demo/spec.md", line=34, column=5)
    assert spec.source.text(requirement.span) == (
        "- **FR-001**: Wallet MUST keep\n  a balance.\n  - in cents"
    )
    scenario = spec.stories[0].scenarios[1]
    assert spec.source.text(scenario.span).startswith("2. **Given** none")
    assert spec.source.text(spec.stories[1].span).startswith("### User Story 2")
    assert spec.source.text(spec.stories[1].span).endswith("at most?]")
    assert spec.clarifications[0].place.line == 23


def test_ends_of_line_and_byte_order_mark_change_no_text() -> None:
    """A checkout on another system must not look like an edit."""
    plain, other = spec_of(SPEC), spec_of("\ufeff" + SPEC.replace("\n", "\r\n"))
    assert [r.text for r in other.requirements] == [r.text for r in plain.requirements]
    assert [s.text for s in other.stories] == [s.text for s in plain.stories]
    assert [r.place for r in other.requirements] == [r.place for r in plain.requirements]
    assert other.title == plain.title
    assert other.source.text(other.requirements[1].span).startswith("- **FR-002**")


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("- **FR-001**: Text", ("FR-001", "Text")),
        ("- **FR-001:** Text", ("FR-001", "Text")),
        ("- **FR-001** Text", ("FR-001", "Text")),
        ("* __FR-001__ - Text", ("FR-001", "Text")),
        ("- FR-001: Text", ("FR-001", "Text")),
        ("1. FR-001 – Text", ("FR-001", "Text")),
        ("- `FR-001`: Text", ("FR-001", "Text")),
        ("- [FR-001] Text", ("FR-001", "Text")),
        ("- [ ] **FR-001**: Text", ("FR-001", "Text")),
        ("- **FR-001a**: Text", ("FR-001a", "Text")),
        ("- **FR-AUTH-012**: Text", ("FR-AUTH-012", "Text")),
        ("- **NFR-001**: Text", ("NFR-001", "Text")),
        ("- **R001** (MUST): Text", ("R001", "(MUST): Text")),
        ("- **FR-001 (MUST)**: Text", ("FR-001", "**(MUST)**: Text")),
        ("- **FR-001 - Title**: Text", ("FR-001", "**Title**: Text")),
        ("- **FR-001**: **Given** a", ("FR-001", "**Given** a")),
        ("- ~~**FR-001**~~: Text", ("FR-001", "Text")),
        ("- **FR-001**：文字", ("FR-001", "文字")),
        ("#### FR-001: Title\n\nText", ("FR-001", "Title\n\nText")),
        ("#### **FR-001** Title", ("FR-001", "Title")),
        ("#### FR-001\n\nText", ("FR-001", "Text")),
        ("| Id | Says |\n| --- | --- |\n| FR-001 | Text |", ("FR-001", "Text")),
        ("Id | Says\n--- | ---\n**FR-001** | Text | and more", ("FR-001", "Text | and more")),
    ],
)
def test_requirements_as_real_files_write_them(item: str, expected: tuple[str, str]) -> None:
    spec = spec_of(f"## Requirements\n\n{item}\n")
    assert [(r.id, r.text) for r in spec.requirements] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "- FR-001 says so.",
        "- **FR-001–FR-003**: see above",
        "- **FR-001**, **FR-002**: see above",
        "- see **FR-001**: it says so",
        "Text.\n\n**FR-001**: no item",
        "<!-- - **FR-001**: x -->",
        "<!--\n- **FR-001**: x\n-->",
        "- <!-- **FR-001**: --> x FR-001",
        "```\n- **FR-001**: x\n```",
        "~~~\n| Id | Says |\n| --- | --- |\n| FR-001 | x |\n~~~",
        "    - **FR-001**: x",
        "# FR-001: the title of all",
        "| Id |\n| --- |\n| FR-001 |",
    ],
)
def test_what_only_looks_like_a_requirement(text: str) -> None:
    """Mentions, comments and code declare nothing."""
    assert spec_of(text + "\n").requirements == ()


def test_nested_requirements_are_told_apart() -> None:
    spec = spec_of("- **FR-001**: All\n\n  of it\n\n  - **FR-001a**: a part\n  - a point\n")
    assert [(r.id, r.text) for r in spec.requirements] == [
        ("FR-001", "All\n\nof it\n\n- a point"),
        ("FR-001a", "a part"),
    ]


def test_a_list_declares_before_a_heading_and_a_heading_before_a_table() -> None:
    spec = spec_of(
        "## Requirements\n\n- **FR-001**: One\n\n#### FR-002: Two\n\n#### FR-001\n\n"
        "## Trace\n\n| Id | Task |\n| --- | --- |\n| FR-001 | T001 |\n| FR-002 | T002 |\n"
    )
    assert [(r.id, r.text) for r in spec.requirements] == [("FR-001", "One"), ("FR-002", "Two")]


def test_an_id_declared_in_a_second_chapter_is_a_mention() -> None:
    spec = spec_of("## Requirements\n\n- **FR-001**: One\n\n## Trace\n\n- **FR-001**: T001\n")
    assert [r.text for r in spec.requirements] == ["One"]
    assert [at(p) for p in spec.problems] == [("id-declared-elsewhere", 7, 5)]


def test_an_id_declared_twice_in_one_chapter_is_kept_twice() -> None:
    """So that the check for duplicate ids sees both."""
    spec = spec_of("## Requirements\n\n- **FR-001**: One\n- **FR-001**: Two\n")
    assert [r.text for r in spec.requirements] == ["One", "Two"]


def test_items_without_an_id_are_reported() -> None:
    spec = spec_of(
        "## Requirements\n\n### Functional Requirements\n\n- **FR-001**: One\n- Two\n\n"
        "### Non-Functional Requirements\n\n- Three\n\n### Measurable Outcomes\n\n- Four\n"
    )
    assert [at(p) for p in spec.problems] == [
        ("item-without-id", 6, 1),
        ("item-without-id", 10, 1),
        ("item-without-id", 14, 1),
    ]
    for problem, wanted in zip(spec.problems, ("FR-001", "NFR-001", "SC-001"), strict=True):
        assert f"such as {wanted} at" in problem.message


def test_items_inside_html_are_reported() -> None:
    """Markdown reads a list there only after an empty line."""
    spec = spec_of(
        "<details>\n- **FR-001**: One\n\n- **FR-002**: Two\n</details>\n<!-- - FR-9 -->\n"
    )
    assert [r.id for r in spec.requirements] == ["FR-002"]
    assert [at(p) for p in spec.problems] == [("item-in-html", 1, 1)]


@pytest.mark.parametrize(
    ("text", "rest", "retirement"),
    [
        ("**FR-004** *(retired 2026-11-22: too slow)*", "", ("too slow", "2026-11-22", "")),
        ("**FR-004** *(retired: too slow)*: Text", "Text", ("too slow", "", "")),
        ("**FR-004** *(retired)* Text", "Text", ("", "", "")),
        ("**FR-004**: Text _(retired 2026-11-22)_ more", "Text more", ("", "2026-11-22", "")),
        ("**FR-004** *(superseded by FR-012)*: Text", "Text", ("", "", "FR-012")),
        (
            "**FR-004** **(superseded by 002/FR-001 2026-11-22: moved (all of it))**",
            "",
            ("moved (all of it)", "2026-11-22", "002/FR-001"),
        ),
        (
            "**FR-004**: (retired 2026-11-22: why\n  ever) Text",
            "Text",
            ("why ever", "2026-11-22", ""),
        ),
    ],
)
def test_retirement(text: str, rest: str, retirement: tuple[str, str, str]) -> None:
    [requirement] = spec_of(f"- {text}\n").requirements
    reason, date, by = retirement
    assert requirement.retired == Retirement(reason=reason, date=date, superseded_by=by)
    assert requirement.text == rest


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("(retired users keep their data)", []),
        ("<!-- *(retired)* --> Text", []),
        ("Users *(retired ones too)* log in", ["retirement-unreadable"]),
        ("*(superseded by the next)* Text", ["retirement-unreadable"]),
        ("*(retired 22.11.2026)* Text", ["retirement-unreadable"]),
    ],
)
def test_what_is_no_retirement_leaves_the_requirement_in_force(text: str, codes: list[str]) -> None:
    spec = spec_of(f"- **FR-004**: {text}\n")
    assert [r.retired for r in spec.requirements] == [None]
    assert [p.code for p in spec.problems] == codes
