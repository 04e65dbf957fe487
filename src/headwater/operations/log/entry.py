"""One event of a repository's history, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from headwater.graph.changes import ItemChange
    from headwater.graph.deviations import Deviation
    from headwater.graph.drafts import DraftRecord
    from headwater.graph.lock import DerivedFile, Generator
    from headwater.workspace.history import Commit


class Event(Enum):
    """What happened."""

    CHANGED = "changed"  # an item of the documents says something else
    DRAFTED = "drafted"
    APPROVED = "approved"
    CONFIRMED = "confirmed"  # a suspect item was looked at and kept
    DERIVED = "derived"
    VERIFIED = "verified"
    ADOPTED = "adopted"  # code stands as a person edited it, and the documents ask for it so
    ACCEPTED = "accepted"  # code stands as a person edited it, and the documents do not
    REMOVED = "removed"  # a component's record, and what was derived with it
    RESTORED = "restored"  # a lock record is as another commit derived it
    UNVOUCHED = "unvouched"  # a lock record that no commit says was derived


@dataclass(frozen=True, kw_only=True, slots=True)
class Derivation:
    """What the record of a derivation says.

    Attributes:
        record: its sha256.
        template: version of the prompts.
        sources: names of everything that it was derived from.
        files: what was derived.
    """

    record: str
    generator: Generator
    sources: tuple[str, ...]
    files: tuple[DerivedFile, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """A component that passed all its tests; `toolchain` ran them."""

    component: str
    passed: int
    toolchain: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEntry:
    """One event.

    Attributes:
        event: what happened.
        ref: what it happened to: a ref, a feature's number, or the path of a document.
        refs: what it was done for, as the commit says.
        commit, author, email, time, subject: of the commit that did it.
        change: of an item, how it differs.
        derivation: of a component.
        draft: of a document.
        verified: of a feature, the components that passed.
        deviation: of a component, the edit that was accepted.
    """

    event: Event
    ref: str
    commit: str
    author: str
    email: str
    time: datetime
    subject: str
    refs: tuple[str, ...] = ()
    change: ItemChange | None = None
    derivation: Derivation | None = None
    draft: DraftRecord | None = None
    verified: tuple[Verified, ...] = ()
    deviation: Deviation | None = None


def make_entry(
    commit: Commit,
    event: Event,
    *,
    ref: str,
    change: ItemChange | None = None,
    derivation: Derivation | None = None,
    draft: DraftRecord | None = None,
    verified: tuple[Verified, ...] = (),
    deviation: Deviation | None = None,
) -> LogEntry:
    """The entry of what a commit did to `ref`."""
    named = (ref for value in commit.trailers.get("Spec-Ref", ()) for ref in value.split(","))
    return LogEntry(
        event=event,
        ref=ref,
        commit=commit.id,
        author=commit.author,
        email=commit.email,
        time=commit.time,
        subject=commit.subject,
        refs=tuple(dict.fromkeys(filter(None, map(str.strip, named)))),
        change=change,
        derivation=derivation,
        draft=draft,
        verified=verified,
        deviation=deviation,
    )
