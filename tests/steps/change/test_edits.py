"""Tables that are added whole: where they go, and where there is no place for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.spec.model import Source
from headwater.spec.read_spec import read_spec
from headwater.steps.change.edits import apply_change
from headwater.steps.change.subject import ChangeDraft, ChangeSubject, NewTable

if TYPE_CHECKING:
    from headwater.spec.model import Requirement, Spec

SPEC = """\
# Feature Specification: Till

## User Scenarios & Testing

### User Story 1 - Pay (Priority: P1)

**Acceptance Scenarios**:

1. **Given** a purse, **When** 4 are paid, **Then** 6 are left.

   | Run | Exit |
   | --- | --- |
   | `till 10 4` | `0` |

## Requirements

- **FR-001**: It MUST pay.

  | Call | Result |
  | --- | --- |
  | `pay(1)` | `0` |
"""
ROWS = (("`till 3 4`", "`1`"),)
HEADER = ("Run", "Exit")


def apply(text: str, draft: ChangeDraft, *, to_requirement: bool) -> tuple[str, str]:
    spec = read_spec(Source(path="spec.md", data=text.encode()))
    requirement = spec.requirements[0] if to_requirement else None
    data, left_out = apply_change(open_subject(spec, requirement), draft, name="FR-001")
    return data.decode(), left_out


def open_subject(spec: Spec, requirement: Requirement | None) -> ChangeSubject:
    return ChangeSubject(
        wish="",
        spec=spec,
        requirement=requirement,
        functions={},
        errors=(),
        find_faults=lambda row, replaced: (),
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_table_follows_that_of_a_scenario(newline: str) -> None:
    text = SPEC.replace("\n", newline)
    spec = read_spec(Source(path="spec.md", data=text.encode()))
    (behind,) = spec.stories[0].scenarios[0].tables
    table = NewTable(header=HEADER, rows=ROWS, behind=behind)

    now, left_out = apply(text, ChangeDraft(tables=(table,), drafted=False), to_requirement=False)

    added = "\n\n   | Run | Exit |\n   | --- | --- |\n   | `till 3 4` | `1` |"
    assert (now.replace(added.replace("\n", newline), ""), left_out) == (text, "")
    read = read_spec(Source(path="spec.md", data=now.encode()))
    assert [len(one.rows) for one in read.stories[0].scenarios[0].tables] == [1, 1]


def test_tables_of_a_requirement_come_behind_its_last_one_in_their_order() -> None:
    tables = tuple(NewTable(header=HEADER, rows=((f"`till {n}`", "`0`"),)) for n in (1, 2))

    now, _ = apply(SPEC, ChangeDraft(tables=tables), to_requirement=True)

    read = read_spec(Source(path="spec.md", data=now.encode()))
    rows = [table.rows[0].cells[0] for table in read.requirements[0].tables]
    assert rows == ["`pay(1)`", "`till 1`", "`till 2`"]
    assert now.count("<!-- drafted: confirm -->") == 2


def test_a_scenario_without_a_table_takes_none() -> None:
    draft = ChangeDraft(tables=(NewTable(header=HEADER, rows=ROWS),))

    now, left_out = apply(SPEC, draft, to_requirement=False)

    assert now == SPEC
    assert "no table that another one could follow" in left_out
