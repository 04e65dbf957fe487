"""What two states of a document say differently, and what counts for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.graph.differences import compare_meaning
from headwater.graph.meaning import digest_meaning, state_document
from headwater.graph.statement import Topic
from headwater.graph.states import Change
from headwater.graph.word_changes import PieceKind, compare_words
from headwater.spec.model import Source
from headwater.spec.read_constitution import read_constitution
from headwater.spec.read_plan import read_plan
from headwater.spec.read_spec import read_spec
from headwater.spec.read_tasks import read_tasks

if TYPE_CHECKING:
    from headwater.graph.differences import Difference
    from headwater.graph.statement import Statement

SPEC = """\
# Feature Specification: Wallet

**Status**: Draft

### User Story 1 - Pay (Priority: P1)

Someone pays.

**Acceptance Scenarios**:

1. **Given** a wallet with 10, **When** 4 are paid, **Then** 6 are left.

## Requirements

### Functional Requirements

- **FR-001**: The wallet MUST refuse to pay more than it holds.

  | Call | Result |
  | --- | --- |
  | `pay(10, 4)` | `6` |
  | `pay(3, 4)` | raises `invalid_argument` |

- **FR-002**: The wallet MUST print receipts in [NEEDS CLARIFICATION: which currency?].

  | Run | Stdout |
  | --- | --- |
  | `wallet pay 1` | `"a"` |
  | `wallet pay 2` | `"b"` |

## Assumptions

- One wallet has one owner.

## Constraints

Nothing is printed in colour.
"""

PLAN = """\
# Implementation Plan: Wallet

## Technical Context

**Target**: python
**Language/Version**: Python 3.11

## Decisions

### D1: Whole cents

**Context**: money must not lose a cent.
**Choice**: whole cents,
for good.
**Rationale**: exact.
**Serves**: FR-001

## Components

### C1: payment

**File**: `src/wallet/payment.py`
**Implements**: FR-001
**Depends on**: none
**Responsibility**: Take an amount from a balance.

**Interface**:

