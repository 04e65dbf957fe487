"""Kiro: requirements, bugs, design, tasks and steering, in English and Japanese."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.interop.kiro.read import Kiro
from tests.interop.builders import Gathered, read_all, read_kiro

if TYPE_CHECKING:
    from headwater.spec.model import Problem, Spec

ENGLISH = """\
# Requirements Document

## Introduction

Signing in.

## Requirements

### Requirement 1

**User Story:** As a member, I want to sign in, so that I see my page.

#### Acceptance Criteria

1. WHEN the password is right THEN THE System SHALL open the page.
2. IF it is wrong THEN THE System SHALL:
   - say so
   - count it

### Requirement 2: Locking

**User Story:** As an owner, I want locking.

#### Acceptance Criteria

2.1 THE System SHALL lock after 5 failures.
2.2 WHILE locked, THE System SHALL refuse [NEEDS CLARIFICATION: for how long?].

#### Notes

1. Nobody reads this.
"""

JAPANESE = """\
# 要件定義書

## 要件

### 要件 1: 計測

**Why**: 効果を知る。

#### 受け入れ基準

1.1. 以下を計測する:
   - 表示
   - 送信

1.2. 週に一度見る。

---

### 要件 2：通知

**Acceptance Criteria**

- 2.1 新着を知らせる
- 2.2 止められる
"""

BUGFIX = """\
# Bugfix Requirements Document

## Introduction

It crashes.

## Bug Analysis

### Current Behavior (Defect)

1.1 WHEN the cart is empty THEN the system crashes

### Expected Behavior (Correct)

2.1 WHEN the cart is empty THEN the system SHALL say so

### Unchanged Behavior (Regression Prevention)

3.1 WHEN the cart is full THEN the system SHALL CONTINUE TO charge
"""

DESIGN = """\
# Design Document

## Overview

Plain.

## Design Decisions

### 1. One table

Enough.

## Correctness Properties

### Property 1: Locked stays locked

*For any* account, it holds.

**Validates: Requirements 1.2, 2.1-2.2**
"""

TASKS = """\
# Implementation Plan

- [x] 1. Set up
  - [x] 1.1 (P) Write src/lock.py
    - with care
    - _Requirements: 1.1, 2.1_
  - [ ]* 1.2 Write tests
    - **Property 1: Locked stays locked**
    - **Validates: Requirements 2**
    - _Depends: 1.1_
- [-] 2. Ship it
  - _Requirements: 2.1–2.2_
