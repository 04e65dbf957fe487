"""OpenSpec: main specs, changes, and what is wrong with them."""

from __future__ import annotations

import pytest

from headwater.interop.interface import RemainderKind
from headwater.spec.marks import Change, Retirement
from tests.interop.builders import Gathered, read_openspec

LOCK = "The system SHALL lock an account after 5 failures."
MAIN = f"""\
# Sign-in Specification

## Purpose

Let people in, and keep others out.

## Requirements

### Requirement: Lock After Failures

{LOCK}

It tells its owner.

#### Scenario: Fifth failure

- **WHEN** the fifth attempt fails
- **THEN** the account is locked

```
### Requirement: not one, it is code
```

#### Scenario: Fourth failure
- **WHEN** the fourth attempt fails
- **THEN** nothing happens

---

### Bare Heading

It MUST be read too.

#### Scenario: Any
- **THEN** it is

## Why

Because.
"""

DELTA = """\
## ADDED Requirements

### Requirement: Sign Out
The system SHALL let people out.

#### Scenario: Out
- **WHEN** someone signs out
- **THEN** the session ends

## MODIFIED Requirements

### Requirement: Stay Locked
An account SHALL stay locked for 10 minutes.

#### Scenario: Waiting
- **WHEN** 10 minutes have passed
- **THEN** it is open

## REMOVED Requirements

### Requirement: Bare Heading
**Reason**: nobody used it
**Migration**: none

## RENAMED Requirements

- FROM: `### Requirement: Lock After Failures`
- TO: `### Requirement: Stay Locked`
"""

CHANGE = "changes/add-sign-out"


def read_change(delta: str, *, main: str = MAIN) -> Gathered:
    """A main spec, and a change to it."""
    return read_openspec({"specs/sign-in/spec.md": main, f"{CHANGE}/specs/sign-in/spec.md": delta})


def test_a_requirement_has_the_id_of_its_name() -> None:
    read = read_openspec({"specs/sign-in/spec.md": MAIN})
    spec = read.feature("sign-in").spec
    assert spec is not None
    assert spec.title == "Sign-in Specification"
    assert [(one.id, one.text) for one in spec.requirements] == [
        (
            "FR-lock-after-failures",
            f"Lock After Failures\n\n{LOCK}\n\nIt tells its owner.",
        ),
        ("FR-bare-heading", "Bare Heading\n\nIt MUST be read too."),
    ]
    assert read.problems == []


def test_scenarios_belong_to_a_story_of_the_same_name() -> None:
    spec = read_openspec({"specs/sign-in/spec.md": MAIN}).feature("sign-in").spec
    assert spec is not None
    story = spec.stories[0]
    assert (story.id, story.title, story.text) == (
        "US-lock-after-failures",
        "Lock After Failures",
        "",
    )
    assert [one.id for one in story.scenarios] == [
        "US-lock-after-failures.fifth-failure",
        "US-lock-after-failures.fourth-failure",
    ]
    assert story.scenarios[0].text.startswith("Fifth failure\n\n- **WHEN** the fifth attempt")
    assert story.scenarios[0].text.endswith("```\n### Requirement: not one, it is code\n```")
    assert not story.scenarios[1].text.endswith("---")


def test_places_and_bytes_are_those_of_the_document() -> None:
    read = read_openspec({"specs/sign-in/spec.md": MAIN})
    spec = read.feature("sign-in").spec
    assert spec is not None
    path = "openspec/specs/sign-in/spec.md"
    requirement, scenario = spec.requirements[1], spec.stories[0].scenarios[1]
    assert str(requirement.place) == f"{path}:30:1"
    assert read.text(path, requirement.span).startswith("### Bare Heading\n")
    assert read.text(path, requirement.span).endswith("- **THEN** it is")
    assert read.text(path, scenario.span).startswith("#### Scenario: Fourth failure\n- **WHEN**")


def test_prose_beside_requirements_is_told() -> None:
    read = read_openspec({"specs/sign-in/spec.md": MAIN})
    remainders = read.features["sign-in"].remainders
    assert [(one.kind, one.title) for one in remainders] == [
        (RemainderKind.PROSE, "Purpose"),
        (RemainderKind.PROSE, "Why"),
    ]
    path, span = "openspec/specs/sign-in/spec.md", remainders[0].span
    assert span is not None
    assert read.text(path, span) == "## Purpose\n\nLet people in, and keep others out."


