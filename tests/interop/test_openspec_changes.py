"""OpenSpec's changes: what they link to, and what is wrong with them."""

from __future__ import annotations

import pytest

from headwater.spec.marks import Change, Retirement
from tests.interop.builders import read_openspec
from tests.interop.openspec_documents import CHANGE, DELTA, MAIN, read_change


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
