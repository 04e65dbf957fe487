"""What a change is drafted from, and what it comes to, as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.spec.examples import ExampleTable, Row
    from headwater.spec.model import Requirement, Span, Spec

FindFaults = Callable[["Row", Sequence["Row"]], Sequence[str]]
"""What is wrong with a row beside all others, those in the second argument apart: unknown names,
wrong arguments, and rows anywhere in the feature that contradict it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeSubject:
    """What a change is drafted from.

    Attributes:
        wish: what is asked for, in the words of the one who asks.
        spec: the feature's specification.
        requirement: the one to change; None for a new one, and for a scenario, which only gains
            tables behind those that it has.
        functions: what new examples may call, each with its parameters.
        errors: what a call may fail with.
        find_faults: judges a row.
    """

    wish: str
    spec: Spec
    requirement: Requirement | None
    functions: Mapping[str, tuple[str, ...]]
    errors: tuple[str, ...]
    find_faults: FindFaults


@dataclass(frozen=True, kw_only=True, slots=True)
class RowChange:
    """An existing row with its new cells; None takes it out."""

    table: ExampleTable
    row: Row
    cells: tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TextChange:
    """A sentence that takes the place of some bytes; an empty span adds it there."""

    span: Span
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NewTable:
    """A table that is added whole: rows that run one after the other.

    Attributes:
        header, rows: their cells.
        behind: the table that it follows; None for the end of its requirement.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    behind: ExampleTable | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeDraft:
    """What a change comes to.

    Attributes:
        text: the sentence to put in; None where the text stays, or is all new.
        new_text: the text of a new requirement; empty for one that is there.
        changed: rows with another result.
        added: cells of new Call rows.
        tables: new tables.
        drafted: a model had a part in the new rows, so that somebody has to confirm them.
        notes: what a person should know, a sentence each.
    """

    text: TextChange | None = None
    new_text: str = ""
    changed: tuple[RowChange, ...] = ()
    added: tuple[tuple[str, ...], ...] = ()
    tables: tuple[NewTable, ...] = ()
    drafted: bool = True
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.text or self.new_text or self.changed or self.added or self.tables)
