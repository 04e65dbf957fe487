"""What an operation that drafted documents reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from headwater.llm.interface import Usage

if TYPE_CHECKING:
    from headwater.operations.standing.placed_problem import PlacedProblem


class DocumentChange(Enum):
    """What became of a document."""

    CREATED = "created"
    CHANGED = "changed"
    MERGED = "merged"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftedDocument:
    """One document.

    Attributes:
        path: where it is.
        change: what became of it; MERGED kept what a person had changed since the last draft.
        words: how many a person has to read.
        budget: how many there should be at most; 0 for no bound.
    """

    path: str
    change: DocumentChange
    words: int
    budget: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftReport:
    """A draft that was committed.

    Attributes:
        documents: all that the step wrote.
        branch: where the commit is.
        commit: its id.
        findings: what `check` says of these documents now.
        notes: what a person should know, a sentence each.
        models: who answered; empty where no model was needed.
        usage: of all model calls.
        refused: answers that did not fit and were asked for again.
        recorded: items of which it was recorded anew what they rest on.
    """

    documents: tuple[DraftedDocument, ...]
    branch: str
    commit: str
    findings: tuple[PlacedProblem, ...] = ()
    notes: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    refused: int = 0
    recorded: tuple[str, ...] = ()
