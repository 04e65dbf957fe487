"""What in a feature waits for a person: open questions, and what a model decided alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from headwater.graph.meaning_of_plan import state_plan
from headwater.graph.statement import Topic
from headwater.rules.ignores import read_ignores
from headwater.spec.document import open_document
from headwater.spec.drafted import list_drafted
from headwater.spec.ids import qualify
from headwater.spec.markdown import BlockKind
from headwater.spec.sections import find_sections
from headwater.spec.statements import Standing
from headwater.spec.table_cells import split_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headwater.spec.model import Feature, Place, Plan, Source


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


def list_unconfirmed(feature: Feature) -> Iterator[OpenItem]:
    """Example tables that a model wrote and nobody has confirmed, with their rows."""
    for table, _ in list_drafted(feature.spec) if feature.spec else ():
        rows = "; ".join(" → ".join(row.cells) for row in table.rows)
        yield OpenItem(
            kind=ItemKind.DRAFTED,
            ref=qualify(table.owner, feature=feature.number),
            text=rows,
            place=table.place,
        )


def list_assumptions(feature: Feature, *, approved: bool) -> Iterator[OpenItem]:
    """Assumptions that nobody has confirmed; of an approved spec only those marked as open."""
    settled = {Standing.CONFIRMED, Standing.UNMARKED} if approved else {Standing.CONFIRMED}
    for assumption in feature.spec.assumptions if feature.spec else ():
        if assumption.standing not in settled:
            yield OpenItem(
                kind=ItemKind.ASSUMPTION,
                ref=feature.number,
                text=" ".join(assumption.text.split()),
                place=assumption.place,
            )


def list_decisions(feature: Feature) -> Iterator[OpenItem]:
    """The decisions of a plan, each with what was chosen."""
    if feature.plan is None:
        return
    stated = state_plan(feature.plan, feature=feature.number)
    choices = {one.ref: one.text for one in stated if one.topic is Topic.CHOICE}
    for decision in feature.plan.decisions:
        ref = qualify(decision.id, feature=feature.number)
        choice = choices.get(ref, "")
        yield OpenItem(
            kind=ItemKind.DECISION,
            ref=ref,
            text=f"{decision.title}: {choice}" if choice else decision.title,
            place=decision.place,
        )


def list_exceptions(feature: Feature, source: Source) -> Iterator[OpenItem]:
    """Rules that a document asks to be ignored, with the reasons that it gives."""
    for ignore in read_ignores(source.path, source.data):
        yield OpenItem(
            kind=ItemKind.EXCEPTION,
            ref=feature.number,
            text=f"{', '.join(sorted(ignore.rules))} is ignored: {ignore.reason or 'no reason'}",
            place=ignore.place,
        )


def list_violations(feature: Feature, plan: Plan) -> Iterator[OpenItem]:
    """Articles that a plan says it breaks: the rows of Spec Kit's Complexity Tracking."""
    document = open_document(plan.source)
    for section in find_sections(document):
        if "complexity tracking" not in section.title.lower():
            continue
        tables = [block for block in section.blocks if block.kind is BlockKind.TABLE]
        for row in (row for table in tables for row in table.rows[1:]):
            cells = [cell.text.strip() for cell in split_row(plan.source.data, row)]
            if any(cells) and not cells[0].startswith("["):  # a placeholder of the template
                yield OpenItem(
                    kind=ItemKind.EXCEPTION,
                    ref=feature.number,
                    text=": ".join(filter(None, cells)),
                    place=document.place(row.start),
                )
