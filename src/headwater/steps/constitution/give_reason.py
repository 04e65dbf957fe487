"""Asking a model why an article holds. What the article demands stays what the policies say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import BaseModel

from headwater.steps.drafting.asking import Question, ask
from headwater.steps.drafting.quoting import quote_data
from headwater.steps.drafting.texts import PlainLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.steps.drafting.asking import Ledger
    from headwater.steps.drafting.drafter import Drafter

_MOST_WORDS = 40
_SHOWN_WORDS = 120
_DEMANDS = re.compile(
    r"\b(?:must|shall|should|has to|have to|needs? to|required?)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+")


class ReasonAnswer(BaseModel):
    """The form that the model fills in."""

    reason: PlainLine


def give_reason(
    title: str, clauses: Sequence[str], *, drafter: Drafter, ledger: Ledger
) -> tuple[str, str]:
    """Why an article holds, in a sentence, and the model that says so; both empty without one.

    Args:
        title: of the article.
        clauses: what it demands, in the words of the policies: data.
        drafter: whom to ask.
        ledger: takes the cost.

    Raises:
        ModelError: a model could not be reached, or refused.
    """
    demands = " ".join(f"{title}. {' '.join(clauses)}".split()[:_SHOWN_WORDS])
    question = Question(
        template="constitution/reason",
        values={"article": quote_data("article", demands)},
        kind=ReasonAnswer,
        about=title,
        check=lambda answer: _find_faults(answer.reason, demands),
        tokens=120,
    )
    asked = ledger.add(ask(question, drafter=drafter))
    return (asked.value.reason, asked.model) if asked.value else ("", "")


def _find_faults(reason: str, demands: str) -> list[str]:
    """What would make of the reason a demand, or a fact that no policy gives."""
    faults = []
    demanding = _DEMANDS.search(reason)
    if demanding:
        faults.append(f"it says “{demanding[0]}”; a reason demands nothing")
    unknown = set(_NUMBER.findall(reason)) - set(_NUMBER.findall(demands))
    if unknown:
        faults.append(f"the article has no number {min(unknown)}")
    if len(reason.split()) > _MOST_WORDS:
        faults.append(f"it has more than {_MOST_WORDS} words")
    return faults
