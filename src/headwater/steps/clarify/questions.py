"""An open question about a spec, wherever it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING

from headwater.steps.specify.idea import flatten

if TYPE_CHECKING:
    from headwater.spec.model import Place, Span

_WITH_OPTIONS = re.compile(r"(?P<text>.*?\?)\s*\((?P<options>[^()]+(?: / [^()]+)+)\)\s*")


class QuestionKind(Enum):
    """Where a question comes from."""

    MARK = "open question"
    ASSUMPTION = "assumption"
    GAP = "gap"


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenQuestion:
    """One question.

    Attributes:
        kind: where it comes from.
        text: what is asked, on one line.
        refs: ids of what waits for the answer, local to the feature.
        options: suggested answers.
        span: the mark or the assumption; None for a gap, which stands nowhere.
        place: where that is.
        topic: what a gap is about.
        impact: how many things depend on the answer, as far as the graph knows.
    """

    kind: QuestionKind
    text: str
    refs: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    span: Span | None = None
    place: Place | None = None
    topic: str = ""
    impact: int = 0

    @property
    def id(self) -> str:
        """The same for as long as the question is."""
        return identify_question(self.text)


def identify_question(text: str) -> str:
    """`q-1f9a03`, from what is asked alone: an answered question keeps it."""
    folded = re.sub(r"[\W_]+", " ", text).strip().casefold()
    return f"q-{sha256(folded.encode()).hexdigest()[:6]}"


def split_options(asked: str) -> tuple[str, tuple[str, ...]]:
    """The text of a mark and its suggested answers: `Which currency? (euro / dollar)`."""
    match = _WITH_OPTIONS.fullmatch(asked)
    if not match:
        return flatten(asked), ()
    options = (flatten(option) for option in match["options"].split(" / "))
    return flatten(match["text"]), tuple(filter(None, options))
