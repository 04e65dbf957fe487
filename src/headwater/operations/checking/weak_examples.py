"""Requirements whose examples miss too many small changes, told from records; nothing is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import UsageError
from headwater.graph.strength import describe_survivor
from headwater.operations.standing.strength_records import is_weak, read_strengths
from headwater.rules.tracing import weak_examples
from headwater.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.graph.index import Item
    from headwater.graph.strength import RefStrength, Survivor
    from headwater.operations.standing.survey import Survey

_SHOWN = 3


def find_weak_examples(survey: Survey, *, floor: float) -> Iterator[Problem]:
    """Requirements and scenarios with a score below `floor`, from 0 to 1.

    Raises:
        UsageError: the floor is no share.
    """
    if not 0 <= floor <= 1:
        raise UsageError(
            f"rules.example_strength must be from 0 to 1, found {floor:g}",
            hint="It is a share: 0.6 asks examples to notice 60 of 100 small changes.",
        )
    for ref, strength in read_strengths(survey).items():
        item = survey.reading.index.items.get(ref)
        if item is not None and is_weak(strength, floor=floor):
            yield _report(item, strength, floor)


def _report(item: Item, strength: RefStrength, floor: float) -> Problem:
    survivors = strength.survivors
    counted = strength.killed + len(survivors)
    shown = "; ".join(map(describe_survivor, survivors[:_SHOWN]))
    more = f"; and {len(survivors) - _SHOWN} more" if len(survivors) > _SHOWN else ""
    return Problem(
        code=weak_examples.RULE.name,
        message=f"the examples of {item.ref} tell {strength.killed} of {counted} small changes "
        f"from the code, a share of {strength.score:.2f} where {floor:g} is the least: "
        f"{shown}{more}",
        place=item.place,
        hint=_advise(item.ref, survivors),
        severity=weak_examples.RULE.severity,
    )


def _advise(ref: str, survivors: tuple[Survivor, ...]) -> str:
    rows = list(dict.fromkeys(f"{one.call} → {one.result}" for one in survivors if one.call))
    if not rows:
        return (
            "Add rows with values at the bounds that changed; "
            f"`headwater trace {ref} --strength` lists all changes."
        )
    return (
        f"Rows that would tell: {'; '.join(rows[:_SHOWN])}. A result is what the code does now: "
        "add the row if that is meant. `headwater build --more-examples` drafts them."
    )
