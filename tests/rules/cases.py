"""A rule's cases as repositories, in surroundings that are sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from headwater.rules.interface import Case

FOLDER = "specs/001-ledger"

_SPEC = """\
# Feature Specification: Ledger

## User Scenarios & Testing

### User Story 1 - Ask for a balance (Priority: P1)

A clerk reads what an account holds.

**Acceptance Scenarios**:

1. **Given** an account that holds 10, **When** a clerk asks for it, **Then** the ledger answers 10.

## Requirements

### Functional Requirements

{case}

## Success Criteria

- **SC-001**: A clerk reads a balance in at most 2 steps.
"""


def expand_case(case: Case) -> Mapping[str, str]:
    """The documents of a case, by path in a repository."""
    if isinstance(case, str):
        return {f"{FOLDER}/spec.md": _SPEC.format(case=case.strip("\n"))}
    return {path if "/" in path else f"{FOLDER}/{path}": text for path, text in case.items()}


def write_case(root: Path, case: Case) -> None:
    """Write a case's documents below `root`."""
    for path, text in expand_case(case).items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
