"""What items rest on, and what of a change below them is a reason for suspicion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.basis import Grounds, explain_suspicion, list_basis
from headwater.graph.index import index_summaries
from headwater.graph.summary import summarise_feature
from headwater.spec.model import Feature, Source
from headwater.spec.read_plan import read_plan
from headwater.spec.read_spec import read_spec

if TYPE_CHECKING:
    from headwater.graph.index import Index

SPEC = """\
# Feature Specification: Wallet

## User Scenarios & Testing

### User Story 1 - Pay (Priority: P1)

**Acceptance Scenarios**:

1. **Given** 10, **When** 4 are paid, **Then** 6 are left.
2. **Given** 10, **When** 11 are paid, **Then** nothing is.

## Requirements

- **FR-001**: The wallet MUST refuse debts.
- **FR-002**: The wallet MUST print.
"""
PLAN = """\
# Implementation Plan: Wallet

## Components

### C1: payment

**File**: `src/pay.py`
**Implements**: US1, FR-001
"""
NOTHING = Grounds()


def read(*, spec: str = SPEC, plan: str = PLAN) -> Index:
    feature = Feature(
        number="001",
        slug="wallet",
        folder="specs/001-wallet",
        spec=read_spec(Source(path="specs/001-wallet/spec.md", data=spec.encode())),
        plan=read_plan(Source(path="specs/001-wallet/plan.md", data=plan.encode())),
    )
    return index_summaries((), [summarise_feature(feature, interfaces={})])


def explain(now: Index, *, then: Index | None = None, grounds: Grounds = NOTHING) -> list[str]:
    """Why C1 is suspect now, where it was drafted from what stood there then, without grounds."""
    recorded = list_basis("001/C1", index=then or read(), grounds=NOTHING)
    return [str(one) for one in explain_suspicion("001/C1", recorded, index=now, grounds=grounds)]


def test_a_component_rests_on_the_scenarios_of_its_story() -> None:
    assert list(list_basis("001/C1", index=read(), grounds=NOTHING)) == [
        "001/US1",
        "001/US1.1",
        "001/US1.2",
        "001/FR-001",
    ]


def test_a_scenario_that_its_story_gets_or_loses_is_a_reason() -> None:
    more = read(spec=SPEC.replace("nothing is.\n", "nothing is.\n3. **Given** 0, **Then** 0.\n"))
    less = read(
        spec=SPEC.replace("2. **Given** 10, **When** 11 are paid, **Then** nothing is.\n", "")
    )
    assert "001/US1.3 added" in explain(more)
    assert "001/US1.2 removed" in explain(less)


def test_a_retired_and_a_removed_requirement_are_told_apart() -> None:
    retired = read(spec=SPEC.replace("**FR-001**:", "**FR-001** *(retired 2026-01-02: no)*:"))
    removed = read(spec=SPEC.replace("- **FR-001**: The wallet MUST refuse debts.\n", ""))
    assert explain(retired) == ["001/FR-001 retired"]
    assert explain(removed) == ["001/FR-001 removed"]


def test_what_an_item_names_no_longer_is_no_reason() -> None:
    assert explain(read(plan=PLAN.replace("US1, FR-001", "US1"))) == []


def test_what_an_item_names_anew_is_one() -> None:
    assert explain(read(plan=PLAN.replace("FR-001", "FR-001, FR-002"))) == ["001/FR-002 added"]


def test_another_requirement_is_none_of_its_business() -> None:
    assert explain(read(spec=SPEC.replace("MUST print", "MUST print twice"))) == []


def test_premises_count_for_what_they_are_about() -> None:
    premises = {
        "001/FR-001": {"001/FR-001 assumptions": "a"},
        "001/FR-002": {"001/FR-002 assumptions": "b"},
        "001": {"001 assumptions": "c"},
    }
    assert explain(read(), grounds=Grounds(premises=premises)) == [
        "001 assumptions added",
        "001/FR-001 assumptions added",
    ]


def test_an_article_counts_only_for_what_is_in_its_scope() -> None:
    articles = {"article/I": {"article/I": "a"}, "article/II": {"article/II": "b"}}
    grounds = Grounds(articles=articles, constraining={"001/C1": ["article/II"]})
    assert explain(read(), grounds=grounds) == ["article/II added"]
