"""Example rows of one requirement, computed twice: what comes out differently is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.graph.contradictions import contradicts
from headwater.spec.read_expected import read_expected
from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.quoting import quote_data
from headwater.steps.specify.context import show_requirements
from headwater.steps.specify.given_rows import read_given_rows
from headwater.steps.specify.numbers import add_boundaries, find_numbers, list_known
from headwater.steps.specify.rows import (
    find_faults,
    is_settled,
    read_row,
    type_outcomes,
    type_rows,
    write_call,
    write_result,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from headwater.steps.specify.context import Context
    from headwater.steps.specify.draft import DraftedRequirement, DraftedRow
    from headwater.steps.specify.operations import Operation
    from headwater.steps.specify.rows import ReadRow, Recheck, RowsAnswer


@dataclass(frozen=True, kw_only=True, slots=True)
class _Showing:
    """What rows are asked for: which requirement they show, and by calls of what.

    Attributes:
        requirements: it, and those that limit it.
    """

    requirement: DraftedRequirement
    operation: Operation
    requirements: Sequence[DraftedRequirement]

    @property
    def values(self) -> dict[str, str]:
        """What both prompts show."""
        return {
            "requirements": show_requirements(self.requirements),
            "operation": quote_data("operation", self.operation.signature),
        }


def draft_rows(
    context: Context,
    requirement: DraftedRequirement,
    *,
    operation: Operation,
    requirements: Sequence[DraftedRequirement],
    earlier: dict[str, ReadRow],
) -> tuple[DraftedRow, ...]:
    """Rows that the idea gives, and rows that two askings agree on and that are not there already.

    Args:
        context: of the drafting.
        requirement: what the rows show.
        operation: what they call.
        requirements: all of the feature.
        earlier: rows of all requirements by their call; the new ones are added.

    Raises:
        ModelError: a model could not be reached, or refused.
    """
    # The requirement first, then those that the same operation shows, since one may limit another.
    others = [one for one in requirements if one.id in operation.shows and one is not requirement]
    showing = _Showing(
        requirement=requirement, operation=operation, requirements=[requirement, *others]
    )
    given = {one.row.call: one for one in read_given_rows(operation, requirement.sentence)}
    earlier.update(given)
    rows = _ask_rows(context, showing, earlier)
    sure = _keep_agreed(context, showing, rows)
    left = len(rows) - len(sure)
    if left:
        context.notes.append(
            f"{requirement.id}: {left} of {len(rows)} example rows left out, since the model "
            "computed another result the second time."
        )
    earlier.update((one.row.call, one) for one in sure)
    return tuple(one.row for one in (*given.values(), *sure))


def _ask_rows(
    context: Context, showing: _Showing, earlier: Mapping[str, ReadRow]
) -> tuple[ReadRow, ...]:
    one, operation = showing.requirement, showing.operation
    shown = quote_data("requirement", f"{one.id}: {one.text}")
    question = Question(
        template="specify/examples",
        values={**showing.values, "requirement": shown},
        kind=type_rows(operation),
        about=one.id,
        check=lambda answer: list(find_faults(answer, operation, earlier)),
        wishes=lambda answer: _miss_limits(answer, showing),
    )
    answer = context.ledger.add(ask(question, drafter=context.drafter)).value
    found: dict[str, ReadRow] = {}
    for part in answer.rows if answer else ():
        read = read_row(operation, part)
        if read.row.call not in earlier:
            found.setdefault(read.row.call, read)
    return tuple(found.values())


def _miss_limits(answer: RowsAnswer, showing: _Showing) -> Sequence[str]:
    """Whether no row stands at a number of the requirement, or just beside one."""
    numbers = find_numbers(showing.requirement.text)
    # A limit may stand on either side: 24.00 is a result, 15 minutes an argument.
    cells = (f"{write_call(showing.operation, row)} {write_result(row)}" for row in answer.rows)
    if numbers and not list_known(cells) & add_boundaries(frozenset(numbers)):
        return ["one row should stand at a limit that the requirement gives"]
    return []


def _keep_agreed(
    context: Context, showing: _Showing, rows: Sequence[ReadRow]
) -> tuple[ReadRow, ...]:
    """The rows whose result comes out again when only their calls are shown."""
    if not rows:
        return ()
    calls = "\n".join(f"{place}. {one.row.call}" for place, one in enumerate(rows, 1))
    question = Question(
        template="specify/recheck",
        values={**showing.values, "calls": quote_data("calls", calls)},
        kind=type_outcomes(showing.operation, len(rows)),
        about=showing.requirement.id,
        check=_find_unsettled,
    )
    again = context.ledger.add(ask(question, drafter=context.drafter)).value
    if again is None:
        return ()
    return tuple(
        one
        for one, outcome in zip(rows, again.outcomes, strict=True)
        if not contradicts(one.expected, read_expected(write_result(outcome)))
    )


def _find_unsettled(answer: Recheck) -> Sequence[str]:
    settled = all(map(is_settled, answer.outcomes))
    return [] if settled else ["give every call a result or an error"]
