"""What a model says of an article, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headwater.spec.model import Place


class Verdict(Enum):
    """What a model says of an article."""

    SATISFIED = "satisfied"
    VIOLATED = "violated"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """What a model says of one article in one feature.

    Attributes:
        article: its ref, `article/II`.
        title: its title.
        verdict: the model's.
        quote: the words of a passage that show it; empty where it cannot be told.
        place: where that passage stands; None without a quote.
        model: who judged.
    """

    article: str
    title: str
    verdict: Verdict
    quote: str
    place: Place | None
    model: str