"""


def read_feature(**documents: str) -> Gathered:
    """One spec called `auth`."""
    return read_kiro({f"specs/auth/{name}.md": text for name, text in documents.items()})


def spec_of(read: Gathered) -> Spec:
    spec = read.feature("auth").spec
    assert spec is not None
    return spec


def test_requirements_are_stories_and_criteria_are_requirements() -> None:
    read = read_feature(requirements=ENGLISH)
    spec = spec_of(read)
    assert spec.title == "auth"
    assert [(one.id, one.title) for one in spec.stories] == [("US1", ""), ("US2", "Locking")]
    assert spec.stories[0].text.startswith("**User Story:** As a member")
    assert "Acceptance Criteria" not in spec.stories[0].text
    assert spec.stories[1].text.endswith("#### Notes\n\n1. Nobody reads this.")
    assert [(one.id, one.text) for one in spec.requirements] == [
        ("FR-1.1", "WHEN the password is right THEN THE System SHALL open the page."),
        ("FR-1.2", "IF it is wrong THEN THE System SHALL:\n- say so\n- count it"),
        ("FR-2.1", "THE System SHALL lock after 5 failures."),
        (
            "FR-2.2",
            "WHILE locked, THE System SHALL refuse [NEEDS CLARIFICATION: for how long?].",
        ),
    ]
    assert [one.text for one in spec.clarifications] == ["for how long?"]
    assert read.problems == []
    assert [one.title for one in read.features["auth"].remainders] == ["Introduction"]


def test_japanese_is_read_alike() -> None:
    read = read_feature(requirements=JAPANESE)
    spec = spec_of(read)
    assert [(one.id, one.title) for one in spec.stories] == [("US1", "計測"), ("US2", "通知")]
    assert spec.stories[0].text == "**Why**: 効果を知る。"
    assert spec.stories[1].text == ""
    assert [(one.id, one.text) for one in spec.requirements] == [
        ("FR-1.1", "以下を計測する:\n   - 表示\n   - 送信"),
        ("FR-1.2", "週に一度見る。"),
        ("FR-2.1", "新着を知らせる"),
        ("FR-2.2", "止められる"),
    ]
    assert read.problems == []


def test_places_and_bytes_are_those_of_the_document() -> None:
    read = read_feature(requirements=JAPANESE)
    found = spec_of(read).requirements
    path = ".kiro/specs/auth/requirements.md"
    assert [str(one.place) for one in found] == [f"{path}:{line}:1" for line in (11, 15, 23, 24)]
    assert read.text(path, found[0].span) == "1.1. 以下を計測する:\n   - 表示\n   - 送信"
    assert read.text(path, found[1].span) == "1.2. 週に一度見る。"
    assert read.text(path, found[3].span) == "- 2.2 止められる"


@pytest.mark.parametrize(
    ("heading", "story", "title"),
    [
        ("### 3. Locking", "US3", "Locking"),
        ("### REQ-4: Locking", "US4", "Locking"),
        ("### Locking", "US1", "Locking"),
        ("## Requirement 2 - Locking", "US2", "Locking"),
        ("### Requirement 5", "US5", ""),
    ],
)
def test_a_heading_above_criteria_is_a_requirement(heading: str, story: str, title: str) -> None:
    text = (
        f"# R\n\n{heading}\n\nWhy.\n\n**Acceptance Criteria:**\n\n- a\n- b\n\n**Notes:**\n\n- c\n"
    )
    spec = spec_of(read_feature(requirements=text))
    assert [(one.id, one.title) for one in spec.stories] == [(story, title)]
    assert [one.text for one in spec.requirements] == ["a", "b"]
    assert spec.stories[0].text == "Why.\n\n**Notes:**\n\n- c"


def test_a_heading_between_criteria_belongs_to_none() -> None:
    text = (
        "### Expected Behavior (Correct)\n\nThese hold:\n\n#### Links\n\n2.1 a\n\n"
        "#### Errors\n\n2.2 b:\n   - c\n\n2.3 d\n"
    )
    spec = spec_of(read_feature(bugfix=text))
    assert [(one.id, one.text) for one in spec.requirements] == [
        ("FR-2.1", "a"),
        ("FR-2.2", "b:\n   - c"),
        ("FR-2.3", "d"),
    ]


def test_properties_may_be_paragraphs() -> None:
    text = (
        "# D\n\n## Correctness Properties\n\nThese hold.\n\n**Property 1: Open**\n*For any* x.\n"
        "**Validates: Requirements 1.1**\n\nProperty 2: Preservation - Rest\n\n_For any_ y.\n\n"
        "**Validates: Requirements 2.1, 2.2**\n\n## Rest\n\nx\n"
    )
    read = read_feature(requirements=ENGLISH, design=text)
    plan = read.feature("auth").plan
    assert plan is not None
    assert [(one.id, one.title, one.serves) for one in plan.decisions] == [
        ("P1", "Open", ("FR-1.1",)),
        ("P2", "Preservation - Rest", ("FR-2.1", "FR-2.2")),
    ]
    assert plan.decisions[0].text.startswith("*For any* x.")
    titles = [one.title for one in read.features["auth"].remainders]
    assert titles == ["Introduction", "Correctness Properties", "Rest"]


def test_numbers_of_tasks_in_bold_type() -> None:
    tasks = "- [x] **1.1** Write\n- [ ] **Task 2: Ship it** (a day)\n-   [ ] 3) Rest\n"
    found = read_feature(requirements=ENGLISH, tasks=tasks).feature("auth").tasks
    assert found is not None
    assert [(one.id, one.text) for one in found.tasks] == [
        ("T1.1", "Write"),
        ("T2", "**Ship it** (a day)"),
        ("T3", "Rest"),
    ]


def test_a_bug_must_become_what_is_expected_and_leave_the_rest() -> None:
    read = read_feature(bugfix=BUGFIX)
    spec = spec_of(read)
    assert [one.id for one in spec.stories] == ["US1", "US2", "US3"]
    assert spec.stories[0].text == "1.1 WHEN the cart is empty THEN the system crashes"
    assert [(one.id, one.text) for one in spec.requirements] == [
        ("FR-2.1", "WHEN the cart is empty THEN the system SHALL say so"),
        ("FR-3.1", "WHEN the cart is full THEN the system SHALL CONTINUE TO charge"),
    ]
    assert read.problems == []


def test_a_japanese_bug() -> None:
    text = (
        "## 現在の動作\n\n1.1 落ちる\n\n## 期待される動作\n\n2.1 知らせる\n\n"
        "## 変更しない動作\n\n3.1 続ける\n"
    )
    assert [one.id for one in spec_of(read_feature(bugfix=text)).requirements] == [
        "FR-2.1",
        "FR-3.1",
    ]


def test_a_task_of_a_bug_may_name_the_defect() -> None:
    tasks = "- [ ] 1. Reproduce\n  - _Requirements: 1.1, 2.1_\n"
    read = read_feature(bugfix=BUGFIX, tasks=tasks)
    found = read.feature("auth").tasks
    assert found is not None
    assert found.tasks[0].refs == ("US1", "FR-2.1")
    assert read.problems == []


def test_decisions_and_properties_say_what_they_serve() -> None:
    read = read_feature(requirements=ENGLISH, design=DESIGN)
    plan = read.feature("auth").plan
    assert plan is not None
    assert plan.title == "auth"
    assert [(one.id, one.title, one.serves) for one in plan.decisions] == [
        ("D1", "One table", ()),
        ("P1", "Locked stays locked", ("FR-1.2", "FR-2.1", "FR-2.2")),
    ]
    assert [one.title for one in read.features["auth"].remainders] == ["Introduction", "Overview"]
    assert read.problems == []


def test_tasks_with_their_refs() -> None:
    read = read_feature(requirements=ENGLISH, tasks=TASKS)
    found = read.feature("auth").tasks
    assert found is not None
    assert [
        (one.id, one.done, one.parallel, one.text, one.refs, one.depends_on, one.files)
        for one in found.tasks
    ] == [
        ("T1", True, False, "Set up", (), (), ()),
        ("T1.1", True, True, "Write src/lock.py", ("FR-1.1", "FR-2.1"), (), ("src/lock.py",)),
        ("T1.2", False, False, "Write tests", ("US2",), ("T1.1",), ()),
        ("T2", False, False, "Ship it", ("FR-2.1", "FR-2.2"), (), ()),
    ]
    marks = [one.title for one in read.features["auth"].remainders if one.kind.value == "mark"]
    assert marks == ["T1.2 is optional", "T2 is in progress"]
    assert read.problems == []


def test_a_star_after_the_number_makes_a_task_optional_too() -> None:
    """It is no part of the text; where emphasis begins, it stays."""
    read = read_feature(tasks="- [ ] 1.1* (P) Validate\n- [ ] 2. *Maybe* ship\n- [ ] 3*4 is 12\n")
    found = read.feature("auth").tasks
    assert found is not None
    assert [(one.id, one.parallel, one.text) for one in found.tasks] == [
        ("T1.1", True, "Validate"),
        ("T2", False, "*Maybe* ship"),
        ("T3", False, "*4 is 12"),
    ]
    marks = [one.title for one in read.features["auth"].remainders if one.kind.value == "mark"]
    assert marks == ["T1.1 is optional"]


def test_steering_is_read_as_principles() -> None:
    read = read_kiro(
        {
            "steering/tech.md": (
                "---\ninclusion: always\n---\n# Tech\n\nFirst.\n\n## テスト\n\npytest\n"
            ),
            "steering/empty.md": "# Nothing\n",
        }
    )
    empty, tech = read.project.guidance
    assert empty.articles == ()
    assert [(one.id, one.text, one.place.line) for one in tech.articles] == [
        ("tech.tech", "First.", 4),
        ("tech.テスト", "pytest", 8),
    ]
    assert [one.title for one in read.project.remainders] == ["inclusion: always"]
    assert read.problems == []


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
