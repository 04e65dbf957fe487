"""The specification with the rows that an edit shows, and perhaps a sentence that says so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from headwater.errors import HeadwaterError
from headwater.graph.index import ItemKind
from headwater.operations.adopting.report import ShownRow
from headwater.operations.drafting.change_subject import (
    find_last_table,
    list_candidates,
    prepare_subject,
)
from headwater.spec.ids import split_ref
from headwater.spec.model import Source
from headwater.spec.read_spec import read_spec
from headwater.steps.adopting.choose_rows import find_places
from headwater.steps.change.candidates import Candidate
from headwater.steps.change.cells import CALL_HEADER, read_row, tell_outcome
from headwater.steps.change.draft_text import draft_text
from headwater.steps.change.edits import apply_change
from headwater.steps.change.subject import ChangeDraft
from headwater.steps.drafting.asking import DraftError, Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from headwater.llm.interface import ModelError
    from headwater.operations.adopting.trial import Trial
    from headwater.steps.adopting.choose_rows import ShownChange
    from headwater.steps.change.subject import ChangeSubject, NewTable, TextChange
    from headwater.steps.drafting.drafter import Drafter


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedChange:
    """What a function does differently, under the requirement that it belongs to."""

    ref: str
    shown: ShownChange

    @property
    def rows(self) -> tuple[ShownRow, ...]:
        """The examples that would say so."""
        return tuple(
            ShownRow(
                ref=self.ref,
                call=one.call,
                before=tell_outcome(one.before) if one.before else "",
                now=tell_outcome(one.now) if one.now else "",
            )
            for one in self.shown.probed
        )


def place_changes(
    trial: Trial,
    component: str,
    shown: Sequence[ShownChange],
    *,
    ref: str,
    choose: Callable[[Sequence[Candidate]], str] | None,
) -> list[PlacedChange]:
    """The requirement that each change belongs to, or the scenario whose table it is like.

    Args:
        trial: the repository with the edit.
        component: what was edited.
        shown: the changes.
        ref: the requirement that a person named; empty to find it.
        choose: asks a person which is meant, and gives its ref; None where nobody can be asked.

    Raises:
        HeadwaterError: the component implements no requirement of that name, or it is not clear
            which is meant.
    """
    summary = trial.survey.reading.summaries[trial.feature.number]
    live = trial.survey.reading.index.live_refs(component)
    items = trial.survey.reading.index.items
    like = (probed.unit.ref for one in shown for probed in one.probed)
    scenarios = [
        Candidate(ref=one, text=items[one].text)
        for one in dict.fromkeys(like)
        if one in live and items[one].kind is ItemKind.SCENARIO
    ]
    requirements = list_candidates(trial.survey, [summary])
    own = [*(one for one in requirements if one.ref in live), *scenarios]
    if ref:
        own = [one for one in own if ref in {one.ref, split_ref(one.ref)[1]}]
    if not own:
        raise HeadwaterError(
            f"expected a requirement of {component} to put examples under, found none"
            + (f" named {ref!r}" if ref else ""),
            hint=f"`headwater trace {component}` tells what it implements.",
        )
    return [PlacedChange(ref=_choose(one, own, choose), shown=one) for one in shown]


def _choose(
    shown: ShownChange,
    own: Sequence[Candidate],
    choose: Callable[[Sequence[Candidate]], str] | None,
) -> str:
    places = find_places(shown, own)
    if len(places) == 1:
        return places[0].ref
    if choose is not None:
        return choose(places)
    told = "; ".join(f"{one.ref} ({one.text[:60]}…)" for one in places)
    raise HeadwaterError(
        f"it is not clear which requirement `{shown.function}` now keeps in another way: {told}",
        hint=f"Say which: `--ref {places[0].ref}`.",
    )


@dataclass(kw_only=True, slots=True)
class SpecEditor:
    """Puts changes into the specification; `notes` collects what a person should know."""

    trial: Trial
    placed: Sequence[PlacedChange]
    ledger: Ledger = field(default_factory=Ledger)
    notes: list[str] = field(default_factory=list)

    def write(self, drafter: Drafter | None = None) -> bytes:
        """The document with the rows in it; with a drafter, sentences are reworded where needed.

        Raises:
            DraftError: no model gave a sentence that can be used.
            ModelError: a model could not be reached, or refused.
        """
        self.notes.clear()
        spec = self.trial.feature.spec
        assert spec is not None, "requirements stand in a specification"
        data = spec.source.data
        for one in self.placed:
            subject = self._prepare(one, data, path=spec.source.path)
            text = self._word(subject, one.ref, drafter) if drafter else None
            last = find_last_table(subject.spec, one.ref)
            draft = ChangeDraft(
                text=text,
                added=self._list_sound(one, subject),
                tables=tuple(
                    replace(table, behind=last)
                    for table in one.shown.tables
                    if self._is_sound(table)
                ),
                drafted=False,
            )
            data, left_out = apply_change(subject, draft, name=split_ref(one.ref)[1])
            self.notes += [left_out] if left_out else []
        return data

    def _prepare(self, one: PlacedChange, data: bytes, *, path: str) -> ChangeSubject:
        """What a change of its requirement starts from, in the document as it is by now."""
        number, local = split_ref(one.ref)
        subject = prepare_subject(self.trial.survey, number, ref=one.ref, wish=one.shown.wish)
        spec = read_spec(Source(path=path, data=data))
        requirement = next((item for item in spec.requirements if item.id == local), None)
        return replace(subject, spec=spec, requirement=requirement)

    def _list_sound(self, one: PlacedChange, subject: ChangeSubject) -> tuple[tuple[str, str], ...]:
        """The rows that our own reader takes, and that contradict none that is there."""
        sound = []
        for cells in one.shown.rows:
            row, faults = read_row(CALL_HEADER, cells)
            faults = [*faults, *(subject.find_faults(row, ()) if row else ())]
            if faults:
                self.notes.append(f"No example was made of {cells[0]}: {faults[0]}")
            else:
                sound.append(cells)
        return tuple(sound)

    def _is_sound(self, table: NewTable) -> bool:
        """Whether our own reader takes every row; how rows fit together is for `check` to tell."""
        for cells in table.rows:
            _, faults = read_row(table.header, cells)
            if faults:
                self.notes.append(f"No example was made of {cells[0]}: {faults[0]}")
                return False
        return True

    def _word(self, subject: ChangeSubject, ref: str, drafter: Drafter) -> TextChange | None:
        if subject.requirement is None:  # a scenario: its words tell a story
            return None
        return draft_text(
            subject, subject.requirement, about=ref, drafter=drafter, ledger=self.ledger
        )


def explain_unworded(error: DraftError | ModelError) -> str:
    """Why rows are proposed without another wording, as a note."""
    return f"The wording stays, only examples are added: {error.message}"
