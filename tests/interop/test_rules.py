"""Rules that ask for what only Spec Kit's format has leave the formats of others alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.operations.check import check
from headwater.wiring import list_targets

if TYPE_CHECKING:
    from pathlib import Path

OPENSPEC = """\
## Purpose

Accounts are kept here.

## Requirements

### Requirement: Balance of an account

The ledger SHALL answer with the sum of the entries of an account quickly.

#### Scenario: One entry

- **WHEN** a clerk asks for the balance
- **THEN** the ledger answers with the entry
"""

NATIVE = """\
# Feature Specification: Ledger

## User Scenarios & Testing

### User Story 1 - Ask for a balance (Priority: P1)

A clerk reads what an account holds.

**Acceptance Scenarios**:

1. **When** a clerk asks for the balance, **Then** the ledger answers with the entry.
"""


def find_codes(root: Path, path: str, text: str) -> set[str]:
    place = root / path
    place.parent.mkdir(parents=True)
    place.write_text(text, encoding="utf-8")
    return {found.code for found in check(root, targets=list_targets()).findings}


def test_a_scenario_without_given_is_as_openspec_writes_it(repository: Path) -> None:
    """The words of its requirements are judged all the same."""
    found = find_codes(repository, "openspec/specs/ledger/spec.md", OPENSPEC)
    assert "vague-word" in found
    assert found.isdisjoint({"scenario-shape", "story-without-priority"})


def test_a_name_and_a_body_that_oblige_are_one_obligation(repository: Path) -> None:
    named = OPENSPEC.replace("Balance of an account", "The ledger SHALL answer with the balance")
    twice = named.replace(" quickly.", ".\nIt SHALL store each request.")

    assert "not-atomic" not in find_codes(repository, "openspec/specs/ledger/spec.md", named)
    assert "not-atomic" in find_codes(repository, "openspec/specs/twice/spec.md", twice)


def test_in_a_native_spec_it_is_found(repository: Path) -> None:
    assert "scenario-shape" in find_codes(repository, "specs/001-ledger/spec.md", NATIVE)
