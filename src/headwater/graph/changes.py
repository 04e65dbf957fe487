"""What two readings of the documents mean differently, item by item; layout counts for nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headwater.graph.impact import Effect
from headwater.graph.network import NodeKind, name_test
from headwater.graph.states import Change, find_change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from headwater.graph.index import Index, Item, Link
    from headwater.graph.summary import FeatureSummary
    from headwater.graph.units import AnyUnit
    from headwater.spec.model import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Documents:
    """What the documents of a project say at one moment."""

    index: Index
    summaries: Mapping[str, FeatureSummary]
    units: Mapping[str, tuple[AnyUnit, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemChange:
    """An item that means something else than before.

    Attributes:
        ref: of the item, or the name of a field of a plan's context (`001/plan Target`).
        kind: what it is.
        change: added, changed, retired or removed.
        title: what it says, cut short; of an item that was removed, what it said.
        place: where it stands or stood; None for a field of a plan's context.
        text_changed: whether its text says something else, or whether it was retired or revived.
        links_changed: whether it names other items than before.
        offer_changed: whether a component offers another interface, or from another file.
        examples_added: the tests that its new examples make. An edited example is one that was
            removed and one that was added.
        examples_removed: the tests of examples that are gone.
    """

    ref: str
    kind: NodeKind
    change: Change
    title: str = ""
    place: Place | None = None
    text_changed: bool = True
    links_changed: bool = False
    offer_changed: bool = False
    examples_added: tuple[str, ...] = ()
    examples_removed: tuple[str, ...] = ()


def compare_documents(before: Documents, now: Documents) -> tuple[ItemChange, ...]:
    """What was added, changed or retired, in the order of the documents, then what was removed.

    Features whose summary and units are the very same values are passed over.
    """
    numbers = dict.fromkeys((*now.summaries, *before.summaries))
    changed = {number for number in numbers if not _is_same(number, before, now)}
    then, present = _select(before, changed), _select(now, changed)
    old_examples, new_examples = _list_examples(before, changed), _list_examples(now, changed)
    none: frozenset[str] = frozenset()
    found = []
    for ref in dict.fromkeys((*present, *then)):
        examples = (old_examples.get(ref, none), new_examples.get(ref, none))
        change = _compare(then.get(ref), present.get(ref), *examples)
        if change is not None:
            offers = {_find_offer(ref, documents.index) for documents in (before, now)}
            found.append(replace(change, offer_changed=len(offers) > 1))
    found.sort(key=lambda one: one.change is Change.REMOVED)
    return (*found, *_compare_contexts(before, now, changed))


def list_beginnings(changes: Iterable[ItemChange]) -> Iterator[tuple[str, Effect]]:
    """Where in the graph the impact of changes begins, as `find_impact` takes it."""
    for change in changes:
        if change.offer_changed:
            yield change.ref, Effect.REDECLARED
        elif change.text_changed:
            yield change.ref, begin_with(change.kind)
        for test in (*change.examples_added, *change.examples_removed):
            yield test, Effect.REGENERATED


def begin_with(kind: NodeKind) -> Effect:
    """What a change does to the very node that it changes."""
    derived = {NodeKind.COMPONENT, NodeKind.TEST}
    return Effect.REGENERATED if kind in derived else Effect.CHANGED


def _is_same(number: str, before: Documents, now: Documents) -> bool:
    return before.summaries.get(number) is now.summaries.get(number) and before.units.get(
        number
    ) is now.units.get(number)


def _select(documents: Documents, features: set[str]) -> dict[str, Item]:
    """The items of some features, and all articles."""
    return {
        ref: item
        for ref, item in documents.index.items.items()
        if not item.feature or item.feature in features
    }


def _list_examples(documents: Documents, features: set[str]) -> dict[str, frozenset[str]]:
    """Refs to the tests that their examples make; a test's name holds the example's digest."""
    found: dict[str, set[str]] = {}
    for number in features:
        for unit in documents.units.get(number, ()):
            found.setdefault(unit.ref, set()).add(name_test(unit.ref, unit.key))
    return {ref: frozenset(tests) for ref, tests in found.items()}


def _compare(
    before: Item | None, now: Item | None, known: frozenset[str], present: frozenset[str]
) -> ItemChange | None:
    item = now or before
    assert item is not None, "a ref stands in one of the two at least"
    change = find_change(before, now)
    text_changed = _say(before) != _say(now)
    links_changed = _list_links(before) != _list_links(now)
    if not text_changed and not links_changed and known == present:
        return None
    return ItemChange(
        ref=item.ref,
        kind=NodeKind(item.kind.value),
        change=change,
        title=item.title,
        place=item.place,
        text_changed=text_changed,
        links_changed=links_changed,
        examples_added=tuple(sorted(present - known)),
        examples_removed=tuple(sorted(known - present)),
    )


def _find_offer(ref: str, index: Index) -> str:
    return index.components[ref].offer if ref in index.components else ""


def _say(item: Item | None) -> object:
    """What locks record of an item, and whether it holds."""
    return item and (item.digest, item.retired)


def _list_links(item: Item | None) -> frozenset[Link]:
    return frozenset(item.links if item else ())


def _compare_contexts(
    before: Documents, now: Documents, features: set[str]
) -> Iterator[ItemChange]:
    for number in sorted(features):
        then, present = (
            documents.summaries[number].context if number in documents.summaries else {}
            for documents in (before, now)
        )
        for name in dict.fromkeys((*present, *then)):
            if then.get(name) == present.get(name):
                continue
            change = (
                Change.ADDED
                if name not in then
                else Change.REMOVED
                if name not in present
                else Change.CHANGED
            )
            yield ItemChange(ref=name, kind=NodeKind.CONTEXT, change=change)
