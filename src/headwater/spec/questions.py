"""A spec's questions: those still open, and those that were answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.spec.model import Place, Span

MARK_PATTERN = r"\[NEEDS CLARIFICATION:?((?:[^\[\]]|\[[^\[\]]*\])*)\]"
"""An open question; it may hold brackets of its own, one deep."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clarification:
    """An open `[NEEDS CLARIFICATION: …]` marker; `text` is the question."""

    text: str
    span: Span
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """`- Q: … → A: …` under Clarifications; `session` is the date or title above it, or empty."""

    question: str
    answer: str
    session: str
    span: Span
    place: Place
