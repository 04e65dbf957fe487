"""Specs: assumptions, edge cases, key entities, answered questions, items without ids."""

from __future__ import annotations

import pytest

from headwater.spec.model import Place
from headwater.spec.statements import Standing
from tests.spec.builders import at, spec_of


@pytest.mark.parametrize(
    ("item", "text", "standing", "date"),
    [
        ("- Clerks read.", "Clerks read.", Standing.UNMARKED, ""),
        ("- Clerks read (confirmed)", "Clerks read", Standing.CONFIRMED, ""),
        ("- Clerks read (Confirmed 2026-11-22).", "Clerks read", Standing.CONFIRMED, "2026-11-22"),
        ("- *(confirmed 2026-11-22)* Clerks read", "Clerks read", Standing.CONFIRMED, "2026-11-22"),
        ("- [x] Clerks read", "Clerks read", Standing.CONFIRMED, ""),
        ("- [ ] Clerks read", "Clerks read", Standing.OPEN, ""),
        ("- Clerks read **(open)**", "Clerks read", Standing.OPEN, ""),
        ("- [x] Clerks read (open)", "Clerks read", Standing.OPEN, ""),
        ("- The shop (open) sells", "The shop (open) sells", Standing.UNMARKED, ""),
        (
            "- Clerks read [NEEDS CLARIFICATION: all?]",
            "Clerks read [NEEDS CLARIFICATION: all?]",
            Standing.OPEN,
            "",
        ),
    ],
)
def test_an_assumption_and_its_standing(
    item: str, text: str, standing: Standing, date: str
) -> None:
    [assumption] = spec_of(f"## Assumptions\n\n{item}\n").assumptions
    assert (assumption.text, assumption.standing, assumption.date) == (text, standing, date)
    assert assumption.place == Place(path="specs/001-demo/spec.md", line=3, column=1)


def test_assumptions_stand_in_lists_groups_tables_and_paragraphs() -> None:
    spec = spec_of(
        "## 5. Dependencies & Assumptions *(optional)*\n\nWe assume:\n\n- a\n  - of a\n- b\n\n"
        "### About clerks\n\nc,\nand more\n\n### None\n\nNone.\n\n"
        "### Others\n\n| Assumption |\n| --- |\n| d |\n"
    )
    assert [a.text for a in spec.assumptions] == ["a\n- of a", "b", "c,\nand more", "| d |"]
    texts = [spec.source.text(a.span) for a in spec.assumptions]
    assert texts == ["- a\n  - of a", "- b", "c,\nand more", "| d |"]


def test_a_label_of_its_own_opens_a_topic_for_the_list_below_it() -> None:
    spec = spec_of(
        "## Requirements\n\n**Edge Cases**:\n\n- none left\n- too many\n\n"
        "Text about Edge Cases:\n\nText.\n\n- no edge case\n"
    )
    assert [case.text for case in spec.edge_cases] == ["none left", "too many"]


def test_a_topic_ends_where_another_begins() -> None:
    spec = spec_of(
        "## Edge Cases\n\n- a\n\n### Assumptions\n\n- b\n\n#### Why\n\n- c\n\n"
        "## User Story 1 - Edge cases (P1)\n\n- d\n\n## Requirements\n\n- **FR-001**: e\n"
    )
    assert [case.text for case in spec.edge_cases] == ["a"]
    assert [a.text for a in spec.assumptions] == ["b", "c"]


@pytest.mark.parametrize(
    ("item", "name", "text"),
    [
        ("- **Account**: holds money", "Account", "holds money"),
        ("- **Account:** holds money", "Account", "holds money"),
        ("- **Event log** (`x.jsonl`) — a list", "Event log", "(`x.jsonl`) — a list"),
        ("- **`Account`** — holds", "Account", "holds"),
        ("- `Account`: holds", "Account", "holds"),
        ("- Account - holds", "Account", "holds"),
        ("- Account\n  - number", "Account", "- number"),
        ("| Entity | What |\n| --- | --- |\n| Account | holds |", "Account", "holds |"),
    ],
)
def test_an_entity_has_a_name(item: str, name: str, text: str) -> None:
    [entity] = spec_of(f"### Key Entities *(include if data)*\n\n{item}\n").entities
    assert (entity.name, entity.text) == (name, text)


@pytest.mark.parametrize(
    "item",
    [
        "- Q: Which currency? → A: Euro.",
        "- **Q**: Which currency? -> **A**: Euro.",
        "- Q1: Which currency?\n  A1: Euro.",
        "- Q: Which currency?\n  - A: Euro.",
        "- Q: Which currency?\n- A: Euro.",
        "- **Question:** Which currency? **Answer:** Euro.",
    ],
)
def test_an_answered_question(item: str) -> None:
    spec = spec_of(f"## Clarifications\n\n### Session 2026-11-22\n\n{item}\n")
    assert spec.problems == ()
    [answer] = spec.answers
    assert (answer.question, answer.answer) == ("Which currency?", "Euro.")
    assert answer.session == "2026-11-22"
    assert spec.source.text(answer.span) == item
    assert answer.place.line == 5


def test_what_is_no_answer_is_reported() -> None:
    spec = spec_of("## Clarifications\n\n- Q: a?\n- Euro it is.\n- Q: b? → A: c\n- Q: d?\n")
    assert [(a.question, a.answer) for a in spec.answers] == [("b?", "c")]
    assert [at(problem) for problem in spec.problems] == [
        ("answer-unreadable", 3, 1),
        ("answer-unreadable", 4, 1),
        ("answer-unreadable", 6, 1),
    ]


def test_items_without_an_id_are_kept_with_their_places() -> None:
    spec = spec_of(
        "### Functional Requirements\n\n- It MUST\n  work.\n- See FR-001\n\n"
        "## Success Criteria\n\n- Fast\n"
    )
    assert [(i.text, i.wanted, i.place.line) for i in spec.unnumbered] == [
        ("It MUST\nwork.", "FR-001", 3),
        ("Fast", "SC-001", 9),
    ]
    assert [at(problem) for problem in spec.problems] == [
        ("item-without-id", 3, 1),
        ("item-without-id", 9, 1),
    ]
