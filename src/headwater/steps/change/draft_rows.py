"""Drafting the examples of a changed requirement: which no longer hold, and which are missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from headwater.spec.examples import CallRow
from headwater.steps.change.row_questions import MOST_SHOWN, show_row
from headwater.steps.change.subject import RowChange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.examples import ExampleTable, Row
    from headwater.steps.change.row_questions import Cells, RowAsker


@dataclass(kw_only=True, slots=True)
class RowDrafter:
    """Drafts the rows of one requirement; `notes` collects what a person should know."""

    asker: RowAsker
    notes: list[str] = field(default_factory=list)

    def draft_changes(self, before: str) -> tuple[RowChange, ...]:
        """The rows whose result is another one than when the requirement said `before`.

        Raises:
            ModelError: a model could not be reached, or refused.
        """
        listed = self._list_rows()
        if not listed or before == self.asker.now:
            return ()
        if len(listed) > MOST_SHOWN:
            note = f"Only the first {MOST_SHOWN} of {len(listed)} examples were looked at."
            self.notes.append(note)
        stale = self.asker.ask_stale(before, [row for _, row in listed[:MOST_SHOWN]])
        if stale is None:
            self.notes.append("No model said which examples no longer hold; look at all of them.")
            return ()
        chosen = [listed[number - 1] for number in stale]
        replaced = [row for _, row in chosen]
        changes = (self._change(table, row, replaced=replaced) for table, row in chosen)
        return tuple(change for change in changes if change is not None)

    def draft_additions(self, *, most: int, replaced: Sequence[Row] = ()) -> tuple[Cells, ...]:
        """Cells of new Call rows, at most so many.

        Raises:
            ModelError: a model could not be reached, or refused.
        """
        if not self.asker.subject.functions:
            self.notes.append(
                "No example was drafted: no plan declares a function, and no example calls one."
            )
            return ()
        present = [row.cells for _, row in self._list_rows()]
        added: list[Cells] = []
        for number in range(1, most + 1):
            cells = self.asker.ask_example([*present, *added], number=number, replaced=replaced)
            if isinstance(cells, str):
                self.notes.append(f"An example was left out: {cells}")
                break
            added.append(cells)
        return tuple(added)

    def _list_rows(self) -> list[tuple[ExampleTable, Row]]:
        requirement = self.asker.subject.requirement
        tables = requirement.tables if requirement else ()
        return [(table, row) for table in tables for row in table.rows]

    def _change(
        self, table: ExampleTable, row: Row, *, replaced: Sequence[Row]
    ) -> RowChange | None:
        question = self.asker.ask_result if isinstance(row, CallRow) else self.asker.ask_output
        cells = question(table, row, replaced=replaced)
        if isinstance(cells, str):
            self.notes.append(f"{row.place}: {show_row(row)} is as it was, look at it: {cells}")
            return None
        return None if cells == row.cells else RowChange(table=table, row=row, cells=cells or None)
