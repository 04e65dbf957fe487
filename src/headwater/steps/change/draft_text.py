"""Drafting what a requirement says: one sentence of it, and the others stay to the byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.model import Span
from headwater.spec.splice import find_prose
from headwater.steps.change.sentences import cut_sentences
from headwater.steps.change.statement import (
    StatementAnswer,
    find_faults,
    find_subject,
    write_statement,
)
from headwater.steps.change.subject import TextChange
from headwater.steps.drafting.asking import DraftError, Question, ask, require
from headwater.steps.drafting.choices import offer
from headwater.steps.drafting.quoting import quote_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.model import Requirement
    from headwater.steps.change.sentences import Sentence
    from headwater.steps.change.subject import ChangeSubject
    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter

_MARK = r"[*_]*\((?:changes|refines|retired|superseded)\b[^()]*\)[*_]*"
_ADD, _NONE = "add", "none"


def draft_new_text(subject: ChangeSubject, *, about: str, drafter: Drafter, ledger: Ledger) -> str:
    """What a new requirement says, in one sentence.

    Raises:
        DraftError: no model gave a sentence that can be used.
        ModelError: a model could not be reached, or refused.
    """
    who = find_subject(one.text for one in _list_live(subject))
    return _ask_statement(subject, "", who=who, about=about, drafter=drafter, ledger=ledger)


def draft_text(
    subject: ChangeSubject,
    requirement: Requirement,
    *,
    about: str,
    drafter: Drafter,
    ledger: Ledger,
) -> TextChange | None:
    """The sentence of a requirement that says something else; None where all of them stay.

    Raises:
        DraftError: no model gave a sentence that can be used.
        ModelError: a model could not be reached, or refused.
    """
    source = subject.spec.source
    prose = find_prose(source, requirement)
    if "|" in source.text(prose):
        raise DraftError(
            f"{requirement.place}: {requirement.id} stands in several cells of a table; the "
            "document is as it was",
            hint="Edit it yourself, or write requirements as list items: `- **FR-001**: …`.",
        )
    sentences = cut_sentences(source, prose, name=requirement.id)
    if not sentences:
        text = draft_new_text(subject, about=about, drafter=drafter, ledger=ledger)
        return TextChange(span=Span(start=prose.end, end=prose.end), text=f" {text}")
    choice = _ask_sentence(subject, sentences, about=about, drafter=drafter, ledger=ledger)
    if choice == _NONE:
        return None
    others = [*(one.text for one in sentences), *(one.text for one in _list_live(subject))]
    present = None if choice == _ADD else sentences[int(choice) - 1]
    who = find_subject([present.text] if present else [], otherwise=find_subject(others))
    told = present.text if present else ""
    text = _ask_statement(subject, told, who=who, about=about, drafter=drafter, ledger=ledger)
    return _replace(present, text) if present else _append(sentences[-1], text)


def _append(last: Sentence, text: str) -> TextChange:
    return TextChange(span=Span(start=last.span.end, end=last.span.end), text=f" {text}")


def _replace(present: Sentence, text: str) -> TextChange | None:
    """The new sentence, with the marks in the old one; None where it says the same."""
    if text == present.text:
        return None
    # They say something of the requirement: they are no words to rewrite.
    marks = re.findall(_MARK, present.text)
    return TextChange(span=present.span, text=" ".join((text, *marks)))


def _list_live(subject: ChangeSubject) -> list[Requirement]:
    return [one for one in subject.spec.requirements if one.retired is None]


def _ask_sentence(
    subject: ChangeSubject,
    sentences: Sequence[Sentence],
    *,
    about: str,
    drafter: Drafter,
    ledger: Ledger,
) -> str:
    options = [*(str(number) for number in range(1, len(sentences) + 1)), _ADD, _NONE]
    shown = "\n".join(f"{number}. {one.text}" for number, one in enumerate(sentences, 1))
    question = Question(
        template="change/sentence",
        values={
            "wish": quote_data("wish", subject.wish),
            "sentences": quote_data("sentences", shown),
        },
        kind=offer(options),
        about=about,
        tokens=40,
    )
    answer = ledger.add(ask(question, drafter=drafter))
    return require(answer, what="the sentence to change").choice


def _ask_statement(
    subject: ChangeSubject, present: str, *, who: str, about: str, drafter: Drafter, ledger: Ledger
) -> str:
    shown = (
        f"The sentence as it is:\n\n{quote_data('sentence', present)}"
        if present
        else "There is no such sentence yet."
    )
    known = "\n".join([subject.wish, subject.spec.source.data.decode(errors="replace")])
    question = Question(
        template="change/statement",
        values={
            "wish": quote_data("wish", subject.wish),
            "present": shown,
            "subject": quote_data("subject", who),
        },
        kind=StatementAnswer,
        about=about,
        check=lambda answer: find_faults(answer, known=known),
        tokens=250,
    )
    answer = require(ledger.add(ask(question, drafter=drafter)), what="the new sentence")
    return write_statement(answer, subject=who)
