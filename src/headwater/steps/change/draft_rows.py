"""Drafting the examples of a changed requirement: which no longer hold, and which are missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import BaseModel

from headwater.spec.examples import CallRow
from headwater.steps.change.cells import (
    CALL_HEADER,
    ExampleAnswer,
    OutcomeAnswer,
    OutputAnswer,
    read_row,
    write_call,
    write_output,
    write_result,
)
from headwater.steps.change.subject import RowChange
from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.quoting import quote_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.examples import ExampleTable, Row
    from headwater.steps.change.subject import ChangeSubject
    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter

_MOST_SHOWN = 12
_MOST_FUNCTIONS = 8


class StaleAnswer(BaseModel):
    """Numbers of the examples that no longer hold."""

    rows: list[int]


@dataclass(kw_only=True, slots=True)
class RowDrafter:
    """Asks about the examples of one requirement; `notes` collects what a person should know."""

    subject: ChangeSubject
    now: str
    about: str
    drafter: Drafter
    ledger: Ledger
    notes: list[str] = field(default_factory=list)

    def draft_changes(self, before: str) -> tuple[RowChange, ...]:
        """The rows of the requirement whose result is another one than `before`.

        Raises:
            ModelError: a model could not be reached, or refused.
        """
        listed = self._list_rows()
        if not listed or before == self.now:
            return ()
        if len(listed) > _MOST_SHOWN:
            self.notes.append(
                f"Only the first {_MOST_SHOWN} of {len(listed)} examples were looked at."
            )
            listed = listed[:_MOST_SHOWN]
        stale = self._ask_stale(before, [row for _, row in listed])
        replaced = [listed[number - 1][1] for number in stale]
        changes = (self._change(*listed[number - 1], replaced=replaced) for number in stale)
        return tuple(change for change in changes if change is not None)

    def draft_additions(
        self, *, most: int, replaced: Sequence[Row] = ()
    ) -> tuple[tuple[str, ...], ...]:
        """Cells of new Call rows, at most so many.

        Raises:
            ModelError: a model could not be reached, or refused.
        """
        if not self.subject.functions:
            self.notes.append(
                "No example was drafted: no plan declares a function, and no example calls one."
            )
            return ()
        added: list[tuple[str, ...]] = []
        for _ in range(most):
            cells = self._ask_example(added, replaced)
            if cells is None:
                break
            added.append(cells)
        return tuple(added)

    def _list_rows(self) -> list[tuple[ExampleTable, Row]]:
        requirement = self.subject.requirement
        tables = requirement.tables if requirement else ()
        return [(table, row) for table in tables for row in table.rows]

    def _ask_stale(self, before: str, rows: Sequence[Row]) -> list[int]:
        shown = "\n".join(f"{number}. {show_row(row)}" for number, row in enumerate(rows, 1))
        question = Question(
            template="change/rows",
            values={
                "before": quote_data("before", before),
                "now": quote_data("requirement", self.now),
                "rows": quote_data("examples", shown),
            },
            kind=StaleAnswer,
            about=self.about,
            check=lambda answer: (
                []
                if all(1 <= number <= len(rows) for number in answer.rows)
                else [f"`rows` must hold numbers from 1 to {len(rows)}"]
            ),
            tokens=120,
        )
        answer = self.ledger.add(ask(question, drafter=self.drafter)).value
        if answer is None:
            self.notes.append("No model said which examples no longer hold; look at all of them.")
            return []
        return sorted(set(answer.rows))

    def _change(
        self, table: ExampleTable, row: Row, *, replaced: Sequence[Row]
    ) -> RowChange | None:
        is_call = isinstance(row, CallRow)
        cells = (
            self._ask_result(table, row, replaced)
            if is_call
            else self._ask_output(table, row, replaced)
        )
        if isinstance(cells, str):
            self.notes.append(f"{row.place}: {show_row(row)} is as it was, look at it: {cells}")
            return None
        return None if cells == row.cells else RowChange(table=table, row=row, cells=cells or None)

    def _ask_result(
        self, table: ExampleTable, row: Row, replaced: Sequence[Row]
    ) -> tuple[str, ...] | str:
        """New cells; none to take the row out; or why no answer would do."""

        def write(answer: OutcomeAnswer) -> tuple[str, ...]:
            names = [cell.strip("`*_ ").lower() for cell in table.header]
            new = {"result": write_result(answer)}
            pairs = zip(names, row.cells, strict=True)
            return tuple(new.get(name, cell) for name, cell in pairs)

        def check(answer: OutcomeAnswer) -> list[str]:
            if answer.outcome == "remove":
                return []
            return [*self._check_error(answer), *self._judge(table.header, write(answer), replaced)]

        question = Question(
            template="change/result",
            values={
                "now": quote_data("requirement", self.now),
                "row": quote_data("example", show_row(row)),
                "errors": ", ".join(self.subject.errors),
            },
            kind=OutcomeAnswer,
            about=self.about,
            check=check,
            tokens=200,
        )
        asked = self.ledger.add(ask(question, drafter=self.drafter))
        if asked.value is None:
            return _explain(asked.refused)
        return () if asked.value.outcome == "remove" else write(asked.value)

    def _ask_output(
        self, table: ExampleTable, row: Row, replaced: Sequence[Row]
    ) -> tuple[str, ...] | str:
        question = Question(
            template="change/output",
            values={
                "now": quote_data("requirement", self.now),
                "row": quote_data("example", show_row(row)),
            },
            kind=OutputAnswer,
            about=self.about,
            check=lambda answer: (
                []
                if answer.remove
                else self._judge(table.header, write_output(answer, row, table.header), replaced)
            ),
            tokens=300,
        )
        asked = self.ledger.add(ask(question, drafter=self.drafter))
        if asked.value is None:
            return _explain(asked.refused)
        return () if asked.value.remove else write_output(asked.value, row, table.header)

    def _ask_example(
        self, added: Sequence[tuple[str, ...]], replaced: Sequence[Row]
    ) -> tuple[str, ...] | None:
        functions = dict(list(self.subject.functions.items())[:_MOST_FUNCTIONS])
        present = [show_row(row) for _, row in self._list_rows()]
        present += [f"{call} → {result}" for call, result in added]
        calls = {row.cells[0] for _, row in self._list_rows()} | {cells[0] for cells in added}

        def check(answer: ExampleAnswer) -> list[str]:
            cells = (write_call(answer), write_result(answer))
            if answer.function not in functions:
                return [f"`function` must be one of {', '.join(functions)}"]
            if cells[0] in calls:
                return ["an example above shows this call already; choose other arguments"]
            return [*self._check_error(answer), *self._judge(CALL_HEADER, cells, replaced)]

        question = Question(
            template="change/example",
            values={
                "now": quote_data("requirement", self.now),
                "functions": quote_data(
                    "functions",
                    "\n".join(f"{name}({', '.join(each)})" for name, each in functions.items()),
                ),
                "rows": quote_data("examples", "\n".join(present[:_MOST_SHOWN]) or "none yet"),
                "errors": ", ".join(self.subject.errors),
                "wish": quote_data("wish", self.subject.wish),
            },
            kind=ExampleAnswer,
            about=f"{self.about} {len(added) + 1}",
            check=check,
            tokens=250,
        )
        asked = self.ledger.add(ask(question, drafter=self.drafter))
        if asked.value is None:
            self.notes.append(f"An example was left out: {_explain(asked.refused)}")
            return None
        return write_call(asked.value), write_result(asked.value)

    def _check_error(self, answer: OutcomeAnswer | ExampleAnswer) -> list[str]:
        if answer.outcome != "error" or answer.error in self.subject.errors:
            return []
        return [f"`error` must be one of {', '.join(self.subject.errors)}"]

    def _judge(
        self, header: Sequence[str], cells: Sequence[str], replaced: Sequence[Row]
    ) -> list[str]:
        row, faults = read_row(header, cells)
        return faults if row is None else list(self.subject.find_faults(row, replaced))


def _explain(refused: Sequence[str]) -> str:
    """Why the last answer would not do, as a sentence."""
    reason = refused[-1] if refused else "no model was asked"
    return reason if reason.endswith(".") else f"{reason}."


def show_row(row: Row) -> str:
    """A row on one line, as a prompt and a note show it."""
    return " → ".join(row.cells)
