"""`scenario-shape`: a scenario without state, event or outcome, or with them in disorder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.rules.interface import Finding, Rule
from headwater.spec.ids import IdKind
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from headwater.rules.interface import FeatureSubject

_PARTS = ("Given", "When", "Then")
_KEYWORD = r"\b(?:Given|When|Then|GIVEN|WHEN|THEN)\b|(?<=\*\*)(?:given|when|then)\b"
_ANY_CASE = r"(?i)\b(?:given|when|then)\b"


def find_misshapen_scenarios(subject: FeatureSubject) -> Iterator[Finding]:
    """Every scenario that lacks a part, or begins with another one than Given, When, Then."""
    for passage in subject.passages:
        if passage.kind is IdKind.SCENARIO and passage.english:
            message = _judge(_list_parts(passage.text))
            if message:
                yield Finding(
                    place=passage.place(len(passage.text) - len(passage.text.lstrip())),
                    message=f"{passage.id} {message}",
                    hint="Write it as **Given** a state, **When** an event, **Then** an outcome.",
                )


def _list_parts(text: str) -> list[str]:
    """The parts in order, each once; a `when` in lower case counts where there are no others."""
    found = re.findall(_KEYWORD, text) or re.findall(_ANY_CASE, text)
    return list(dict.fromkeys(word.capitalize() for word in found))


def _judge(parts: Sequence[str]) -> str:
    missing = [part for part in _PARTS if part not in parts]
    if missing:
        return f"has no {' and no '.join(missing)}" if parts else "has no Given, When, Then"
    wrong = next((part for part, due in zip(parts, _PARTS, strict=True) if part != due), "")
    return f"has its {wrong} where another part is due" if wrong else ""


RULE = Rule(
    name="scenario-shape",
    title="A scenario without a state, an event or an outcome",
    why="A test has to set something up, do something and look at something. What the scenario "
    "does not say, the test makes up.",
    source="Gherkin's Given, When, Then, as in GitHub Spec Kit's template for specs",
    severity=Severity.WARNING,
    native_only=True,
    bad={
        "spec.md": """\
# Feature Specification: Ledger

## User Scenarios & Testing

### User Story 1 - Ask for a balance (Priority: P1)

A clerk reads what an account holds.

**Acceptance Scenarios**:

1. **Given** an account that holds 10, **Then** the ledger answers 10.
"""
    },
    good={
        "spec.md": """\
# Feature Specification: Ledger

## User Scenarios & Testing

### User Story 1 - Ask for a balance (Priority: P1)

A clerk reads what an account holds.

**Acceptance Scenarios**:

1. **Given** an account that holds 10, **When** a clerk asks for it, **Then** the ledger answers 10.
"""
    },
    alone=(
        {
            "spec.md": """\
# Feature Specification: Ledger

## User Scenarios & Testing

### User Story 1 - Ask for a balance (Priority: P1)

A clerk reads what an account holds.

**Acceptance Scenarios**:

1. GIVEN an account that is closed when it holds 0, WHEN a clerk asks for it, AND waits,
   THEN the ledger answers 0, and then nothing.
2. given an account, when a clerk asks for it, then the ledger answers
3. **Angenommen** ein Konto, **wenn** jemand fragt, **dann** antwortet das Kassenbuch.
"""
        },
    ),
    find_in_feature=find_misshapen_scenarios,
)
