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
    from collections.abc import Collection, Iterator, Mapping, Sequence

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

    What its text names anew is a reason, for nothing says yet that it holds against that; what its
    text names no longer is none.
    """
    present = list_basis(ref, index=index, grounds=grounds)
    named = {ref, *list_named(ref, index=index)}
    changed = [name for name in recorded if name in present and recorded[name] != present[name]]
    gone = [
        name
        for name, digest in recorded.items()
        if name not in present
        # An article that is as it was lost hold of the item by the item's own text.
        and _find_article(name, grounds) != digest
        and _still_counts(name, named=named)
    ]
    reasons = [Reason(change=Change.CHANGED, subject=name) for name in changed]
    reasons += [Reason(change=_name_loss(name, index), subject=name) for name in gone]
    reasons += [
        Reason(change=Change.ADDED, subject=name) for name in present if name not in recorded
    ]
    return tuple(sorted(reasons, key=lambda one: one.subject))


def _list_named(item: Item, index: Index) -> Iterator[str]:
    planned = index.components.get(item.ref)
    if planned:
        yield from planned.implements
    for link in item.links:
        if link.edge in _NAMED:
            yield link.ref


def _find_article(name: str, grounds: Grounds) -> str:
    """The digest of an article, or of a source of it; empty where `name` is none that there is."""
    return grounds.articles.get(name.partition(" ")[0], {}).get(name, "")


def _still_counts(name: str, *, named: Collection[str]) -> bool:
    """Whether something that is gone was taken away below an item, and not out of its text."""
    subject = name.partition(" ")[0]
    if "/" not in subject or subject.startswith(f"{ARTICLE_PREFIX}/"):
        return True  # premises of the whole feature, and articles: no item names these
    is_scenario = kind_of(subject) is IdKind.SCENARIO
    return subject in named or (is_scenario and subject.rpartition(".")[0] in named)


def _name_loss(name: str, index: Index) -> Change:
    return Change.RETIRED if name in index.items and index.items[name].retired else Change.REMOVED
