"""Research, checklists, data models and contracts: read beside the documents that count."""

from __future__ import annotations

import pytest

from headwater.spec.read_checklist import read_checklist
from headwater.spec.read_data_model import read_data_model
from headwater.spec.read_project import read_project
from headwater.spec.read_research import read_research
from tests.spec.builders import plan_of, source_of

PARTS = ("Use whole cents.", "Exact.", "floats")


@pytest.mark.parametrize(
    "text",
    [
        (
            "## Decision 1: Cents\n\n**Decision**: Use whole cents.\n\n**Rationale**: Exact.\n\n"
            "**Alternatives considered**: floats\n"
        ),
        (
            "## D1 — Cents\n\n- **Decision:** Use whole cents.\n- **Why**: Exact.\n"
            "- **Alternatives**: floats\n"
        ),
        "## Cents\n\n**Chosen**: Use whole cents.\n**Rationale**: Exact.\n**Rejected**: floats\n",
        (
            "### R1. Cents\n\n#### Decision\n\nUse whole cents.\n\n#### Rationale\n\nExact.\n\n"
            "#### Alternatives considered\n\nfloats\n"
        ),
        "## Decision: Cents\n\nUse whole cents.\n\n**Reason**: Exact.\n\n**Options**: floats\n",
    ],
)
def test_a_resolution_has_its_parts_however_they_are_written(text: str) -> None:
    research = read_research(source_of(f"# Research\n\nWhy.\n\n{text}\n## Other\n\nText.\n"))
    [found] = research.resolutions
    assert (found.choice, found.rationale, found.alternatives) == PARTS
    assert found.title == "Cents"
    assert research.source.text(found.span) == text.strip()
    assert found.place.line == 5


def test_resolutions_without_headings_begin_at_each_label() -> None:
    research = read_research(
        source_of(
            "# Research\n\n**Decision**: a\n\n- more\n**Rationale**: b\n\n"
            "**Decision**: c\n**Note**: d\n"
        )
    )
    assert [(r.title, r.choice, r.rationale) for r in research.resolutions] == [
        ("", "a\n\n- more", "b"),
        ("", "c", ""),
    ]
    spans = [research.source.text(r.span) for r in research.resolutions]
    assert spans[1] == "**Decision**: c\n**Note**: d"


def test_a_plan_keeps_decisions_without_ids() -> None:
    plan = plan_of(
        "## Key Decisions (rollup)\n\n- **Whole cents.** They are exact.\n- Floats are not.\n"
        "- **Decision**: No database.\n\n### Files\n\nOne a day.\n\n### D1: Named\n\nText.\n"
    )
    assert [(d.title, d.choice) for d in plan.key_decisions] == [
        ("Whole cents", "They are exact."),
        ("", "Floats are not."),
        ("", "No database."),
        ("Files", "One a day."),
    ]
    assert [decision.id for decision in plan.decisions] == ["D1"]


def test_checklist_items_are_those_with_a_box() -> None:
    checklist = read_checklist(
        source_of(
            "# Quality Checklist: Wallet\n\n## Content\n\n- [x] CHK001 All is said [Spec §FR-001]\n"
            "- [ ] **CHK002**: Nothing is said twice\n  - [X] in lists\n\n## Notes\n\n- A note\n"
        )
    )
    assert checklist.title == "Quality Checklist: Wallet"
    assert [(i.id, i.done, i.text, i.group, i.place.line) for i in checklist.items] == [
        ("CHK001", True, "All is said [Spec §FR-001]", "Content", 5),
        ("CHK002", False, "Nothing is said twice", "Content", 6),
        ("", True, "in lists", "Content", 7),
    ]


def test_entities_of_a_data_model() -> None:
    model = read_data_model(
        source_of(
            "# Data Model\n\n## Entity: Account (new)\n\nHolds money.\n\n### Rules\n\nNone.\n\n"
            "## Entry\n\n| Field | Type |\n| --- | --- |\n| cents | int |\n\n"
            "## Key Entities\n\n### Clerk\n\nReads.\n\n## Moves\n\n| From | To |\n| --- | --- |\n"
        )
    )
    assert [entity.name for entity in model.entities] == ["Account", "Entry", "Clerk"]
    assert [entity.text for entity in model.entities] == [
        "(new)\n\nHolds money.",
        "| Field | Type |\n| --- | --- |\n| cents | int |",
        "Reads.",
    ]


def test_a_feature_carries_what_stands_beside_its_spec() -> None:
    folder = "specs/001-demo"
    project = read_project(
        {
            f"{folder}/spec.md": b"# Spec",
            f"{folder}/research.md": b"## D1: Why\n\nSo.\n",
            f"{folder}/data-model.md": b"## Entity: A\n",
            f"{folder}/checklists/b.md": b"- [x] b\n",
            f"{folder}/checklists/a.md": b"- [x] a\n",
            f"{folder}/contracts/api.yaml": b"openapi: 3.1.0\n",
            "specs/002-notes/research.md": b"## D1: Why\n",
        }
    )
    [feature] = project.features
    assert feature.research
    assert feature.research.resolutions[0].choice == "So."
    assert feature.data_model
    assert [entity.name for entity in feature.data_model.entities] == ["A"]
    assert [item.text for one in feature.checklists for item in one.items] == ["a", "b"]
    assert [source.path for source in feature.contracts] == [f"{folder}/contracts/api.yaml"]
