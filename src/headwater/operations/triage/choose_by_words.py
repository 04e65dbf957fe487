"""The requirement that a report in words is about: the nearest, or a model's choice of several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headwater.operations.drafting.change_subject import list_candidates
from headwater.operations.triage.report import Evidence, Step
from headwater.steps.change.candidates import MOST_CANDIDATES, rank_candidates
from headwater.steps.triage.ask_place import ask_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.operations.standing.survey import Survey
    from headwater.operations.triage.model_access import ModelAccess
    from headwater.steps.change.candidates import Candidate

# A candidate that shares so many times what the next one shares is the one that is meant.
_CLEAR = 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """A requirement, the component that implements it first, and why it is meant."""

    ref: str
    owner: str
    evidence: Evidence


def choose_by_words(survey: Survey, text: str, *, models: ModelAccess) -> Chosen | None:
    """The requirement that a text is about; None where it shares nothing with any.

    Args:
        survey: the repository.
        text: what a person wrote.
        models: asked only where several are near.

    Raises:
        ModelError: a model could not be reached, or refused.
    """
    implemented = survey.reading.index.implementers
    every = list_candidates(survey, survey.reading.native)
    ranked = rank_candidates(text, [one for one in every if one.ref in implemented])
    nearest = ranked[:MOST_CANDIDATES]
    if not nearest:
        return None
    clear = len(nearest) == 1 or nearest[0].share >= _CLEAR * nearest[1].share
    if clear:
        return _describe(survey, nearest[0], nearest, by_model=False)
    chosen = ask_place(text, nearest, drafter=models.drafter, ledger=models.ledger)
    return _describe(survey, chosen, nearest, by_model=True) if chosen else None


def _describe(
    survey: Survey, chosen: Candidate, nearest: Sequence[Candidate], *, by_model: bool
) -> Chosen:
    index = survey.reading.index
    owner = index.implementers[chosen.ref][0]
    how = "a model chose it among" if by_model else "it shares more words with the report than"
    others = ", ".join(one.ref for one in nearest if one.ref != chosen.ref) or "any other"
    evidence = Evidence(
        step=Step.PLACE,
        text=f"the report is about {chosen.ref}, implemented by {owner}: {how} {others}",
        place=str(index.items[chosen.ref].place),
        by_model=by_model,
    )
    return Chosen(ref=chosen.ref, owner=owner, evidence=evidence)