def test_a_change_links_to_what_it_changes() -> None:
    read = read_change(DELTA)
    spec = read.feature("add-sign-out/sign-in").spec
    assert spec is not None
    lock, bare = (
        (Change(ref=f"sign-in/{ref}"),) for ref in ("FR-lock-after-failures", "FR-bare-heading")
    )
    assert [(one.id, one.changes, one.retired) for one in spec.requirements] == [
        ("FR-sign-out", (), None),
        ("FR-stay-locked", lock, None),
        ("FR-bare-heading", bare, Retirement(reason="nobody used it")),
    ]
    assert read.problems == []


def test_a_rename_alone_is_a_requirement_with_the_new_name() -> None:
    delta = (
        "## RENAMED Requirements\n"
        "- FROM: `### Requirement: Bare Heading`\n- TO: `### Requirement: Full Heading`\n"
    )
    read = read_change(delta)
    spec = read.feature("add-sign-out/sign-in").spec
    assert spec is not None
    [renamed] = spec.requirements
    assert (renamed.id, renamed.text) == ("FR-full-heading", "Full Heading")
    assert renamed.changes == (Change(ref="sign-in/FR-bare-heading"),)
    path = f"openspec/{CHANGE}/specs/sign-in/spec.md"
    assert read.text(path, renamed.span) == delta.partition("\n")[2].rstrip()


def test_names_of_a_rename_may_stand_alone() -> None:
    delta = "## RENAMED Requirements\n\nFROM: `Bare Heading`\nTO: `Full Heading`\n"
    spec = read_change(delta).feature("add-sign-out/sign-in").spec
    assert spec is not None
    assert [one.id for one in spec.requirements] == ["FR-full-heading"]


def test_sections_of_a_delta_may_say_that_they_are_empty() -> None:
    read = read_change(DELTA + "\n## ADDED Requirements\n\n(none)\n")
    assert read.problems == []


def test_a_removal_may_be_a_list() -> None:
    read = read_change("## REMOVED Requirements\n- `### Requirement: Bare Heading`\n")
    spec = read.feature("add-sign-out/sign-in").spec
    assert spec is not None
    [removed] = spec.requirements
    assert (removed.id, removed.retired) == ("FR-bare-heading", Retirement(reason="removed"))


def test_proposal_design_and_tasks_are_those_of_the_change() -> None:
    read = read_openspec(
        {
            f"{CHANGE}/proposal.md": "# Change: Sign out\n\n## Why\n\nPeople ask.\n",
            f"{CHANGE}/design.md": "## Decisions\n\n### Decision 2 — Forget it\n\nNothing stays.\n"
            "\n### Keep the cookie\n\nAs it is.\n\n## Risks\n\nNone.\n",
            f"{CHANGE}/tasks.md": "## 1. All\n\n- [x] 1.1 Add it in src/out.py\n- [ ] 1.2a Test\n"
            "- [ ] Tell people\n",
            f"{CHANGE}/notes.md": "x",
        }
    )
    feature = read.feature("add-sign-out")
    assert feature.spec is not None
    assert feature.plan is not None
    assert feature.tasks is not None
    assert feature.spec.title == "Sign out"
    decisions = [(one.id, one.title, one.text) for one in feature.plan.decisions]
    assert decisions == [
        ("D2", "Forget it", "Nothing stays."),
        ("D3", "Keep the cookie", "As it is."),
    ]
    tasks = [(one.id, one.done, one.text, one.files) for one in feature.tasks.tasks]
    assert tasks == [
        ("T1.1", True, "Add it in src/out.py", ("src/out.py",)),
        ("T1.2a", False, "Test", ()),
        ("T1", False, "Tell people", ()),
    ]
    left = [(one.kind.value, one.title) for one in read.features["add-sign-out"].remainders]
    assert left == [("prose", "Why"), ("prose", "Risks"), ("document", "notes.md")]


def test_capabilities_may_lie_in_folders_and_be_called_like_a_change() -> None:
    read = read_openspec(
        {
            "specs/platform/sign-in/spec.md": MAIN,
            "specs/add-sign-out/spec.md": MAIN,
            f"{CHANGE}/proposal.md": "## Why\n\nx\n",
            f"{CHANGE}/specs/platform/sign-in/spec.md": DELTA,
        }
    )
    assert list(read.features) == [
        "add-sign-out",
        "platform/sign-in",
        "changes/add-sign-out",
        "changes/add-sign-out/platform/sign-in",
    ]
    assert read.problems == []


