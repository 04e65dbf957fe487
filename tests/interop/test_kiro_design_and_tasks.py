"""Kiro's designs become decisions with what they serve, its tasks tasks with their refs."""

from __future__ import annotations

from tests.interop.kiro_documents import BUGFIX, DESIGN, ENGLISH, TASKS, read_feature


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


def test_decisions_may_stand_below_a_bold_label() -> None:
    text = (
        "# D\n\n## Flow\n\nA picture.\n\n**Key Decision**: Keep `a` in\none table.\n\n"
        "## Stack\n\n**Key Decisions**:\n- Redis is shared\n- No queue\n  - it is not needed\n\n"
        "Text.\n\n- What this list says is decided nowhere\n\nThe **Key Decisions** of others.\n"
    )
    read = read_feature(requirements=ENGLISH, design=text)
    plan = read.feature("auth").plan
    assert plan is not None
    assert [(one.id, one.title) for one in plan.decisions] == [
        ("D1", "Keep `a` in one table."),
        ("D2", "Redis is shared"),
        ("D3", "No queue"),
    ]
    assert "it is not needed" in plan.decisions[2].text


def test_numbers_of_tasks_in_bold_type() -> None:
    tasks = "- [x] **1.1** Write\n- [ ] **Task 2: Ship it** (a day)\n-   [ ] 3) Rest\n"
    found = read_feature(requirements=ENGLISH, tasks=tasks).feature("auth").tasks
    assert found is not None
    assert [(one.id, one.text) for one in found.tasks] == [
        ("T1.1", "Write"),
        ("T2", "**Ship it** (a day)"),
        ("T3", "Rest"),
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
