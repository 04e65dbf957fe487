"""What rules about words find, and what only looks like it."""

from __future__ import annotations

import pytest

from headwater.rules.settings import RuleSettings
from tests.rules.findings import find_codes, find_problems

FOUND = [
    ("ears-shape", "When a payment fails, when the day ends, the ledger MUST try again."),
    ("ears-shape", "When a clerk asks, while the account is open, the ledger MUST answer."),
    ("ears-shape", "If the account is closed the ledger MUST refuse the payment."),
    ("ears-shape", "When a payment fails, the ledger MUST try again if the account is open."),
    ("ears-shape", "The ledger MUST log the payment and mail the owner if the sum is above 5 EUR."),
    ("comparison-without-base", "The ledger MUST render H2 headings in a smaller font."),
    ("double-negative", "The ledger MUST NOT fail to book a payment."),
    ("double-negative", "The name MUST not be unknown."),
    ("double-negative", "No account MUST NOT have an owner."),
    ("escape-clause", "The ledger MUST, as far\n  as possible, keep every entry."),
    ("not-atomic", "The ledger MUST store each entry; each clerk MUST have a name."),
    ("number-without-bound", "The ledger MUST wait ~30 seconds."),
    ("number-without-bound", "The ledger MUST show a few entries."),
    ("number-without-unit", "The ledger MUST stop with a timeout of 30."),
    ("number-without-unit", "The ledger MUST back up its file every 6, and print so."),
    ("open-list", "The ledger MUST read CSV, JSON and so on."),
    ("passive-without-actor", "Each name MUST always be carefully validated."),
    ("unverifiable-word", "The ledger MUST be always available."),
    ("unverifiable-word", "The ledger MUST render names correctly."),
    ("vague-pronoun", "The ledger MUST mail clerks. They MAY answer."),
    ("vague-word", "The ledger MUST use an appropriate form."),
    ("weak-modal", "The clerk can close an account."),
    ("weak-modal", "The ledger refuses a payment above the balance."),
]


@pytest.mark.parametrize(("rule", "statement"), FOUND)
def test_what_a_rule_finds_no_other_finds_too(rule: str, statement: str) -> None:
    assert find_codes(statement) == [rule]


LEFT_ALONE = [
    "When a clerk and an owner ask, the ledger MUST answer both.",
    "When the rate is unset, the ledger MUST return 1 if the currency is EUR, otherwise 2.",
    "The ledger MUST print whether the account is open and keep the note that it prints when idle.",
    "The ledger MUST set the mark when the account opens and clear the mark when it closes.",
    "The ledger MUST keep one or more entries, and no fewer.",
    "The ledger MUST refuse more payments than the limit of 3 allows.",
    "The ledger MUST show not only the sum but also the date.",
    "The ledger MUST act as needed for FR-001.",
    "The ledger MUST print the page when the clerk leaves; how many lines it has is free.",
    "The ledger MUST wait within 30 s, every 5 minutes, after 3 attempts.",
    "The ledger MUST end with 1 after version 2.0.1 of the form.",
    "Names MUST be validated against the register.",
    "The ledger MUST have a fast path for names.",
    "The ledger MUST print ideal gases as such: by their name.",
    "The ledger MUST show the account. This account is the one that the clerk chose.",
    "Es muss das Beste sein, besser und schneller als alles, etc.",
]


@pytest.mark.parametrize("statement", LEFT_ALONE)
def test_what_only_looks_like_a_finding_is_left_alone(statement: str) -> None:
    assert find_codes(statement) == []


def test_a_place_counts_characters_behind_signs_of_several_bytes() -> None:
    (problem,) = find_problems("- **FR-001**: The “Kassenbuch für Läden” `größe` MUST be nice.\n")
    line = "- **FR-001**: The “Kassenbuch für Läden” `größe` MUST be nice."
    assert problem.place.column == line.index("nice") + 1


def test_words_in_quotations_code_and_comments_are_not_judged() -> None:
    assert find_codes('The ledger MUST print "fast, etc." and `best` <!-- if possible -->.') == []


def test_criteria_are_judged_and_scenarios_are_not() -> None:
    spec = """\
# Feature Specification: Ledger

### User Story 1 - Ask (Priority: P1)

1. **Given** a nice account, **When** a clerk asks quickly, **Then** the ledger answers, etc.

## Success Criteria

- **SC-001**: 9 of 10 clerks find an entry, a sum, etc.
"""
    assert [problem.code for problem in find_problems({"spec.md": spec})] == ["open-list"]


def test_the_bound_of_long_sentences_is_a_setting() -> None:
    case = "- **FR-001**: The ledger MUST add up all entries.\n"
    assert find_problems(case) == []
    requirement, criterion = find_problems(case, settings=RuleSettings(sentence_words=6))
    assert "has 7 words; 6 are allowed" in requirement.message
    assert "has 10 words" in criterion.message


@pytest.mark.parametrize(
    ("scenario", "message"),
    [
        ("**Given** an account, **Then** it is open.", "has no When"),
        ("**When** a clerk asks, **Then** the ledger answers.", "has no Given"),
        ("The ledger answers with the sum of all entries.", "has no Given, When, Then"),
        ("**Given** a, **Then** the sum is 1, **When** a clerk asks.", "Then where another"),
    ],
)
def test_a_scenario_is_told_what_it_lacks(scenario: str, message: str) -> None:
    spec = f"""\
# Feature Specification: Ledger

### User Story 1 - Ask (Priority: P1)

**Acceptance Scenarios**:

1. {scenario}
"""
    (problem,) = find_problems({"spec.md": spec})
    assert problem.code == "scenario-shape"
    assert message in problem.message


def test_code_in_a_plan_may_stand_in_interfaces_only() -> None:
    plan = """\
# Implementation Plan: Ledger

## Components

### C1: balance

**File**: `src/ledger.py`

```python
def balance(account: str) -> int: ...
```

```python
print(balance("a"))
```
"""
    (problem,) = find_problems({"plan.md": plan})
    assert (problem.code, problem.place.line) == ("target-code-in-spec", 13)
    without_components = plan.replace("### C1: balance", "Later.")
    assert find_problems({"plan.md": without_components}) == []


def test_a_placeholder_is_found_in_tables_of_a_plan() -> None:
    plan = "# Implementation Plan: Ledger\n\n| Storage |\n| --- |\n| TBD |\n"
    (problem,) = find_problems({"plan.md": plan})
    assert (problem.code, problem.place.line, problem.place.column) == ("placeholder-text", 5, 3)


def test_the_language_of_a_block_may_be_written_in_capitals() -> None:
    (problem,) = find_problems("- **FR-001**: The ledger MUST add.\n\n  ````Python\n  1\n  ````\n")
    assert problem.code == "target-code-in-spec"