def test_the_project_is_read_as_principles() -> None:
    read = read_openspec(
        {
            "project.md": "# Shop\n\nWe sell.\n\n## Stack\n\nPython.\n\n### Tests\n\npytest.\n",
            "config.yaml": "schema: spec-driven\ncontext: |\n  Ünicode.\nrules:\n"
            "  proposal:\n    - Be short\n    - Say why\n",
        }
    )
    project, config = read.project.guidance
    assert [(one.id, one.title, one.text) for one in project.articles] == [
        ("project.shop", "Shop", "We sell."),
        ("project.stack", "Stack", "Python.\n\n### Tests\n\npytest."),
    ]
    assert [(one.id, one.text, one.place.line) for one in config.articles] == [
        ("project.context", "Ünicode.", 2),
        ("project.rules.proposal", "- Be short\n- Say why", 5),
    ]
    assert read.problems == []


@pytest.mark.parametrize(
    ("main", "code", "line"),
    [
        ("## Requirements\n\n### Requirement: A\n\nx\n", "requirement-without-scenario", 3),
        ("## Requirements\n\n### Requirement: A\n#### S\n- y\n", "requirement-without-text", 3),
        ("## Requirements\n### Requirement: A\nx\n#### S\n", "scenario-without-steps", 4),
        ("## Purpose\n\nx\n", "no-requirements", 1),
        ("## O\n## Requirement: A\nx\n### S\ny\n", "requirement-misplaced", 2),
        (
            "## Requirements\n### B\nx\n#### S\ny\n### Requirement:\nx\n",
            "requirement-not-read",
            6,
        ),
    ],
)
def test_what_is_wrong_with_a_main_spec_has_a_place(main: str, code: str, line: int) -> None:
    read = read_openspec({"specs/a/spec.md": main})
    assert read.at() == [(code, "openspec/specs/a/spec.md", line)]


def test_a_misplaced_requirement_is_read_with_its_scenarios() -> None:
    text = "## ADDED Requirements\n\n## Requirement: A\n\nx\n\n### Scenario: S\n\n- y\n"
    spec = read_openspec({"specs/a/spec.md": text}).feature("a").spec
    assert spec is not None
    assert [(one.id, one.text) for one in spec.requirements] == [("FR-a", "A\n\nx")]
    assert [one.id for one in spec.stories[0].scenarios] == ["US-a.s"]


@pytest.mark.parametrize(
    ("delta", "code", "line"),
    [
        (
            "## MODIFIED Requirements\n### Requirement: No Such\nx\n#### S\ny\n",
            "change-without-requirement",
            2,
        ),
        (
            "## ADDED Requirements\n### Requirement: Bare Heading\nx\n#### S\ny\n",
            "requirement-added-twice",
            2,
        ),
        ("## RENAMED Requirements\n- FROM: x\n", "no-requirements", 1),
        ("## Notes\n\nx\n", "no-requirements", 1),
        ("## ADDED Requirements\n### Requirement: A\nx\n#### S\ny\n### Docs\n", None, 6),
    ],
)
def test_what_is_wrong_with_a_delta_has_a_place(delta: str, code: str | None, line: int) -> None:
    path = f"openspec/{CHANGE}/specs/sign-in/spec.md"
    assert (code or "heading-not-read", path, line) in read_change(delta).at()


def test_a_rename_without_both_names_is_an_error() -> None:
    read = read_change("## RENAMED Requirements\n\n- TO: `### Requirement: B`\n")
    assert ("rename-unreadable", f"openspec/{CHANGE}/specs/sign-in/spec.md", 1) in read.at()


@pytest.mark.parametrize(
    ("config", "code", "line"),
    [
        ("a: [\n", "config-unreadable", 2),
        ("- a\n", "config-not-read", 1),
        ("schema: x\nother: y\n", "config-not-read", 2),
        ("context:\n  a: b\n", "config-not-read", 1),
    ],
)
def test_what_is_wrong_with_the_config_has_a_place(config: str, code: str, line: int) -> None:
    assert read_openspec({"config.yaml": config}).at() == [(code, "openspec/config.yaml", line)]


def test_other_names_with_the_same_letters_get_other_ids() -> None:
    text = (
        "## Requirements\n### Requirement: A/B\nx\n#### S\ny\n### Requirement: A B\nx\n#### S\ny\n"
    )
    spec = read_openspec({"specs/a/spec.md": text}).feature("a").spec
    assert spec is not None
    assert [one.id for one in spec.requirements] == ["FR-a-b", "FR-a-b-2"]