```python
def pay(balance: int, amount: int) -> int: ...
```
"""


def state_spec(text: str) -> tuple[Statement, ...]:
    return state_document(read_spec(Source(path="spec.md", data=text.encode())), feature="001")


def state_plan(text: str) -> tuple[Statement, ...]:
    return state_document(read_plan(Source(path="plan.md", data=text.encode())), feature="001")


def compare(before: str, now: str) -> list[Difference]:
    return list(compare_meaning(state_spec(before), state_spec(now)))


def tell(difference: Difference) -> tuple[str, str, str]:
    return difference.topic.value, difference.ref, difference.change.value


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("MUST refuse", "MAY refuse", ("requirement", "001/FR-001", "changed")),
        ("`6`", "`7`", ("example", "001/FR-001", "changed")),
        (
            "  | `pay(3, 4)` | raises `invalid_argument` |\n",
            "",
            ("example", "001/FR-001", "removed"),
        ),
        (
            "**FR-001**:",
            "**FR-001** *(retired: no use)*:",
            ("requirement", "001/FR-001", "retired"),
        ),
        ("4 are paid", "5 are paid", ("scenario", "001/US1.1", "changed")),
        ("Someone pays", "Anyone pays", ("story", "001/US1", "changed")),
        ("(Priority: P1)", "(Priority: P2)", ("story", "001/US1", "changed")),
        ("one owner", "two owners", ("assumption", "", "changed")),
        ("in colour", "in red", ("other text", "", "changed")),
        ("## Constraints", "## Limits", ("other text", "", "removed")),
    ],
)
def test_one_changed_word_is_one_difference(
    old: str, new: str, expected: tuple[str, str, str]
) -> None:
    assert old in SPEC
    changed = SPEC.replace(old, new)
    found = [tell(one) for one in compare(SPEC, changed)]
    assert expected in found
    assert len(found) == (2 if old.startswith("##") else 1)
    assert digest_meaning(state_spec(SPEC)) != digest_meaning(state_spec(changed))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("MUST refuse to pay", "MUST refuse\n  to pay"),
        ("- One wallet", "* [x] One wallet"),
        ("**Status**: Draft", "**Status**: Approved"),
        ("  | Call | Result |", "  <!-- drafted: confirm -->\n  | Call | Result |"),
        ("| `6` |", "|   6   |"),
        ("## Assumptions", "<!-- read again -->\n\n## Assumptions"),
        (
            "  | `pay(10, 4)` | `6` |\n  | `pay(3, 4)` | raises `invalid_argument` |\n",
            "  | `pay(3, 4)` | raises `invalid_argument` |\n  | `pay(10, 4)` | `6` |\n",
        ),
    ],
)
def test_what_changes_no_meaning_is_no_difference(old: str, new: str) -> None:
    assert old in SPEC
    changed = SPEC.replace(old, new)
    assert compare(SPEC, changed) == []
    assert digest_meaning(state_spec(SPEC)) == digest_meaning(state_spec(changed))


def test_the_order_of_a_run_table_counts() -> None:
    first, second = '  | `wallet pay 1` | `"a"` |\n', '  | `wallet pay 2` | `"b"` |\n'
    (found,) = compare(SPEC, SPEC.replace(first + second, second + first))
    assert tell(found) == ("example", "001/FR-002", "changed")
    assert found.now == "wallet pay 2 → wallet pay 1"


def test_an_answered_question_is_told_first() -> None:
    changed = SPEC.replace("[NEEDS CLARIFICATION: which currency?]", "euro").replace(
        "## Constraints",
        "## Clarifications\n\n### Session 2026-11-22\n\n- Q: Which currency? → A: Euro.\n\n"
        "## Constraints",
    )
    topics = [one.topic for one in compare(SPEC, changed)]
    assert topics[:3] == [Topic.QUESTION, Topic.ANSWER, Topic.REQUIREMENT]


def test_everything_is_new_in_a_new_document() -> None:
    found = compare_meaning((), state_spec(SPEC))
    assert {one.change for one in found} == {Change.ADDED}
    assert {"001/FR-001", "001/US1.1"} <= {one.ref for one in found}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("for good", "for now", ("choice", "001/D1", "changed")),
        ("exact.", "simple.", ("decision", "001/D1", "changed")),
        ("amount: int)", "amount: float)", ("interface", "001/C1", "changed")),
        ("**Depends on**: none", "**Depends on**: C2", ("dependency", "001/C1", "changed")),
        ("Take an amount", "Take a sum", ("component", "001/C1", "changed")),
        ("Python 3.11", "Python 3.12", ("technical context", "", "changed")),
    ],
)
def test_a_plan_is_told_by_its_parts(old: str, new: str, expected: tuple[str, str, str]) -> None:
    found = compare_meaning(state_plan(PLAN), state_plan(PLAN.replace(old, new)))
    assert [tell(one) for one in found] == [expected]


def test_tasks_and_articles_are_told_by_their_ids() -> None:
    tasks = "- [ ] T001 [US1] Implement it in src/a.py\n"
    then, ticked, other = (
        state_document(read_tasks(Source(path="tasks.md", data=text.encode())), feature="001")
        for text in (tasks, tasks.replace("[ ]", "[x]"), tasks.replace("it", "all"))
    )
    assert compare_meaning(then, ticked) == ()
    assert [tell(one) for one in compare_meaning(then, other)] == [("task", "001/T001", "changed")]
    article = "# Constitution\n\n### I. Offline\n\nIt MUST work offline.\n"
    before, now = (
        state_document(read_constitution(Source(path="constitution.md", data=text.encode())))
        for text in (article, article.replace("MUST", "SHOULD"))
    )
    (found,) = compare_meaning(before, now)
    assert tell(found) == ("article", "article/I", "changed")


def test_words_around_a_change_are_shown_and_others_cut() -> None:
    before = " ".join(f"w{number}" for number in range(40))
    pieces = compare_words(before, before.replace("w20", "new"))
    assert [piece.kind for piece in pieces] == [
        PieceKind.KEPT,
        PieceKind.REMOVED,
        PieceKind.ADDED,
        PieceKind.KEPT,
    ]
    assert pieces[0].text == "… w14 w15 w16 w17 w18 w19"
    assert pieces[3].text.endswith("w26 …")


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_compared(before: str, now: str) -> None:
    then, present = state_spec(before), state_spec(now)
    found = compare_meaning(then, present)
    assert (not found) == (digest_meaning(then) == digest_meaning(present))
