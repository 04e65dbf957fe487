"""What each item of a plan or task list rests on, and what of that changed since it was drafted.

An item rests on what its own text names: a decision on what it **Serves**, a component on what it
**Implements** and on decisions that it names, a task on the refs and components that it binds to;
on the premises of all these (`Grounds`); and, where it is a decision or a component, on the
articles that constrain it. Docs/design.md, section 5, says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.graph.index import Edge, ItemKind
from headwater.graph.states import Change, Reason
from headwater.spec.ids import ARTICLE_PREFIX, IdKind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.graph.index import Index, Item

RESTING = frozenset({ItemKind.DECISION, ItemKind.COMPONENT, ItemKind.TASK})
"""The kinds of items that a step drafts and that may become suspect."""

_NAMED = (Edge.SERVES, Edge.BINDS, Edge.MENTIONS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Grounds:
    """What stands behind items beside the refs that they name; names to digests.

    Attributes:
        premises: assumptions and answers by what they are about (`001/FR-001`), and those that are
            about a feature as a whole by its number.
        articles: of every article's ref its words, and the policies that these are cited from.
        constraining: refs of the articles whose scope an item is in, by item.
    """

    premises: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    articles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constraining: Mapping[str, Sequence[str]] = field(default_factory=dict)


def list_basis(ref: str, *, index: Index, grounds: Grounds) -> dict[str, str]:
    """What an item rests on now: a name that a person understands, to its digest.

    Names are `001/FR-003`, `001/FR-003 assumptions`, `001/FR-003 answers`, `001 assumptions`,
    `001/D1`, `001/C1`, `article/I` and `article/I source policies/security.md`.

    Args:
        ref: of a decision, component or task; it must exist.
        index: of the project.
        grounds: what else there is to rest on.
    """
    item = index.items[ref]
    basis: dict[str, str] = {}
    for name in list_named(ref, index=index):
        if name in index.items and not index.items[name].retired:
            basis[name] = index.items[name].digest
        basis |= grounds.premises.get(name, {})
    basis |= grounds.premises.get(ref, {})
    if item.kind is not ItemKind.TASK:
        basis |= grounds.premises.get(item.feature, {})
        for article in grounds.constraining.get(ref, ()):
            basis |= grounds.articles.get(article, {})
    return basis


def list_named(ref: str, *, index: Index) -> tuple[str, ...]:
    """The refs that an item rests on because its text names them, whether they exist or not.

    A story that a component implements stands there with all of its scenarios.
    """
    return tuple(dict.fromkeys(_list_named(index.items[ref], index)))


def explain_suspicion(
    ref: str, recorded: Mapping[str, str], *, index: Index, grounds: Grounds
) -> tuple[Reason, ...]:
    """What changed under an item since its record was written; empty for nothing.

    What a person wrote into the item, or took out of it, is no reason: they knew what they wrote.
    """
    comparison = _Comparison(
        item=ref,
        recorded=recorded,
        present=list_basis(ref, index=index, grounds=grounds),
        named=frozenset(list_named(ref, index=index)),
    )
    reasons = []
    for name in sorted({*recorded, *comparison.present}):
        change = comparison.find_change(name)
        if change is Change.REMOVED and name in index.items and index.items[name].retired:
            change = Change.RETIRED
        if change:
            reasons.append(Reason(change=change, subject=name))
    return tuple(reasons)


def _list_named(item: Item, index: Index) -> Iterator[str]:
    planned = index.components.get(item.ref)
    if planned:
        yield from planned.implements
    for link in item.links:
        if link.edge in _NAMED:
            yield link.ref


@dataclass(frozen=True, kw_only=True, slots=True)
class _Comparison:
    """One item's basis then and now, and the refs that its text names now."""

    item: str
    recorded: Mapping[str, str]
    present: Mapping[str, str]
    named: frozenset[str]

    def find_change(self, name: str) -> Change | None:
        """What became of one thing that the item rests on, if that is a reason for suspicion."""
        subject, story = name.partition(" ")[0], _find_story(name)
        # Articles, premises of the whole feature, and what is said about the item itself.
        is_given = "/" not in subject or subject == self.item or _is_article(subject)
        if name in self.recorded and name in self.present:
            return Change.CHANGED if self.recorded[name] != self.present[name] else None
        if name in self.recorded:
            still = is_given or not self.named.isdisjoint((subject, story))
            return Change.REMOVED if still else None
        was_there = not self.recorded.keys().isdisjoint(
            (story, *([subject] if " " in name else ()))
        )
        return Change.ADDED if is_given or was_there else None


def _find_story(name: str) -> str:
    """The story of a scenario, `001/US1` of `001/US1.2`; else empty."""
    subject = name.partition(" ")[0]
    return subject.rpartition(".")[0] if kind_of(subject) is IdKind.SCENARIO else ""


def _is_article(subject: str) -> bool:
    return subject.startswith(f"{ARTICLE_PREFIX}/")
