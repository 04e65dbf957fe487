"""A sound spec that cases about what is missing start from; each changes one part of it."""

from __future__ import annotations

from typing import Final

from headwater.rules.sample import REQUIREMENTS

STORY: Final = """\
### User Story 1 - Ask for a balance (Priority: P1)

A clerk reads what an account holds.

**Acceptance Scenarios**:

1. **Given** an account that holds 10, **When** a clerk asks for it, **Then** the ledger answers 10.
"""

CRITERION: Final = "- **SC-001**: A clerk reads a balance in at most 2 steps."


def write_requirement(requirement_id: str, text: str) -> str:
    """A requirement that says `text`, with an example."""
    return f"""\
- **{requirement_id}**: {text}

  | Call | Result |
  | --- | --- |
  | `balance("{requirement_id}")` | `0` |
"""


def write_spec(
    *,
    story: str = STORY,
    requirements: str = REQUIREMENTS,
    criterion: str = CRITERION,
    more: str = "",
) -> str:
    """A spec that is sound where nothing is given."""
    return f"""\
# Feature Specification: Ledger

## User Scenarios & Testing

{story.strip()}

## Requirements

### Functional Requirements

{requirements.strip()}

## Success Criteria

{criterion.strip()}

{more.strip()}
"""
