"""What is asked of `headwater adopt`, what it needs, and what it proposes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.llm.interface import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from headwater.graph.differences import Difference
    from headwater.operations.build import BuildPorts
    from headwater.operations.building.accept import Commit
    from headwater.operations.building.hand_edits import HandEdit
    from headwater.operations.drafting.ports import DraftPorts


@dataclass(frozen=True, kw_only=True, slots=True)
class AdoptRequest:
    """What is to be adopted.

    Attributes:
        files: the edited files, as paths on this machine.
        ref: the requirement that the change belongs to; empty to find it.
        regenerate: have a model derive the code anew from the changed specification.
    """

    files: Sequence[Path]
    ref: str = ""
    regenerate: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AdoptPorts:
    """What `wiring` provides: for drafting the change, and for judging and deriving code."""

    drafting: DraftPorts
    building: BuildPorts


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownRow:
    """A proposed example: what the call comes to now, and what it came to before; or empty."""

    ref: str
    call: str
    before: str
    now: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposedAdoption:
    """An adoption that is worked out, and not committed.

    Attributes:
        edits: what was edited.
        commit: what would be committed.
        base: the commit that it would follow.
        rows: examples that the specification would gain.
        differences: what documents would say differently.
        text: the same as a difference of text.
        probes: how many calls were tried on both versions.
        passed: how many tests the code passes with the changed specification.
        notes: what a person should know, a sentence each.
        models, usage, refused: who was asked, what that took, and how many answers would not do.
    """

    edits: tuple[HandEdit, ...]
    commit: Commit
    base: str
    rows: tuple[ShownRow, ...] = ()
    differences: tuple[Difference, ...] = ()
    text: str = ""
    probes: int = 0
    passed: int = 0
    notes: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    refused: int = 0

    @property
    def reformatted(self) -> bool:
        """Whether the code means the same, so that nothing else changes."""
        return all(edit.reformatted for edit in self.edits)
