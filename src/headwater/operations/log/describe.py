"""An event in a few words, the same in every form of a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.graph.lock import BY_HAND
from headwater.graph.states import Change
from headwater.operations.log.entry import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.changes import ItemChange
    from headwater.graph.drafts import DraftRecord
    from headwater.operations.log.entry import Derivation, LogEntry, Verified

_SAID = {
    Event.CONFIRMED: "as it stands, against what it rests on now",
    Event.ADOPTED: "as it was edited by hand",
    Event.REMOVED: "with what was derived for it",
    Event.RESTORED: "its lock record is as an earlier commit derived it",
    Event.UNVOUCHED: "its lock record was written by no derivation that a commit names",
}


def name_event(entry: LogEntry) -> str:
    """What happened in a word; of an item of the documents, whether it was added or retired."""
    return entry.change.change.value if entry.change else entry.event.value


def describe_entry(entry: LogEntry) -> str:
    """What there is to say of it besides its name, its ref, and who did it when."""
    if entry.change:
        return ", ".join(_describe_change(entry.change))
    if entry.derivation:
        return ", ".join(_describe_derivation(entry.derivation))
    if entry.draft:
        return ", ".join(_describe_draft(entry.draft))
    if entry.deviation:
        return f"{entry.deviation.path} as it was edited, because: {entry.deviation.reason}"
    if entry.verified:
        return "; ".join(map(_describe_verified, entry.verified))
    return _SAID.get(entry.event, "")


def _describe_change(change: ItemChange) -> Iterator[str]:
    """The kind of item, what of it differs, and its title; of a new item everything is new."""
    yield change.kind.value
    if change.change is Change.CHANGED:
        parts = (
            ("text", change.text_changed),
            ("links", change.links_changed),
            ("interface", change.offer_changed),
        )
        yield from (name for name, changed in parts if changed)
    for number, done in (
        (len(change.examples_added), "added"),
        (len(change.examples_removed), "removed"),
    ):
        if number:
            yield f"{_count(number, 'example')} {done}"
    if change.title:
        yield f"“{change.title}”"


def _describe_derivation(derivation: Derivation) -> Iterator[str]:
    made = derivation.generator
    if made.model == BY_HAND:
        yield f"written by hand, adopted by {made.parameters.get('adopted_by', 'somebody')}"
        yield _count(len(derivation.files), "file")
        return
    yield made.model
    yield _count(made.attempts, "attempt")
    yield f"{made.input_tokens} tokens in, {made.output_tokens} out"
    if made.cost:
        yield f"{made.cost} USD"
    yield f"template {made.template}"
    yield _count(len(derivation.files), "file")


def _describe_draft(draft: DraftRecord) -> Iterator[str]:
    yield draft.step
    if draft.model:
        yield draft.model
        yield f"{draft.input_tokens} tokens in, {draft.output_tokens} out"
    if draft.template:
        yield f"template {draft.template}"


def _describe_verified(verified: Verified) -> str:
    return f"{verified.component}: {_count(verified.passed, 'test')} passed"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
