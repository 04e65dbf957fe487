"""`retired-id-reused`: what is retired stands as holding again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.consistency.changes import list_open_changes
from headwater.rules.interface import Finding, Rule
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.interface import ProjectSubject


def find_changes_of_retired(subject: ProjectSubject) -> Iterator[Finding]:
    """Changes to a requirement that is retired; an id that stands twice the graph finds itself."""
    for change in list_open_changes(subject):
        if change.changed.retired:
            by = f", superseded by {change.superseded_by}" if change.superseded_by else ""
            yield Finding(
                place=change.item.place,
                message=f"{change.item.ref} changes {change.changed.ref}, which is retired{by}, at "
                f"{change.changed.place}",
                hint=f"Change {change.superseded_by} instead."
                if change.superseded_by
                else "Take the mark out: this requirement stands for itself.",
            )


RULE = Rule(
    name="retired-id-reused",
    title="A retired requirement that stands as holding again",
    why="Whoever reads the old mark believes that it is gone, and whoever reads the new text "
    "builds it. What was decided when it was retired is undone in passing.",
    severity=Severity.ERROR,
    essential=True,
    bad="""\
- **FR-001** *(retired 2026-11-22: nobody used it)*: The ledger MUST print receipts.

- **FR-001**: When a clerk asks for the balance, the ledger MUST answer the sum of all entries.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |
""",
    good="""\
- **FR-001** *(retired 2026-11-22: nobody used it)*: The ledger MUST print receipts.

- **FR-002**: When a clerk asks for the balance, the ledger MUST answer the sum of all entries.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `0` |
""",
    find_in_project=find_changes_of_retired,
)
