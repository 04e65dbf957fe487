"""A main spec of OpenSpec, a change to it, and a short way to read both."""

from __future__ import annotations

from tests.interop.builders import Gathered, read_openspec

LOCK = "The system SHALL lock an account after 5 failures."
MAIN = f"""\
# Sign-in Specification

## Purpose

Let people in, and keep others out.

## Requirements

### Requirement: Lock After Failures

{LOCK}

It tells its owner.

#### Scenario: Fifth failure

- **WHEN** the fifth attempt fails
- **THEN** the account is locked

```
### Requirement: not one, it is code
```

#### Scenario: Fourth failure
- **WHEN** the fourth attempt fails
- **THEN** nothing happens

---

### Bare Heading

It MUST be read too.

#### Scenario: Any
- **THEN** it is

## Why

Because.
"""
DELTA = """\
## ADDED Requirements

### Requirement: Sign Out
The system SHALL let people out.

#### Scenario: Out
- **WHEN** someone signs out
- **THEN** the session ends

## MODIFIED Requirements

### Requirement: Stay Locked
An account SHALL stay locked for 10 minutes.

#### Scenario: Waiting
- **WHEN** 10 minutes have passed
- **THEN** it is open

## REMOVED Requirements

### Requirement: Bare Heading
**Reason**: nobody used it
**Migration**: none

## RENAMED Requirements

- FROM: `### Requirement: Lock After Failures`
- TO: `### Requirement: Stay Locked`
"""
CHANGE = "changes/add-sign-out"


def read_change(delta: str, *, main: str = MAIN) -> Gathered:
    """A main spec, and a change to it."""
    return read_openspec({"specs/sign-in/spec.md": main, f"{CHANGE}/specs/sign-in/spec.md": delta})
