"""Whether two readings of the documents make the same graph, told without making it."""

from __future__ import annotations

from itertools import takewhile, zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.changes import Documents


def are_connected_alike(before: Documents, now: Documents) -> bool:
    """Whether all items and tests have the same names and name the same others, in the same order.

    What they say may differ: most edits change a text and no arc. Scopes of articles are left to
    the caller, for an index does not hold them.
    """
    numbers = list(now.summaries)
    same_names = list(before.summaries) == numbers and _list_articles(before) == _list_articles(now)
    return same_names and all(
        mine == others
        for number in numbers
        if before.summaries[number] is not now.summaries[number]
        or before.units[number] is not now.units[number]
        for mine, others in zip_longest(
            _list_connections(before, number), _list_connections(now, number)
        )
    )


def _list_articles(documents: Documents) -> list[str]:
    """The refs of all articles, which an index holds before anything else."""
    items = documents.index.items.values()
    return [item.ref for item in takewhile(lambda item: not item.feature, items)]


def _list_connections(documents: Documents, number: str) -> Iterator[tuple[object, ...]]:
    """All of a feature that nodes and arcs of the graph follow from."""
    summary = documents.summaries[number]
    yield summary.folder, summary.target, summary.has_plan, *summary.context
    for item in summary.items:
        yield item.ref, item.kind, item.retired, *((link.edge, link.ref) for link in item.links)
    for planned in summary.components:
        yield planned.ref, planned.files, planned.implements, planned.depends_on
    for unit in documents.units[number]:
        yield unit.ref, unit.key, unit.touches, unit.owner
