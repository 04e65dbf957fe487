"""What in a feature waits for a person: open questions, and what a model decided alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.spec.drafted import find_drafted
from headwater.spec.ids import qualify
from headwater.spec.statements import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.model import Feature, Place


class ItemKind(Enum):
    """What a person has to do about an item, most pressing first."""

    QUESTION = "answer"
    DRAFTED = "confirm examples"
    ASSUMPTION = "confirm assumption"
    DECISION = "confirm decision"
    EXCEPTION = "confirm exception"


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenItem:
    """One thing that waits for a person.

    Attributes:
        kind: what is to be done.
        ref: what it belongs to, the feature's number where nothing nearer is known.
        text: what is asked, assumed or decided.
        place: where it stands.
    """

    kind: ItemKind
    ref: str
    text: str
    place: Place


def list_questions(feature: Feature) -> Iterator[OpenItem]:
    """The questions of a spec that nobody has answered yet."""
    for question in feature.spec.clarifications if feature.spec else ():
        yield OpenItem(
            kind=ItemKind.QUESTION,
            ref=feature.number,
            text=question.text or "what holds here?",
            place=question.place,
        )


def list_drafted(feature: Feature) -> Iterator[OpenItem]:
    """Example tables that a model wrote and nobody has confirmed, with their rows."""
    for table in find_drafted(feature.spec) if feature.spec else ():
        rows = "; ".join(" → ".join(row.cells) for row in table.rows)
        yield OpenItem(
            kind=ItemKind.DRAFTED,
            ref=qualify(table.owner, feature=feature.number),
            text=rows,
            place=table.place,
        )


def list_assumptions(feature: Feature) -> Iterator[OpenItem]:
    """Assumptions that are marked as open, or that nobody has marked at all."""
    for assumption in feature.spec.assumptions if feature.spec else ():
        if assumption.standing is not Standing.CONFIRMED:
            yield OpenItem(
                kind=ItemKind.ASSUMPTION,
                ref=feature.number,
                text=" ".join(assumption.text.split()),
                place=assumption.place,
            )
