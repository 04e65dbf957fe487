"""The questions about the examples of a changed requirement; every answer is held to our reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

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
from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.quoting import quote_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.examples import ExampleTable, Row
    from headwater.steps.change.subject import ChangeSubject
    from headwater.steps.drafting.asking import Asked, Ledger
    from headwater.steps.drafting.drafter import Drafter

T = TypeVar("T", bound=BaseModel)
Cells = tuple[str, ...]

MOST_SHOWN = 12
_MOST_FUNCTIONS = 8


class StaleAnswer(BaseModel):
    """Numbers of the examples that no longer hold."""

    rows: list[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class RowAsker:
    """Asks about rows of one requirement.

    Attributes:
        subject: what the change is drafted from.
        now: what the requirement says after it.
        about: its ref, for whoever watches.
        drafter, ledger: whom to ask, and what takes the cost.
    """

    subject: ChangeSubject
    now: str
    about: str
    drafter: Drafter
    ledger: Ledger

    def ask_stale(self, before: str, rows: Sequence[Row]) -> list[int] | None:
        """Numbers, from 1, of the rows that no longer hold; None where no answer would do."""
        shown = "\n".join(f"{number}. {show_row(row)}" for number, row in enumerate(rows, 1))
        values = {"before": quote_data("before", before), "rows": quote_data("examples", shown)}

        def check(answer: StaleAnswer) -> list[str]:
            if all(1 <= number <= len(rows) for number in answer.rows):
                return []
            return [f"`rows` must hold numbers from 1 to {len(rows)}"]

        question = Question(
            template="change/rows",
            values=self._fill(values),
            kind=StaleAnswer,
            about=self.about,
            check=check,
            tokens=120,
        )
        answer = self._ask(question).value
        return None if answer is None else sorted(set(answer.rows))

    def ask_result(self, table: ExampleTable, row: Row, *, replaced: Sequence[Row]) -> Cells | str:
        """New cells of a Call row; none to take it out; or why no answer would do."""
        names = [cell.strip("`*_ ").lower() for cell in table.header]
        place = names.index("result")

        def write(answer: OutcomeAnswer) -> Cells:
            return (*row.cells[:place], write_result(answer), *row.cells[place + 1 :])

        def check(answer: OutcomeAnswer) -> list[str]:
            if answer.outcome == "remove":
                return []
            return [*self._check_error(answer), *self._judge(table.header, write(answer), replaced)]

        question = Question(
            template="change/result",
            values=self._fill({"row": quote_data("example", show_row(row))}),
            kind=OutcomeAnswer,
            about=self.about,
            check=check,
            tokens=200,
        )
        asked = self._ask(question)
        if asked.value is None:
            return explain(asked.refused)
        return () if asked.value.outcome == "remove" else write(asked.value)

    def ask_output(self, table: ExampleTable, row: Row, *, replaced: Sequence[Row]) -> Cells | str:
        """New cells of a Run row; none to take it out; or why no answer would do."""
        write = partial(write_output, row=row, header=table.header)

        def check(answer: OutputAnswer) -> list[str]:
            return [] if answer.remove else self._judge(table.header, write(answer), replaced)

        question = Question(
            template="change/output",
            values=self._fill({"row": quote_data("example", show_row(row))}),
            kind=OutputAnswer,
            about=self.about,
            check=check,
            tokens=300,
        )
        asked = self._ask(question)
        if asked.value is None:
            return explain(asked.refused)
        return () if asked.value.remove else write(asked.value)

    def ask_example(
        self, present: Sequence[Cells], *, number: int, replaced: Sequence[Row]
    ) -> Cells | str:
        """Cells of a new Call row, whose call no present row has; or why no answer would do."""
        functions = dict(list(self.subject.functions.items())[:_MOST_FUNCTIONS])
        signatures = "\n".join(f"{name}({', '.join(each)})" for name, each in functions.items())
        shown = "\n".join(" → ".join(cells) for cells in present[:MOST_SHOWN])

        def check(answer: ExampleAnswer) -> list[str]:
            cells = (write_call(answer), write_result(answer))
            if answer.function not in functions:
                return [f"`function` must be one of {', '.join(functions)}"]
            if any(cells[0] == other[0] for other in present):
                return ["an example above shows this call already; choose other arguments"]
            return [*self._check_error(answer), *self._judge(CALL_HEADER, cells, replaced)]

        values = {
            "functions": quote_data("functions", signatures),
            "rows": quote_data("examples", shown or "none yet"),
        }
        question = Question(
            template="change/example",
            values=self._fill(values),
            kind=ExampleAnswer,
            about=f"{self.about} {number}",
            check=check,
            tokens=250,
        )
        asked = self._ask(question)
        if asked.value is None:
            return explain(asked.refused)
        return write_call(asked.value), write_result(asked.value)

    def _ask(self, question: Question[T]) -> Asked[T]:
        return self.ledger.add(ask(question, drafter=self.drafter))

    def _fill(self, values: dict[str, str]) -> dict[str, str]:
        common = {
            "now": quote_data("requirement", self.now),
            "wish": quote_data("wish", self.subject.wish),
            "errors": ", ".join(self.subject.errors),
        }
        return {**common, **values}

    def _check_error(self, answer: OutcomeAnswer | ExampleAnswer) -> list[str]:
        if answer.outcome != "error" or answer.error in self.subject.errors:
            return []
        return [f"`error` must be one of {', '.join(self.subject.errors)}"]

    def _judge(self, header: Sequence[str], cells: Cells, replaced: Sequence[Row]) -> list[str]:
        row, faults = read_row(header, cells)
        return faults if row is None else list(self.subject.find_faults(row, replaced))


def explain(refused: Sequence[str]) -> str:
    """Why the last answer would not do, as a sentence."""
    reason = refused[-1] if refused else "no model was asked"
    return reason if reason.endswith(".") else f"{reason}."


def show_row(row: Row) -> str:
    """A row on one line, as a prompt and a note show it."""
    return " → ".join(row.cells)
