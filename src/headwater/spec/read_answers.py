"""Reads the questions under Clarifications that were answered, and their answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.spec.model import Problem, Severity, Span
from headwater.spec.questions import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.spec.document import Document
    from headwater.spec.find_entries import Entry

_BOLD = r"(?:\*\*|__)?"
_Q = rf"\s*{_BOLD}Q(?:uestion)?\s*\d*\s*{_BOLD}\s*[:.：]\s*{_BOLD}\s*"
_A = rf"(?:→|->|=>|⇒|—|–)?\s*(?:[-*+]\s+)?{_BOLD}A(?:nswer)?\s*\d*\s*{_BOLD}\s*[:：]\s*{_BOLD}\s*"
_BOTH = rf"(?s){_Q}(?P<question>.+?)\s*(?<![A-Za-z]){_A}(?P<answer>.+)"
_SESSION = r"(?i)session\s+"


def read_answers(
    document: Document, entries: Sequence[Entry]
) -> tuple[tuple[Answer, ...], list[Problem]]:
    """Read each entry as a question with its answer; a question and the item below it are one."""
    answers: list[Answer] = []
    problems: list[Problem] = []
    waiting: Entry | None = None
    for entry in entries:
        text = f"{waiting.text}\n{entry.text}" if waiting else entry.text
        start = (waiting or entry).span.start
        match = re.fullmatch(_BOTH, text)
        if match:
            answers.append(_make_answer(document, match, entry, start=start))
            waiting = None
            continue
        if waiting:
            problems.append(_unread(document, waiting))
        waiting = entry if re.match(_Q, entry.text) else None
        if not waiting:
            problems.append(_unread(document, entry))
    if waiting:
        problems.append(_unread(document, waiting))
    return tuple(answers), problems


def _make_answer(document: Document, match: re.Match[str], entry: Entry, *, start: int) -> Answer:
    return Answer(
        question=" ".join(match["question"].split()),
        answer=" ".join(match["answer"].split()),
        session=re.sub(_SESSION, "", entry.group),
        span=Span(start=start, end=entry.span.end),
        place=document.place(start),
    )


def _unread(document: Document, entry: Entry) -> Problem:
    return document.problem(
        "answer-unreadable",
        "expected a question and its answer under Clarifications",
        offset=entry.span.start,
        hint="Write it as `- Q: the question → A: the answer`.",
        severity=Severity.WARNING,
    )
