"""The mark of example tables that nobody has confirmed yet."""

from __future__ import annotations

import pytest

from headwater.spec.drafted import DRAFTED_MARK, list_drafted
from headwater.spec.splice import Edit, apply_edits, replace_requirement_text
from tests.spec.builders import spec_of

SPEC = f"""\
# Feature Specification: Fees

## Requirements

- **FR-001**: The system MUST charge 3 per hour.

  {DRAFTED_MARK}
  | Call | Result |
  | --- | --- |
  | `fee(1)` | `3` |

- **FR-002**: The system MUST print the fee.

  | Call | Result |
  | --- | --- |
  | `show(3)` | `"3"` |
"""


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_mark_belongs_to_the_table_below_and_to_no_text(gap: str) -> None:
    spec = spec_of(SPEC.replace(DRAFTED_MARK + "\n", f"{DRAFTED_MARK}\n{gap}"))
    assert spec.problems == ()
    assert [table.owner for table, _ in list_drafted(spec)] == ["FR-001"]
    assert [len(one.tables[0].rows) for one in spec.requirements] == [1, 1]
    assert spec.requirements[0].text == "The system MUST charge 3 per hour."


def test_confirming_takes_the_line_out_and_changes_no_meaning() -> None:
    spec = spec_of(SPEC)
    edits = [Edit(span=mark, replacement=b"") for _, mark in list_drafted(spec)]
    confirmed = spec_of(apply_edits(spec.source.data, edits).decode())
    assert confirmed.source.data.decode() == SPEC.replace(f"  {DRAFTED_MARK}\n", "")
    assert [one.text for one in confirmed.requirements] == [one.text for one in spec.requirements]
    assert list(list_drafted(confirmed)) == []


def test_another_comment_is_no_mark() -> None:
    spec = spec_of(SPEC.replace(DRAFTED_MARK, "<!-- drafted: later -->"))
    assert list(list_drafted(spec)) == []


def test_edge_cases_below_the_stories_are_no_scenarios_without_a_story() -> None:
    spec = spec_of(
        "# Feature Specification: Fees\n\n## User Scenarios & Testing\n\n### Edge Cases\n\n"
        "- When nobody parks, nothing is due.\n"
    )
    assert (spec.problems, len(spec.edge_cases)) == ((), 1)


def test_a_new_text_leaves_the_mark_of_the_rows_where_it_is() -> None:
    spec = spec_of(SPEC)
    edit = replace_requirement_text(spec.source, spec.requirements[0], "The system MUST charge 4.")
    changed = apply_edits(spec.source.data, [edit]).decode()
    assert changed == SPEC.replace(
        "The system MUST charge 3 per hour.", "The system MUST charge 4."
    )
