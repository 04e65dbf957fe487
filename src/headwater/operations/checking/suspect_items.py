"""Decisions, components and tasks whose grounds changed since they were drafted or confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.basis import RESTING, explain_suspicion
from headwater.graph.index import ItemKind
from headwater.graph.lock import BasisRecord, Settled
from headwater.graph.states import State
from headwater.operations.standing.grounds import gather_grounds
from headwater.rules.tracing import item_suspect
from headwater.spec.ids import split_ref
from headwater.spec.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headwater.graph.index import Item
    from headwater.graph.states import Reason
    from headwater.operations.standing.survey import Survey
    from headwater.workspace.kept_results import KeptResults


@dataclass(frozen=True, kw_only=True, slots=True)
class SuspectItem:
    """An item that may not say any more what it should.

    Attributes:
        ref: `001/D1`.
        kind: decision, component or task.
        settled: whether it was drafted or confirmed before that.
        reasons: what changed since.
    """

    ref: str
    kind: ItemKind
    settled: Settled
    reasons: tuple[Reason, ...]

    @property
    def why(self) -> str:
        """`001/FR-003 changed since it was drafted`."""
        return f"{', '.join(map(str, self.reasons))} since it was {self.settled.value}"


def find_suspect_items(
    survey: Survey, *, feature: str = "", kept: KeptResults | None = None
) -> tuple[SuspectItem, ...]:
    """Every suspect item, in the order of the documents.

    One without a record was written by a person, and is never suspect.

    Args:
        survey: the repository as it stands.
        feature: a number; empty for all features.
        kept: results of earlier runs; None for none.
    """
    records = dict(_list_records(survey, feature))
    index, items = survey.reading.index, survey.reading.index.items
    grounds = gather_grounds(survey.reading, records, kept=kept)
    found = (
        SuspectItem(ref=ref, kind=items[ref].kind, settled=record.settled, reasons=reasons)
        for ref, record in records.items()
        if (reasons := explain_suspicion(ref, record.sources, index=index, grounds=grounds))
    )
    return tuple(sorted(found, key=lambda one: items[one.ref].place))


def report_suspect_items(suspects: Iterable[SuspectItem], survey: Survey) -> Iterator[Problem]:
    """A warning at each of them."""
    for one in suspects:
        item = survey.reading.index.items[one.ref]
        yield Problem(
            code=item_suspect.RULE.name,
            message=f"{one.ref} is suspect: {one.why}",
            place=item.place,
            hint=_tell_remedy(item),
            severity=item_suspect.RULE.severity,
        )


def refuse_suspect(survey: Survey, number: str, *, wanted: bool, kept: KeptResults | None) -> None:
    """Refuse to derive a feature with suspect components, where `build.block_suspect` asks for it.

    One that would be removed is no reason.

    Raises:
        HeadwaterError: names all of them, with their reasons.
    """
    if not wanted:
        return
    suspects = [
        one
        for one in find_suspect_items(survey, feature=number, kept=kept)
        if one.kind is ItemKind.COMPONENT and survey.states[one.ref].state is not State.ORPHANED
    ]
    if suspects:
        told = "; ".join(f"{one.ref}: {one.why}" for one in suspects)
        refs = " ".join(one.ref for one in suspects)
        raise HeadwaterError(
            f"build.block_suspect refuses components that are suspect: {told}",
            hint=f"`headwater plan {number}` redrafts them; `headwater confirm {refs}` keeps them.",
        )


def _list_records(survey: Survey, feature: str) -> Iterator[tuple[str, BasisRecord]]:
    """The records that can be read, of items that are there."""
    items = survey.reading.index.items
    for ref, record in survey.lock.bases.items():
        is_there = ref in items and items[ref].kind in RESTING
        is_asked = not feature or split_ref(ref)[0] == feature
        if isinstance(record, BasisRecord) and is_there and is_asked:
            yield ref, record


def _tell_remedy(item: Item) -> str:
    step = "tasks" if item.kind is ItemKind.TASK else "plan"
    return (
        f"If it still holds as it stands, or once you have edited it: `headwater confirm "
        f"{item.ref}`. `headwater {step} {item.feature}` drafts it again."
    )
