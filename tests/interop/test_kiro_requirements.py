"""Kiro's requirements and bugs become stories and requirements, in English and Japanese."""

from __future__ import annotations

import pytest

from tests.interop.kiro_documents import BUGFIX, ENGLISH, JAPANESE, read_feature, spec_of


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
