"""`changed-from-two-bases`: a requirement is changed from a wording that it no longer has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.rules.consistency.changes import list_open_changes
from headwater.rules.interface import Finding, Rule
from headwater.rules.sample import REQUIREMENTS
from headwater.spec.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.rules.consistency.changes import OpenChange
    from headwater.rules.interface import ProjectSubject

# As many digits as a mark needs; a person reads and copies them.
_DIGITS = 8


def find_outdated_bases(subject: ProjectSubject) -> Iterator[Finding]:
    """Changes whose base is not the digest that the changed requirement has now.

    Where another feature changes the same requirement from another base, the message names it: at
    most one of the two can be right.
    """
    changes = [change for change in list_open_changes(subject) if not change.changed.retired]
    by_changed: dict[str, list[OpenChange]] = {}
    for change in changes:
        by_changed.setdefault(change.changed.ref, []).append(change)
    for change in changes:
        present = change.changed.digest
        if change.base and not present.startswith(change.base):
            others = by_changed[change.changed.ref]
            yield Finding(
                place=change.item.place,
                message=f"{change.item.ref} changes {change.changed.ref} as of {change.base}; "
                f"now it is {present[:_DIGITS]}{_name_other(change, others)}",
                hint=f"Read {change.changed.ref} at {change.changed.place} again, fit the change "
                f"to it, and write `as of {present[:_DIGITS]}`.",
            )


def _name_other(change: OpenChange, others: list[OpenChange]) -> str:
    for other in others:
        if other.item.feature != change.item.feature and other.base != change.base:
            return f", and {other.item.ref}, at {other.item.place}, changes it too"
    return ""


_CHANGE = """\
- **FR-001** *(changes 001/FR-001 as of {base})*: When a clerk asks for the balance, the ledger MUST
  answer the sum of all entries of this year.

  | Call | Result |
  | --- | --- |
  | `balance("a")` | `3` |
"""
_SECOND = "specs/002-report/requirements"

RULE = Rule(
    name="changed-from-two-bases",
    title="A change to a requirement that has changed since, or is changed elsewhere too",
    why="The change was thought out for words that no longer stand there. Put on top of the new "
    "ones, it takes something back without anyone having decided so.",
    severity=Severity.WARNING,
    bad={"requirements": REQUIREMENTS, _SECOND: _CHANGE.format(base="0badc0de")},
    good={"requirements": REQUIREMENTS, _SECOND: _CHANGE.format(base="6aeafff8")},
    alone=(
        # Without a base nothing is promised.
        {"requirements": REQUIREMENTS, _SECOND: _CHANGE.replace(" as of {base}", "")},
    ),
    find_in_project=find_outdated_bases,
)
