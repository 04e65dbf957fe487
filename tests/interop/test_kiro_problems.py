"""What is wrong with Kiro's documents is told with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.interop.kiro.read import Kiro
from tests.interop.builders import read_all
from tests.interop.kiro_documents import read_feature

if TYPE_CHECKING:
    from headwater.spec.model import Problem

REQUIREMENT = "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. x\n"


@pytest.mark.parametrize(
    ("documents", "code", "line"),
    [
        ({"requirements": "# R\n\nx\n"}, "no-requirements", 1),
        ({"requirements": "### Requirement 1: A\n\nx\n"}, "requirement-without-criteria", 1),
        (
            {"requirements": REQUIREMENT + "\n---\n\n1. y\n"},
            "criteria-start-over",
            9,
        ),
        (
            {"requirements": REQUIREMENT.replace("1. x", "2.1 x")},
            "criterion-number-foreign",
            5,
        ),
        (
            {"requirements": REQUIREMENT + "\n## Acceptance Criteria\n\n1. x\n"},
            "criteria-without-requirement",
            7,
        ),
        (
            {"requirements": REQUIREMENT, "tasks": "- [ ] 1. y\n  - _Requirements: 1.1, 7.7_\n"},
            "task-ref-unknown",
            2,
        ),
        ({"requirements": REQUIREMENT, "tasks": "- [?] 1. y\n"}, "task-mark-unknown", 1),
        ({"requirements": REQUIREMENT, "tasks": "Nothing to do.\n"}, "no-tasks", 1),
        (
            {
                "requirements": REQUIREMENT,
                "design": "## Property 1: P\n\n**Validates: Requirements 3.1**\n",
            },
            "validates-unknown",
            3,
        ),
        ({"requirements": REQUIREMENT, "design": "x\n\n```\ny\n"}, "not-closed", 3),
    ],
)
def test_what_is_wrong_has_a_place(documents: dict[str, str], code: str, line: int) -> None:
    found = [(one.code, one.place.line) for one in read_feature(**documents).problems]
    assert found == [(code, line)]


def test_a_document_that_is_not_text_is_a_problem_and_the_others_are_read() -> None:
    read = read_all(
        Kiro(),
        {
            ".kiro/specs/auth/requirements.md": b"\xff\xfe",
            ".kiro/specs/auth/tasks.md": b"- [ ] 1. x\n",
            ".kiro/steering/a.md": b"\xff",
        },
    )
    feature = read.feature("auth")
    problems: list[Problem] = [*read.features["auth"].problems, *read.project.problems]
    assert feature.spec is None
    assert feature.tasks is not None
    assert [(one.code, one.place.path) for one in problems] == [
        ("document-not-utf-8", ".kiro/specs/auth/requirements.md"),
        ("document-not-utf-8", ".kiro/steering/a.md"),
    ]
