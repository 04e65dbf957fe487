"""The changes that requirements make to earlier ones, as far as they are not yet done with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from headwater.graph.index import Edge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.index import Item
    from headwater.rules.interface import ProjectSubject


class OpenChange(NamedTuple):
    """A requirement that changes another, from `base` on: a digest, or empty if not said.

    `superseded_by` is what took the changed one's place already; empty if nothing did.
    """

    item: Item
    changed: Item
    base: str
    superseded_by: str


def list_open_changes(subject: ProjectSubject) -> Iterator[OpenChange]:
    """Every `*(changes 001/FR-003)*` of a requirement that holds, to one that is there.

    Where the changed one is superseded by the change itself, the change is done.
    """
    superseded = {ref: by for notes in subject.notes for ref, by in notes.superseded}
    for item in (item for summary in subject.summaries for item in summary.items):
        for link in item.links:
            changed = subject.index.items.get(link.ref) if link.edge is Edge.CHANGES else None
            if changed is None or item.retired or superseded.get(link.ref) == item.ref:
                continue
            yield OpenChange(item, changed, link.base, superseded.get(link.ref, ""))
