"""OpenSpec's main specs and project, and what is wrong with them."""

from __future__ import annotations

import pytest

from headwater.interop.interface import RemainderKind
from tests.interop.builders import read_openspec
from tests.interop.openspec_documents import LOCK, MAIN


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
