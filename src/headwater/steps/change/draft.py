"""Drafting a change: one sentence of one requirement, and the example rows that follow from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.spec.ids import qualify
from headwater.steps.change.draft_rows import RowDrafter
from headwater.steps.change.draft_text import draft_new_text, draft_text
from headwater.steps.change.row_questions import RowAsker
from headwater.steps.change.subject import ChangeDraft

if TYPE_CHECKING:
    from headwater.spec.model import Requirement
    from headwater.steps.change.subject import ChangeSubject, TextChange
    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter

# A bug fix never grows: so many examples are drafted, and no story.
_ADDED_TO_PRESENT = 1
_ADDED_TO_NEW = 2


def draft_change(
    subject: ChangeSubject, *, feature: str, drafter: Drafter, ledger: Ledger
) -> ChangeDraft:
    """What a wish comes to in one requirement.

    Args:
        subject: the wish and the specification.
        feature: the number of its feature.
        drafter: whom to ask.
        ledger: takes the cost.

    Raises:
        DraftError: no model gave a sentence that can be used.
        ModelError: a model could not be reached, or refused.
    """
    requirement = subject.requirement
    if requirement is None:
        about = f"{feature}/new"
        text = draft_new_text(subject, about=about, drafter=drafter, ledger=ledger)
        asker = RowAsker(subject=subject, now=text, about=about, drafter=drafter, ledger=ledger)
        rows = RowDrafter(asker=asker)
        added = rows.draft_additions(most=_ADDED_TO_NEW)
        return ChangeDraft(new_text=text, added=added, notes=tuple(rows.notes))
    about = qualify(requirement.id, feature=feature)
    change = draft_text(subject, requirement, about=about, drafter=drafter, ledger=ledger)
    now = _read_as(requirement, subject, change)
    asker = RowAsker(subject=subject, now=now, about=about, drafter=drafter, ledger=ledger)
    rows = RowDrafter(asker=asker)
    changed = rows.draft_changes(_fold(requirement.text))
    added = rows.draft_additions(most=_ADDED_TO_PRESENT, replaced=[one.row for one in changed])
    return ChangeDraft(text=change, changed=changed, added=added, notes=tuple(rows.notes))


def _read_as(requirement: Requirement, subject: ChangeSubject, change: TextChange | None) -> str:
    """What a requirement says once a sentence is changed."""
    before = _fold(requirement.text)
    if change is None:
        return before
    old = _fold(subject.spec.source.text(change.span))
    if old:
        return before.replace(old, change.text.strip())
    return f"{before} {change.text.strip()}"


def _fold(text: str) -> str:
    return " ".join(text.split())
